import { shortcutWords, uiWords } from '../i18n/ui.ts'
import classes from './shortcuts-help.module.css'
import { Dialog } from './dialog.tsx'
import { useLiveHotkeys } from './use-hotkeys.ts'

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent)

/** "mod+k" as it stands on this keyboard: "Ctrl K" or "⌘ K". */
function caps(step: string, mac: boolean): readonly string[] {
  return step.split('+').map((part) => {
    if (part === 'mod') return mac ? '⌘' : 'Ctrl'
    return part.length === 1 ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1)
  })
}

/** One shortcut as keycaps. */
export function KeyCaps(props: { readonly keys: string }) {
  const mac = isMac()
  return (
    <span className={classes.keys}>
      {props.keys.split(' ').map((step, i) => (
        <span key={`${step}${i}`} className={classes.keys}>
          {i > 0 && <span className={classes.then}>{uiWords.then}</span>}
          {caps(step, mac).map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </span>
      ))}
    </span>
  )
}

/** All shortcuts that work on this screen, by group. */
export function ShortcutsHelp(props: { readonly opened: boolean; readonly onClose: () => void }) {
  const live = useLiveHotkeys((state) => state.groups)
  const names = [...new Set([shortcutWords.general, ...live.map((group) => group.group)])]
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={uiWords.shortcuts} size="lg">
      <div className={classes.groups}>
        {names.map((name) => (
          <section key={name}>
            <h3 className={classes.group}>{name}</h3>
            <dl className={classes.list}>
              {live
                .filter((group) => group.group === name)
                .flatMap((group) => group.hotkeys)
                .map((hotkey) => (
                  <div key={hotkey.keys} className={classes.line}>
                    <dt>{hotkey.label}</dt>
                    <dd>
                      <KeyCaps keys={hotkey.keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
