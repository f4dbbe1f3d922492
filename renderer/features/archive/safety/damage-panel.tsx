import type { Damage, RepairItem } from '../../../../core/archive/reports.ts'
import type { ArchiveSafety } from '../../../../core/archive/safety-endpoints.ts'
import { safetyWords as words } from '../../../i18n/archive-safety.ts'
import { Panel, RelativeTime, StateBadge } from '../../../ui/index.ts'
import classes from '../archive.module.css'
import { isRepairedSince, lastCheckOf } from './last-check.ts'

const shownAtMost = 200

/** The messages that the last check found damaged. */
export function DamagePanel({ safety }: { readonly safety: ArchiveSafety }) {
  const damage = lastCheckOf(safety)?.report.damage ?? []
  if (damage.length === 0 || isRepairedSince(safety)) return null
  return (
    <Panel title={words.damage} flush>
      <ul>
        {damage.slice(0, shownAtMost).map((one) => (
          <li key={`${one.pack} ${one.offset} ${one.problem}`} className={classes.keptRow}>
            <DamageText damage={one} says={one.problem} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** What the last repair did, or would do, with each damaged place. */
export function RepairPanel({ safety }: { readonly safety: ArchiveSafety }) {
  const { repair } = safety
  if (repair === null || repair.report.items.length === 0) return null
  const { dryRun, items } = repair.report
  return (
    <Panel
      title={dryRun ? words.wouldBe : words.repairs}
      flush
      aside={
        <span className={classes.quiet}>
          <RelativeTime atMs={repair.endedAtMs} />
        </span>
      }
    >
      <ul>
        {items.slice(0, shownAtMost).map(({ damage, outcome, says }) => (
          <li key={`${damage.pack} ${damage.offset} ${damage.problem}`} className={classes.keptRow}>
            <DamageText damage={damage} says={says} />
            <OutcomeBadge outcome={outcome} dryRun={dryRun} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function OutcomeBadge(props: { readonly outcome: RepairItem['outcome']; readonly dryRun: boolean }) {
  const { outcome, dryRun } = props
  const says = (dryRun ? words.possible : words.outcomes)[outcome]
  return <StateBadge state={outcome === 'lost' ? 'fail' : 'pass'}>{says}</StateBadge>
}

function DamageText({ damage, says }: { readonly damage: Damage; readonly says: string }) {
  const { subject, folder, dateMs, pack, offset, dependents } = damage
  return (
    <div>
      <strong>
        <bdi>{subject ?? `${pack} @ ${offset}`}</bdi>
      </strong>
      <p>
        <bdi>{says}</bdi>
      </p>
      {dependents.length > 0 && <p>{words.dependents(dependents.length)}</p>}
      {subject !== null && (
        <p className={classes.quiet}>
          <bdi>{folder ?? words.noFolder}</bdi> · <RelativeTime atMs={dateMs} /> · {pack} @ {offset}
        </p>
      )}
    </div>
  )
}
