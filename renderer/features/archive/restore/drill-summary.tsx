import { Link } from 'react-router'
import { archiveTabWords } from '../../../i18n/archive.ts'
import { drillWords as words } from '../../../i18n/restore.ts'
import { useQueryOf } from '../../../ipc/index.ts'
import { Anchor, Panel, QueryView, RelativeTime, StateMark } from '../../../ui/index.ts'
import classes from './restore.module.css'

/** One line on the overview: whether this archive was ever proved to be of use, and the way to prove it. */
export function DrillSummaryPanel(props: { readonly archiveId: string }) {
  const { archiveId } = props
  const drills = useQueryOf('restore.drills', { archiveId, limit: 1 })
  return (
    <Panel
      title={words.title}
      flush
      aside={
        <Anchor component={Link} to={`/archive/${archiveId}/restore`}>
          {archiveTabWords.tabs.restore}
        </Anchor>
      }
    >
      <QueryView query={drills} rows={1}>
        {({ drills: [last] }) => (
          <div className={classes.row}>
            <StateMark
              state={
                last === undefined
                  ? 'unknown'
                  : last.state === 'running'
                    ? 'running'
                    : (last.record?.verdict ?? 'unknown')
              }
              size={16}
            />
            <span className={classes.words}>
              {last === undefined
                ? words.never
                : last.record === null
                  ? last.state === 'running'
                    ? words.running
                    : words.failed
                  : `${words.verdicts[last.record.verdict]}: ${words.line(last.record)}`}
            </span>
            <span className={classes.when}>
              <RelativeTime atMs={last?.endedAtMs ?? null} />
            </span>
          </div>
        )}
      </QueryView>
    </Panel>
  )
}
