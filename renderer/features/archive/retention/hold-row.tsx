import type { LegalHold } from '../../../../core/archive/retention.ts'
import { describeHold, retentionWords as words } from '../../../i18n/retention.ts'
import { Button, RelativeTime } from '../../../ui/index.ts'
import classes from '../archive.module.css'

/** One hold: what it keeps, who placed it and why. */
export function HoldRow(props: { readonly hold: LegalHold; readonly onLift: () => void }) {
  const { hold } = props
  return (
    <li className={classes.keptRow}>
      <div>
        <strong>
          <bdi>{hold.name}</bdi>
        </strong>
        <p>
          <bdi>{describeHold(hold)}</bdi>
        </p>
        <p className={classes.quiet}>
          <bdi>{words.placed(hold.by)}</bdi> <RelativeTime atMs={hold.placedAtMs} />: <bdi>{hold.reason}</bdi>
        </p>
      </div>
      <Button size="compact-sm" onClick={props.onLift}>
        {words.lift}
      </Button>
    </li>
  )
}
