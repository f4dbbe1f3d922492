import { uiWords } from '../i18n/ui.ts'
import { RelativeTime } from './relative-time.tsx'
import classes from './stale-note.module.css'
import { StateMark } from './state-mark.tsx'

/** What is shown may be old: since when, and why. */
export function StaleNote(props: { readonly asOfMs: number; readonly why: string }) {
  return (
    <p className={classes.note} role="status">
      <StateMark state="unknown" size={14} />
      <span>
        <strong>
          {uiWords.asOf} <RelativeTime atMs={props.asOfMs} />.
        </strong>{' '}
        {props.why}
      </span>
    </p>
  )
}
