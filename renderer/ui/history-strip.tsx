import { formatExact } from '../i18n/format.ts'
import classes from './history-strip.module.css'
import { lookOf, type Verdict } from './verdict.ts'

/** One measurement; a null verdict is a gap: nothing was measured. */
export interface HistoryPoint {
  readonly atMs: number
  readonly verdict: Verdict | null
}

/** A strip of small bars, oldest first. A gap is drawn as a gap. Height differs by state, not only colour. @public */
export function HistoryStrip(props: { readonly label: string; readonly points: readonly HistoryPoint[] }) {
  return (
    <ol className={classes.strip} aria-label={props.label}>
      {props.points.map((point) => (
        <li key={point.atMs} className={classes.slot}>
          <span
            className={classes.bar}
            data-verdict={point.verdict ?? 'gap'}
            title={`${formatExact(point.atMs)}: ${point.verdict === null ? '–' : lookOf(point.verdict).word}`}
          />
        </li>
      ))}
    </ol>
  )
}
