import { createPortal } from 'react-dom'
import { formatExact } from '../../../i18n/format.ts'
import { keyWords } from '../../../i18n/archive-keys.ts'
import classes from './keys.module.css'

const words = keyWords.sheet

/** What is printed of a recovery key, and nothing else of the screen: seen on paper only. */
export function RecoverySheet(props: {
  readonly name: string
  readonly archiveId: string
  readonly recoveryKey: string
  readonly atMs: number
}) {
  return createPortal(
    <div className={classes.sheet} aria-hidden>
      <h1>{words.title}</h1>
      <p>
        {words.name}: {props.name}
        <br />
        {words.id}: {props.archiveId}
        <br />
        {words.date}: {formatExact(props.atMs)}
      </p>
      <p className={classes.sheetKey}>{props.recoveryKey}</p>
      {words.how.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p>{words.warning}</p>
    </div>,
    document.body,
  )
}
