import type { OutputOf } from '../../../core/contract/index.ts'
import type { ArchiveCopy, ArchiveSafety } from '../../../core/archive/safety-endpoints.ts'
import type { ArchiveSummary } from '../../../core/archive/types.ts'
import type { CaredMailbox } from '../../../core/care/contract.ts'
import type { DrillSummary } from '../../../core/restore/drill.ts'
import type { RestoreSummary } from '../../../core/restore/types.ts'
import type { Schedule } from '../../../core/schedules/types.ts'
import { copyStateOf } from '../../i18n/archive-safety.ts'
import { schedulesWords } from '../../i18n/schedules.ts'
import { keepingWords as words } from '../../i18n/today.ts'
import { checkedLine } from '../archive/index.tsx'
import type { TodayLine } from './today-lines.ts'

/** What is known of one archive; undefined: not asked, or no answer yet, and no line claims anything of it. */
export interface ArchiveFacts {
  readonly archive: Pick<ArchiveSummary, 'archiveId' | 'name' | 'kind' | 'createdAtMs' | 'messageCount'>
  readonly safety: ArchiveSafety | undefined
  /** The newest drill; null: there never was one. */
  readonly drill: DrillSummary | null | undefined
  readonly restores: readonly RestoreSummary[] | undefined
  /** Packs in which removed mail is still on the disk, because the removal was cut off. */
  readonly unfinishedPacks: number | undefined
}

/** What Today knows of kept mail, schedules and mailboxes. */
export interface KeepingFacts {
  readonly archives: readonly ArchiveFacts[]
  readonly schedules: OutputOf<'schedules.list'>['schedules'] | undefined
  readonly mailboxes: readonly CaredMailbox[] | undefined
  readonly nowMs: number
}

const dayMs = 86_400_000
/** A copy may lag behind for so long, and be away for so long: a disk that is taken home comes back on Monday. */
const copyPatienceMs = 3 * dayMs
/** Nobody rehearses on the first day. */
const drillPatienceMs = 7 * dayMs
/** A run may be late by so much before somebody hears of it: a computer sleeps at night. */
const scheduleGraceMs = dayMs
const fillsWithinMs = 30 * dayMs
/** Who did not go on with a restore in this time has given it up. */
const stoppedRestoreMs = 30 * dayMs

/** The lines about kept mail: damage, copies, drills, restores, schedules, mailboxes that fill. */
export function keepingLines(facts: KeepingFacts): readonly TodayLine[] {
  const { archives, schedules = [], mailboxes = [], nowMs } = facts
  const names = new Map(archives.map(({ archive }) => [archive.archiveId, archive.name]))
  return [
    ...archives.flatMap((one) => [
      ...damageLines(one),
      ...copyLines(one, nowMs),
      ...drillLines(one, nowMs),
      ...restoreLines(one, nowMs),
      ...removalLines(one),
    ]),
    ...schedules.flatMap((schedule) => scheduleLines(schedule, names, nowMs)),
    ...fillLines(mailboxes, nowMs),
    ...cutOffLines(mailboxes),
  ]
}

/** The runs that these lines speak of already, so that no failed job is told twice. */
export function runsToldOf({ archives, schedules = [] }: KeepingFacts): ReadonlySet<string> {
  return new Set([
    ...archives.flatMap(({ restores = [], drill }) => [
      ...restores.filter(({ dryRun }) => !dryRun).map(({ runId }) => runId),
      ...(drill == null ? [] : [drill.runId]),
    ]),
    ...schedules.flatMap(({ enabled, items }) =>
      enabled ? items.flatMap(({ lastRun }) => lastRun?.runId ?? []) : [],
    ),
  ])
}

function damageLines({ archive, safety }: ArchiveFacts): readonly TodayLine[] {
  if (safety === undefined) return []
  const { state, text } = checkedLine(safety)
  if (state !== 'fail') return []
  return [
    {
      id: `damage-${archive.archiveId}`,
      state,
      text: words.damaged(archive.name),
      detail: text,
      action: { label: words.repair, to: `/archive/${archive.archiveId}/safety` },
    },
  ]
}

function copyLines({ archive, safety }: ArchiveFacts, nowMs: number): readonly TodayLine[] {
  return (safety?.copies ?? [])
    .filter((copy) => needsSomebody(copy, nowMs))
    .map((copy) => {
      const { mark, says } = copyStateOf(copy.state, copy.behindBytes)
      return {
        id: `copy-${copy.copyId}`,
        state: mark === 'fail' ? 'fail' : 'warning',
        text: words.copy(archive.name, says),
        detail: words.copyDetail(copy.state, copy.path, copy.syncedAtMs),
        action: { label: words.seeCopies, to: `/archive/${archive.archiveId}/safety` },
      }
    })
}

function needsSomebody({ state, behindBytes, syncedAtMs, createdAtMs }: ArchiveCopy, nowMs: number): boolean {
  if (state === 'in_step') return false
  if (state === 'behind' && (behindBytes === null || behindBytes === 0)) return false
  if (state === 'behind' || state === 'not_reachable')
    return nowMs - (syncedAtMs ?? createdAtMs) > copyPatienceMs
  return true
}

function drillLines({ archive, drill }: ArchiveFacts, nowMs: number): readonly TodayLine[] {
  const { archiveId, name, kind, createdAtMs, messageCount } = archive
  const line = (state: TodayLine['state'], text: string, detail: string): readonly TodayLine[] => [
    {
      id: `drill-${archiveId}`,
      state,
      text,
      detail,
      action: { label: words.seeDrills, to: `/archive/${archiveId}/restore` },
    },
  ]
  if (drill === undefined || kind === 'bundle') return []
  if (drill === null) {
    const isDue = nowMs - createdAtMs > drillPatienceMs && (messageCount ?? 0) > 0
    return isDue ? line('unknown', words.noDrill(name), words.noDrillDetail) : []
  }
  if (drill.record?.verdict === 'fail') return line('fail', words.drillFailed(name), words.drillFailedDetail)
  if (drill.state === 'failed') return line('warning', words.drillCutOff(name), words.drillCutOffDetail)
  return []
}

function restoreLines({ archive, restores = [] }: ArchiveFacts, nowMs: number): readonly TodayLine[] {
  return restores
    .filter(
      ({ state, dryRun, endedAtMs, startedAtMs }) =>
        state === 'stopped' && !dryRun && nowMs - (endedAtMs ?? startedAtMs) < stoppedRestoreMs,
    )
    .map(({ restoreId, targetName }) => ({
      id: `restore-${restoreId}`,
      state: 'warning',
      text: words.restoreStopped(archive.name, targetName),
      detail: words.restoreStoppedDetail,
      action: { label: words.goOn, to: `/archive/${archive.archiveId}/restore/${restoreId}` },
    }))
}

function removalLines({ archive, unfinishedPacks = 0 }: ArchiveFacts): readonly TodayLine[] {
  if (unfinishedPacks === 0) return []
  return [
    {
      id: `removal-${archive.archiveId}`,
      state: 'warning',
      text: words.removalCutOff(archive.name),
      detail: words.removalCutOffDetail,
      action: { label: words.goOn, to: `/archive/${archive.archiveId}/retention` },
    },
  ]
}

const failedStates: readonly string[] = ['failed', 'refused', 'interrupted']

function scheduleLines(
  { scheduleId, kind, target, enabled, items, dueAtMs, waitsFor }: Schedule,
  names: ReadonlyMap<string, string>,
  nowMs: number,
): readonly TodayLine[] {
  if (!enabled) return []
  const what = words.schedule(schedulesWords.kinds[kind], names.get(target.archiveId ?? '') ?? null)
  const action = { label: words.seeSchedules, to: '/schedules' }
  const failed = items.flatMap(({ lastRun }) =>
    lastRun !== null && failedStates.includes(lastRun.state) ? [lastRun] : [],
  )
  const late = dueAtMs !== null && nowMs - dueAtMs > scheduleGraceMs
  const line = (id: string, state: TodayLine['state'], text: string, detail: string): TodayLine => ({
    ...{ id: `${id}-${scheduleId}`, state, text, detail, action },
  })
  return [
    ...(failed.length > 0
      ? [
          line(
            'schedule-failed',
            'fail',
            words.scheduleFailed(what, failed.length, items.length),
            failed[0]?.outcome ?? '',
          ),
        ]
      : []),
    ...(late
      ? [
          line(
            'schedule-late',
            'warning',
            words.scheduleLate(what, dueAtMs),
            waitsFor === null ? words.scheduleLateDetail : schedulesWords.waits[waitsFor],
          ),
        ]
      : []),
  ]
}

function fillLines(mailboxes: readonly CaredMailbox[], nowMs: number): readonly TodayLine[] {
  const atMsOf = ({ scan }: CaredMailbox): number | null => {
    const forecast = scan?.forecast
    if (forecast?.kind === 'full') return nowMs
    return forecast?.kind === 'fills' ? forecast.atMs : null
  }
  const soon = mailboxes
    .flatMap((mailbox) => {
      const atMs = atMsOf(mailbox)
      return atMs !== null && atMs - nowMs <= fillsWithinMs ? [{ mailbox, atMs }] : []
    })
    .toSorted((a, b) => a.atMs - b.atMs)
  const [first] = soon
  if (first === undefined) return []
  const { address, mailboxId, scan } = first.mailbox
  const isFull = scan?.forecast.kind === 'full'
  return [
    {
      id: 'fills',
      state: isFull ? 'fail' : 'warning',
      text:
        soon.length === 1 ? words.fills(address, isFull ? null : first.atMs) : words.manyFill(soon.length),
      detail: soon.length === 1 ? words.fillsDetail : words.fillsFirst(address, isFull ? null : first.atMs),
      action: { label: words.makeRoom, to: soon.length === 1 ? `/care/${mailboxId}` : '/care' },
    },
  ]
}

function cutOffLines(mailboxes: readonly CaredMailbox[]): readonly TodayLine[] {
  return mailboxes
    .filter(({ openItems }) => openItems.interrupted > 0)
    .map(({ mailboxId, address }) => ({
      id: `cut-off-${mailboxId}`,
      state: 'warning',
      text: words.cleanUpCutOff(address),
      detail: words.cleanUpCutOffDetail,
      action: { label: words.goOn, to: `/care/${mailboxId}` },
    }))
}
