import { Menu, Tray } from 'electron'

/** What the tray offers. */
export interface TrayActions {
  readonly icon: string
  readonly showWindow: () => void
  readonly quit: () => void
}

/** The sign in the tray: work goes on while the window is closed, and this is the way back to it. */
export function createTray(actions: TrayActions): Tray {
  const tray = new Tray(actions.icon)
  tray.setToolTip('Mail Desk')
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Show Mail Desk', click: actions.showWindow },
      { type: 'separator' },
      { label: 'Quit Mail Desk', click: actions.quit },
    ]),
  )
  tray.on('click', actions.showWindow)
  return tray
}
