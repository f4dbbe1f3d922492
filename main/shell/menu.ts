import { Menu } from 'electron'
import type { MenuItemConstructorOptions } from 'electron'

/** What the menu can do beside what Electron does by itself. */
export interface MenuActions {
  readonly isPackaged: boolean
  readonly openDataFolder: () => void
  readonly openLogFolder: () => void
}

/** The application menu. Zoom works with the keys that people know, on every keyboard layout. */
export function setMenu(actions: MenuActions, platform: NodeJS.Platform = process.platform): void {
  const mac: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : []
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      { role: 'fileMenu' },
      { role: 'editMenu' },
      { label: 'View', submenu: viewItems(actions.isPackaged) },
      { role: 'windowMenu' },
      {
        role: 'help',
        submenu: [
          { label: 'Show data folder', click: actions.openDataFolder },
          { label: 'Show log folder', click: actions.openLogFolder },
        ],
      },
    ]),
  )
}

function viewItems(isPackaged: boolean): MenuItemConstructorOptions[] {
  const developer: MenuItemConstructorOptions[] = isPackaged ? [] : [{ role: 'toggleDevTools' }]
  return [
    { role: 'reload' },
    ...developer,
    { type: 'separator' },
    { role: 'zoomIn', accelerator: 'CommandOrControl+Plus' },
    // The same key without Shift, as browsers take it.
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
    { role: 'zoomOut', accelerator: 'CommandOrControl+-' },
    { role: 'resetZoom', accelerator: 'CommandOrControl+0' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
}
