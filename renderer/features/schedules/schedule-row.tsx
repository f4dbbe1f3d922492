import { useState } from 'react'
import type { LastRun, Schedule } from '../../../core/schedules/types.ts'
import {
  describeLastRuns,
  describeRecurrence,
  formatMinute,
  schedulesWords as words,
} from '../../i18n/schedules.ts'
import { useCommand } from '../../ipc/index.ts'
import {
  Button,
  Dialog,
  Group,
  Menu,
  RelativeTime,
  StateMark,
  toastDone,
  toastError,
  useNow,
  type StepState,
} from '../../ui/index.ts'
import classes from './schedules.module.css'
import { describeTarget } from './target-names.ts'
import type { TargetNames } from './target-names.ts'

interface ScheduleRowProps {
  readonly schedule: Schedule
  readonly names: TargetNames
  readonly onChange: () => void
  readonly onRemove: () => void
}

/** One schedule: what, when, how it went last, and what comes next. */
export function ScheduleRow({ schedule, names, onChange, onRemove }: ScheduleRowProps) {
  const { scheduleId, kind, recurrence, window, items } = schedule
  const [details, setDetails] = useState(false)
  const runNow = useCommand('schedules.runNow')
  const what = words.kinds[kind]
  const latest = latestRun(schedule)
  return (
    <li className={classes.row} aria-label={`${what}: ${describeTarget(schedule, names)}`}>
      <StateMark state={stateOf(schedule)} size={16} />
      <div className={classes.what}>
        <strong>{what}</strong>
        <bdi>{describeTarget(schedule, names)}</bdi>
        <span className={classes.when}>
          {describeRecurrence(recurrence)}
          {window !== null &&
            `, ${words.between(formatMinute(window.fromMinute), formatMinute(window.toMinute))}`}
        </span>
      </div>
      <div className={classes.last}>
        <span className={classes.label}>{words.columns.last}</span>
        <span>{describeLastRuns(schedule)}</span>
        {latest !== null && <RelativeTime atMs={latest.endedAtMs ?? latest.startedAtMs} />}
        {items.length === 1 && latest?.outcome != null && (
          <bdi className={classes.outcome}>{latest.outcome}</bdi>
        )}
      </div>
      <div className={classes.next}>
        <span className={classes.label}>{words.columns.next}</span>
        <Next schedule={schedule} />
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button
          size="compact-sm"
          loading={runNow.isPending}
          onClick={() =>
            runNow.mutate({ scheduleId }, { onSuccess: () => toastDone(words.started), onError: toastError })
          }
        >
          {words.runNow}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="compact-sm" aria-label={words.actionsOf(describeTarget(schedule, names))}>
              ⋯
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onChange}>{words.edit}</Menu.Item>
            <Menu.Item onClick={() => setDetails(true)}>{words.details}</Menu.Item>
            <Menu.Item onClick={onRemove}>{words.remove}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Dialog opened={details} onClose={() => setDetails(false)} title={words.detailsTitle}>
        <LastRuns schedule={schedule} names={names} />
      </Dialog>
    </li>
  )
}

function Next({ schedule }: { readonly schedule: Schedule }) {
  const nowMs = useNow()
  const { enabled, waitsFor, opensAtMs, dueAtMs } = schedule
  if (!enabled) return words.off
  if (schedule.items.some(({ lastRun }) => lastRun?.state === 'running')) return words.running
  if (waitsFor !== null)
    return (
      <>
        <span>{words.waits[waitsFor]}</span>
        {waitsFor === 'window' && opensAtMs !== null && <RelativeTime atMs={opensAtMs} />}
      </>
    )
  if (dueAtMs === null) return null
  return dueAtMs <= nowMs ? words.due : <RelativeTime atMs={dueAtMs} />
}

/** Every mailbox with its own last run. */
function LastRuns(props: { readonly schedule: Schedule; readonly names: TargetNames }) {
  const { schedule, names } = props
  return (
    <ul className={classes.runs}>
      {schedule.items.map(({ itemId, lastRun }) => (
        <li key={itemId} className={classes.run}>
          <StateMark state={stateOfRun(lastRun)} size={16} />
          <span>
            <bdi>{itemId === '' ? describeTarget(schedule, names) : names.mailbox(itemId)}</bdi>
            {lastRun === null ? (
              `: ${words.never}`
            ) : (
              <>
                {`: ${words.states[lastRun.state]} `}
                <RelativeTime atMs={lastRun.endedAtMs ?? lastRun.startedAtMs} />
              </>
            )}
            {lastRun?.outcome != null && <bdi className={classes.outcome}>{lastRun.outcome}</bdi>}
          </span>
        </li>
      ))}
    </ul>
  )
}

function latestRun({ items }: Schedule): LastRun | null {
  return items.reduce<LastRun | null>(
    (latest, { lastRun }) =>
      lastRun !== null && lastRun.startedAtMs >= (latest?.startedAtMs ?? 0) ? lastRun : latest,
    null,
  )
}

function stateOf({ enabled, items }: Schedule): StepState {
  if (!enabled) return 'not_applicable'
  const states = items.map(({ lastRun }) => stateOfRun(lastRun))
  for (const state of ['running', 'fail', 'warning', 'unknown'] as const)
    if (states.includes(state)) return state
  return 'pass'
}

function stateOfRun(run: LastRun | null): StepState {
  switch (run?.state) {
    case undefined:
      return 'unknown'
    case 'running':
      return 'running'
    case 'done':
      return 'pass'
    case 'failed':
    case 'refused':
      return 'fail'
    case 'cancelled':
    case 'interrupted':
      return 'warning'
  }
}
