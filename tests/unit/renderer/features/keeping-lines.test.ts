import { expect, test } from 'vitest'
import type { ArchiveCopy, ArchiveSafety } from '../../../../core/archive/safety-endpoints.ts'
import type { CaredMailbox } from '../../../../core/care/contract.ts'
import type { DrillRecord, DrillSummary } from '../../../../core/restore/drill.ts'
import type { RestoreSummary } from '../../../../core/restore/types.ts'
import type { LastRun, Schedule } from '../../../../core/schedules/types.ts'
import { keepingLines, runsToldOf } from '../../../../renderer/features/today/keeping-lines.ts'
import type { ArchiveFacts, KeepingFacts } from '../../../../renderer/features/today/keeping-lines.ts'

const dayMs = 86_400_000
const nowMs = Date.UTC(2026, 10, 24)

const verified = (damaged: number): ArchiveSafety['verify'] => ({
  runId: 'verify-1',
  endedAtMs: nowMs - dayMs,
  report: {
    kind: 'verify',
    ...{ packs: 1, messages: 9, mailBytes: 900, packBytes: 400, segments: 1, unattestedBytes: 0, settled: 0 },
    damage: Array.from({ length: damaged }, (_, n) => ({
      ...{
        pack: 'pack-1',
        offset: n,
        sha256: null,
        subject: null,
        problem: 'cut off',
        kind: 'message' as const,
      },
      ...{ folder: null, dateMs: null, dependents: [] },
    })),
    ledgerProblems: [],
  },
})
const copy = (
  state: ArchiveCopy['state'],
  syncedDaysAgo: number,
  behindBytes: number | null,
): ArchiveCopy => ({
  copyId: `${state}-${syncedDaysAgo}`,
  archiveId: 'a',
  path: '/mnt/copy',
  ...{ state, behindBytes, automatic: true, createdAtMs: nowMs - 90 * dayMs },
  ...{ syncedAtMs: nowMs - syncedDaysAgo * dayMs, verifiedAtMs: null, damagedPlaces: null },
})
const safe: ArchiveSafety = { verify: verified(0), scrub: null, repair: null, scrubbing: null, copies: [] }
const drill = (state: DrillSummary['state'], verdict: DrillRecord['verdict'] | null): DrillSummary => ({
  ...{ drillId: 'd', archiveId: 'a', targetName: 'ana@harbour.example', state, runId: 'drill-run' },
  ...{ startedAtMs: nowMs - dayMs, endedAtMs: nowMs - dayMs, cleanedUp: true, signedBy: null },
  record: verdict === null ? null : ({ verdict } as DrillRecord),
})
const restore = (state: RestoreSummary['state'], dryRun: boolean): RestoreSummary =>
  ({
    ...{
      restoreId: `${state}-${dryRun}`,
      archiveId: 'a',
      archiveName: 'Harbour',
      targetName: 'ben@b.example',
    },
    ...{
      state,
      dryRun,
      runId: `restore-${state}`,
      startedAtMs: nowMs - dayMs,
      endedAtMs: nowMs,
      report: null,
    },
  }) as RestoreSummary
const harbour: ArchiveFacts = {
  archive: {
    archiveId: 'a',
    name: 'Harbour',
    kind: 'archive',
    createdAtMs: nowMs - 90 * dayMs,
    messageCount: 9,
  },
  safety: safe,
  drill: drill('done', 'pass'),
  restores: [],
  unfinishedPacks: 0,
}
const mailbox = (address: string, forecast: NonNullable<CaredMailbox['scan']>['forecast']): CaredMailbox => ({
  ...{ mailboxId: address, personId: 'p', address, personName: 'Ana', hasImap: true },
  scan: { atMs: nowMs, messages: 1, sizeBytes: 1, quota: null, forecast, failedFolders: 0 },
  openItems: { interrupted: 0, previewed: 1 },
})
const fills = (days: number): NonNullable<CaredMailbox['scan']>['forecast'] => ({
  kind: 'fills',
  atMs: nowMs + days * dayMs,
  ...{ bytesPerDay: 1, method: 'scans' as const, points: 3, days: 20 },
})
const schedule = (states: readonly LastRun['state'][], dueInDays: number, enabled = true): Schedule => ({
  ...{ scheduleId: 's', kind: 'archive.pull', createdAtMs: 0, enabled, waitsFor: null, opensAtMs: null },
  target: { archiveId: 'a', mailboxIds: states.map((_, n) => `m${n}`), planId: null },
  recurrence: { every: 'day', atMinute: 0 },
  ...{ window: null, onBattery: true, onMetered: true, dueAtMs: enabled ? nowMs + dueInDays * dayMs : null },
  items: states.map((state, n) => ({
    itemId: `m${n}`,
    lastRun: {
      ...{ runId: `run-${n}`, startedAtMs: 0, endedAtMs: 1, state },
      ...{ outcome: 'The sign-in was refused.', errorCode: null },
    },
  })),
})
const calm: KeepingFacts = {
  archives: [harbour],
  schedules: [schedule(['done', 'running', 'cancelled'], 1)],
  mailboxes: [mailbox('ana@harbour.example', fills(31))],
  nowMs,
}
const seen = (facts: Partial<KeepingFacts>) =>
  keepingLines({ ...calm, ...facts }).map(({ id, state, action }) => [id, state, action?.to])
const withArchive = (facts: Partial<ArchiveFacts>) => seen({ archives: [{ ...harbour, ...facts }] })

test('Kept mail that is whole, copied and rehearsed needs nobody; what did not answer claims nothing.', () => {
  expect([
    seen({}),
    seen({ schedules: undefined, mailboxes: undefined, archives: [] }),
    withArchive({ safety: undefined, drill: undefined, restores: undefined, unfinishedPacks: undefined }),
  ]).toEqual([[], [], []])
})

test('Damage leads to the repair.', () => {
  expect(withArchive({ safety: { ...safe, verify: verified(2) } })).toEqual([
    ['damage-a', 'fail', '/archive/a/safety'],
  ])
})

test('A copy may lag or be away for three days; one that is wrong is told at once.', () => {
  const copies = [
    copy('behind', 2, 100),
    copy('behind', 4, 100),
    copy('behind', 9, 0),
    copy('not_reachable', 2, null),
    copy('not_reachable', 5, null),
    copy('damaged', 0, null),
    copy('in_step', 40, 0),
  ]
  expect(withArchive({ safety: { ...safe, copies } }).map(([id, state]) => [id, state])).toEqual([
    ['copy-behind-4', 'warning'],
    ['copy-not_reachable-5', 'warning'],
    ['copy-damaged-0', 'fail'],
  ])
})

test('A drill is missed after a week and where there is mail; one that failed or was cut off is told.', () => {
  const { archive } = harbour
  expect([
    withArchive({ drill: null }),
    withArchive({ drill: null, archive: { ...archive, createdAtMs: nowMs - 6 * dayMs } }),
    withArchive({ drill: null, archive: { ...archive, messageCount: 0 } }),
    withArchive({ drill: null, archive: { ...archive, kind: 'bundle' } }),
    withArchive({ drill: drill('done', 'fail') }),
    withArchive({ drill: drill('failed', null) }),
    withArchive({ drill: drill('done', 'warning') }),
  ]).toEqual([
    [['drill-a', 'unknown', '/archive/a/restore']],
    [],
    [],
    [],
    [['drill-a', 'fail', '/archive/a/restore']],
    [['drill-a', 'warning', '/archive/a/restore']],
    [],
  ])
})

test('A restore that stopped can be gone on with; a dry run and one that is done need nobody.', () => {
  const restores = [restore('stopped', false), restore('stopped', true), restore('done', false)]
  expect(withArchive({ restores })).toEqual([
    ['restore-stopped-false', 'warning', '/archive/a/restore/stopped-false'],
  ])
})

test('A removal that was cut off is told while its mail is on the disk.', () => {
  expect(withArchive({ unfinishedPacks: 2 })).toEqual([['removal-a', 'warning', '/archive/a/retention']])
})

test('A schedule is told when runs of it did not succeed, or when it is late by more than a day.', () => {
  expect([
    seen({ schedules: [schedule(['failed', 'done', 'refused'], 1)] }),
    seen({ schedules: [schedule(['done'], -2)] }),
    seen({ schedules: [schedule(['done'], -0.5)] }),
    seen({ schedules: [schedule(['failed'], -9, false)] }),
  ]).toEqual([
    [['schedule-failed-s', 'fail', '/schedules']],
    [['schedule-late-s', 'warning', '/schedules']],
    [],
    [],
  ])
})

test('Mailboxes that fill within 30 days are one line, the first of them named.', () => {
  const one = mailbox('ana@harbour.example', fills(12))
  const two = mailbox('ben@b.example', { kind: 'full' })
  expect([seen({ mailboxes: [one] }), seen({ mailboxes: [one, two] })]).toEqual([
    [['fills', 'warning', '/care/ana@harbour.example']],
    [['fills', 'fail', '/care']],
  ])
})

test('A clean-up that was cut off can be gone on with.', () => {
  const cut = { ...mailbox('ana@harbour.example', fills(90)), openItems: { interrupted: 1, previewed: 0 } }
  expect(seen({ mailboxes: [cut] })).toEqual([
    ['cut-off-ana@harbour.example', 'warning', '/care/ana@harbour.example'],
  ])
})

test('Runs that these lines speak of are named, so that no failed job is told twice.', () => {
  const facts = {
    ...calm,
    archives: [{ ...harbour, restores: [restore('stopped', false)] }],
    schedules: [schedule(['failed'], 1)],
  }
  expect([...runsToldOf(facts)].toSorted()).toEqual(['drill-run', 'restore-stopped', 'run-0'])
})
