import { expect, it } from 'vitest'
import type { RestoreItem } from '../../../../../core/restore/types.ts'
import { restoreOptions } from '../../../../../core/restore/types.ts'
import type { ArchiveSource, RestorableMessage } from '../../../../../main/features/archive/index.ts'
import { runRestore } from '../../../../../main/features/restore/run/restore.ts'
import { sha256 } from '../../../../helpers/maildir.ts'
import { scriptedTarget } from '../../../../helpers/scripted-target.ts'
import type { AppendAct } from '../../../../helpers/scripted-target.ts'

const count = 60
const letters = Array.from({ length: count }, (_, n) =>
  Buffer.from(`Subject: ${String(n).padStart(2, '0')}\r\nMessage-ID: <${n}@x>\r\n\r\nbody ${n}\r\n`),
)
const subjects = letters.map((_, n) => String(n).padStart(2, '0'))

/** An archive with one folder, read from memory. */
const source = {
  folders: () =>
    Promise.resolve([
      {
        folderId: 1,
        source: 'a@x',
        path: 'INBOX',
        delimiter: '/',
        specialUse: null,
        messageCount: count,
        sizeBytes: 1,
      },
    ]),
  messages: () =>
    Promise.resolve(
      letters.map((bytes, n) => ({
        ...{
          occurrenceId: n,
          folderId: 1,
          sha256: sha256(bytes),
          sizeBytes: bytes.length,
          subject: String(n),
        },
        ...{ messageId: `<${n}@x>`, internalDateMs: n * 1000, archivedAtMs: 0, flags: [], labels: [] },
        place: { recordOffset: n } as RestorableMessage['place'],
      })),
    ),
  read: (places: readonly { recordOffset: number }[]) =>
    Promise.resolve(places.map(({ recordOffset }) => ({ bytes: letters[recordOffset]!, problem: null }))),
} as unknown as ArchiveSource

function restoreTo(
  script: (messages: readonly { readonly bytes: Uint8Array }[], n: number) => AppendAct,
  options: Parameters<typeof scriptedTarget>[1] = {},
) {
  const target = scriptedTarget(script, options)
  const noted = new Map<number, RestoreItem>()
  const waits: string[] = []
  const ledger = {
    earlier: new Set<string>(),
    known: () =>
      Promise.resolve(
        new Map([...noted.values()].flatMap(({ uid, sha256: hash }) => (uid === null ? [] : [[uid, hash]]))),
      ),
    note: (items: readonly RestoreItem[]) => {
      for (const item of items) noted.set(item.occurrenceId, item)
      return Promise.resolve()
    },
  }
  const signal = new AbortController().signal
  const patience = {
    ...{ signal, pausesMs: [0, 0, 0], backoffsMs: [0, 0, 0] },
    onWait: (waiting: { why: string } | null) => {
      if (waiting !== null) waits.push(waiting.why)
    },
  }
  const deps = {
    ...{ source, connect: target.connect, ledger, patience, connections: 2 },
    ...{
      checkpoint: () => Promise.resolve(),
      onProgress: () => undefined,
      nowMs: () => 1,
      monotonicMs: () => 1,
    },
  }
  const request = {
    ...{ selection: { kind: 'folders' as const, folderIds: [] }, leaveOutGone: false, dryRun: false },
    options: restoreOptions.parse({}),
  }
  const run = () => runRestore(deps, request)
  return { run, target, items: () => [...noted.values()], waits }
}

it('A message that is refused is found in its batch and named; all others are there once.', async () => {
  const bad = new Set(['07', '41'])
  const isBad = (bytes: Uint8Array) =>
    bad.has(/^Subject: (\d+)/.exec(Buffer.from(bytes).toString())?.[1] ?? '')
  const { run, target, items } = restoreTo((messages) =>
    messages.some(({ bytes }) => isBad(bytes)) ? { refuse: { code: null, words: 'line too long' } } : 'take',
  )
  const report = await run()
  expect([
    [report.restored, report.refused],
    target.subjects('INBOX'),
    items()
      .filter(({ state }) => state === 'refused')
      .map(({ subject, reason, words }) => [subject, reason, words]),
  ]).toEqual([
    [58, 2],
    subjects.filter((one) => !bad.has(one)),
    [
      ['7', 'line_too_long', 'line too long'],
      ['41', 'line_too_long', 'line too long'],
    ],
  ])
})

it('A throttling server is waited for, said so, and given every message once.', async () => {
  const { run, target, waits } = restoreTo((_, n) => (n % 3 === 1 ? 'throttle' : 'take'))
  const report = await run()
  expect([report.restored, target.subjects('INBOX'), waits.includes('throttled')]).toEqual([
    count,
    subjects,
    true,
  ])
})

it('A server that throttles for ever stops the run, which says what was not tried.', async () => {
  const { run, target } = restoreTo((_, n) => (n > 2 ? 'throttle' : 'take'))
  const report = await run()
  expect([report.stopped?.reason, report.restored, report.notTried, target.subjects('INBOX').length]).toEqual(
    ['throttled', 30, 30, 30],
  )
})

it.each([
  ['with UIDPLUS', true],
  ['without UIDPLUS', false],
] as const)(
  'Connections that break before or after the server took a batch lose and double nothing, %s.',
  async (_, uidPlus) => {
    const acts: readonly AppendAct[] = ['take', 'lost_after', 'take', 'lost_before', 'lost_after', 'take']
    const { run, target } = restoreTo((_messages, n) => (n < 12 ? acts[n % acts.length]! : 'take'), {
      uidPlus,
    })
    const report = await run()
    const again = await run()
    expect([report.restored, target.subjects('INBOX'), [again.restored, again.alreadyThere]]).toEqual([
      count,
      subjects,
      [0, count],
    ])
  },
)

it('A message that breaks the connection each time is named, and does not stop the rest.', async () => {
  const { run, target, items } = restoreTo((messages) =>
    messages.some(({ bytes }) => Buffer.from(bytes).includes('Subject: 13')) ? 'lost_before' : 'take',
  )
  const report = await run()
  expect([
    report.restored,
    report.refused,
    target.subjects('INBOX'),
    items().find(({ state }) => state === 'refused')?.subject,
  ]).toEqual([59, 1, subjects.filter((one) => one !== '13'), '13'])
})

it('A full mailbox stops everything and says so; what was added is counted.', async () => {
  let room = 25
  const { run, target } = restoreTo((messages) => {
    if (messages.length > room) return { refuse: { code: 'OVERQUOTA', words: 'Quota exceeded' } }
    room -= messages.length
    return 'take'
  })
  const report = await run()
  expect([report.stopped?.reason, report.restored, report.notTried, target.subjects('INBOX').length]).toEqual(
    ['over_quota', 25, 35, 25],
  )
})

it('A folder that refuses is asked once or twice, not once a message.', async () => {
  let asked = 0
  const { run, items } = restoreTo(() => {
    asked++
    return { refuse: { code: 'NOPERM', words: 'Permission denied' } }
  })
  const report = await run()
  expect([report.refused, asked < 15, new Set(items().map(({ reason }) => reason))]).toEqual([
    60,
    true,
    new Set(['read_only']),
  ])
})
