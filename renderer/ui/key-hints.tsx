import { keyHintWords as words } from '../i18n/ui.ts'
import classes from './key-hints.module.css'
import { KeyCaps } from './shortcuts-help.tsx'

/** A key that matters in a list: move, open, find, select, or the way to all of them. */
export type KeyHint = keyof typeof words

const keysOf: Readonly<Record<KeyHint, readonly string[]>> = {
  move: ['j', 'k'],
  open: ['Enter'],
  select: ['x'],
  find: ['/'],
  all: ['?'],
}

/** The keys that matter here, in sight. */
export function KeyHints(props: { readonly hints: readonly KeyHint[] }) {
  return (
    <p className={classes.hints}>
      {props.hints.map((hint) => (
        <span key={hint} className={classes.hint}>
          {keysOf[hint].map((keys) => (
            <KeyCaps key={keys} keys={keys} />
          ))}
          {words[hint]}
        </span>
      ))}
    </p>
  )
}
