import type { HistoryLine } from '../../../core/tickets/shapes.ts'
import { historySentence, historyWords } from '../../i18n/ticket-history.ts'
import { RelativeTime } from '../../ui/index.ts'
import classes from './ticket.module.css'

/** Who did what when, newest first. What was undone stays, struck through and named. */
export function History(props: { readonly lines: readonly HistoryLine[] }) {
  return (
    <ol className={classes.lines} aria-label={historyWords.list}>
      {props.lines.toReversed().map((line, index) => (
        <li key={`${line.eventId}${index}`} className={classes.historyLine}>
          <span className={classes.historyWhen}>
            <RelativeTime atMs={line.atMs} />
          </span>
          <span className={line.undone ? classes.undone : undefined} dir="auto">
            <bdi className={classes.historyWho}>{line.actor.name}</bdi> {historySentence(line)}
          </span>
          {line.undone && <span className={classes.undoneBadge}>{historyWords.undone}</span>}
        </li>
      ))}
    </ol>
  )
}
