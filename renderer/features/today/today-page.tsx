import { Link } from 'react-router'
import { todayWords as words } from '../../i18n/today.ts'
import { useQueryOf } from '../../ipc/index.ts'
import {
  Button,
  EmptyState,
  Page,
  Panel,
  QueryView,
  SimpleGrid,
  StateMark,
  StatTile,
  lookOf,
  useNow,
} from '../../ui/index.ts'
import { useDeskIsEmpty } from '../welcome/index.tsx'
import { DueList } from './due-list.tsx'
import { RunningList } from './running-list.tsx'
import { todayLines, type TodayLine } from './today-lines.ts'
import { useKeepingFacts } from './use-keeping-facts.ts'
import classes from './today-page.module.css'

/** What needs somebody now: one line each, with the action. */
export function TodayPage() {
  const counts = useQueryOf('tickets.counts', {}, { refetchEveryMs: 60_000 })
  const jobs = useQueryOf('jobs.list', { limit: 50 })
  const status = useQueryOf('desk.status', {})
  const settings = useQueryOf('settings.get', {})
  const empty = useDeskIsEmpty()
  const nowMs = useNow()
  const keeping = useKeepingFacts(nowMs)
  const lines = todayLines({
    counts: counts.data,
    jobs: jobs.data?.jobs,
    secretStore: status.data?.secretStore,
    helpdeskMailboxId: settings.data?.helpdeskMailboxId,
    keeping,
    unanswered: jobs.isError || status.isError || settings.isError || keeping.unanswered,
    nowMs,
  })
  if (empty === true) return <EmptyDesk />
  return (
    <Page title={words.title} lead={words.greeting(settings.data?.operatorName ?? '')}>
      <QueryView query={counts}>
        {(data) => (
          <div className={classes.page}>
            <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
              <StatTile label={words.open} value={data.open} rule={words.openRule} />
              <StatTile label={words.mine} value={data.mine} rule={words.mineRule} />
              <StatTile label={words.unassignedTile} value={data.unassigned} rule={words.unassignedRule} />
              <StatTile
                label={words.breachingTile}
                value={data.breaching}
                verdict={data.overdue > 0 ? 'fail' : data.breaching > 0 ? 'warning' : 'pass'}
                rule={words.breachingRule}
              />
            </SimpleGrid>
            <Panel title={words.attention} flush>
              {lines.length === 0 ? (
                <EmptyState icon={<StateMark state="pass" size={24} />} title={words.calmTitle}>
                  {words.calmText}
                </EmptyState>
              ) : (
                <ul>
                  {lines.map((line) => (
                    <Line key={line.id} line={line} />
                  ))}
                </ul>
              )}
            </Panel>
            <RunningList jobs={jobs.data?.jobs ?? []} />
            <DueList />
          </div>
        )}
      </QueryView>
    </Page>
  )
}

function Line(props: { readonly line: TodayLine }) {
  const { line } = props
  return (
    <li className={classes.line}>
      <StateMark state={line.state} size={18} label={lookOf(line.state).word} />
      <span className={classes.words}>
        <bdi className={classes.text}>{line.text}</bdi>
        <bdi className={classes.detail}>{line.detail}</bdi>
      </span>
      {line.action !== null && (
        <Button size="compact-sm" component={Link} to={line.action.to}>
          {line.action.label}
        </Button>
      )}
    </li>
  )
}

function EmptyDesk() {
  return (
    <Page title={words.title} lead={words.greeting('')}>
      <EmptyState
        title={words.emptyTitle}
        action={
          <Button variant="filled" component={Link} to="/welcome">
            {words.emptyAction}
          </Button>
        }
      >
        {words.emptyText}
      </EmptyState>
    </Page>
  )
}
