import { expect, it } from 'vitest'
import type { CleanupRun, RunItem } from '../../../../../core/care/plans.ts'
import type { MessageFact } from '../../../../../core/care/types.ts'
import type { JournalEntry, JournalMessage } from '../../../../../db/queries/care-journal.ts'
import type { CareDeps } from '../../../../../main/features/care/deps.ts'
import type { CareMailbox, OpenCareFolder } from '../../../../../main/features/care/ports.ts'
import { removeMessages } from '../../../../../main/features/care/remove.ts'
import type { Run } from '../../../../../main/features/jobs/index.ts'

const proved = 'a'.repeat(64)
const message = (uid: number) =>
  ({ position: uid, folder: 'INBOX', uidValidity: '1', uid, sha256: proved }) as JournalMessage
const fact = (uid: number) => ({ uid, flags: ['\\Seen'], from: 'ben@b.example' }) as unknown as MessageFact

/** A mailbox of 150 messages whose clean-up is at the point of removing them; gives what was removed and noted. */
async function remove(change: {
  readonly archiveHas?: (uid: number) => string | null
  readonly isHeld?: (asked: number) => boolean
}) {
  const { archiveHas = () => proved, isHeld = () => false } = change
  const onServer = new Set(Array.from({ length: 150 }, (_, n) => n + 1))
  const notes = new Map<number, JournalEntry>()
  let asked = 0
  const deps = {
    db: {
      care: {
        noteCareMessages: (_: string, entries: readonly JournalEntry[]) => {
          for (const entry of entries) notes.set(entry.position, entry)
          return Promise.resolve()
        },
      },
    },
    holdsOf: () => {
      const held = isHeld(++asked)
      return Promise.resolve(() => held)
    },
    archive: {
      withStored: (_: string, work: (stored: object) => unknown) =>
        work({
          prove: (places: readonly { readonly uid: number }[]) =>
            Promise.resolve(
              places.map(({ uid }) => {
                const sha256 = archiveHas(uid)
                return sha256 === null
                  ? { uid, proved: false, problem: 'It is not in the archive.' }
                  : { uid, proved: true, sha256, sizeBytes: 1, messageId: null }
              }),
            ),
        }),
    },
  } as unknown as CareDeps
  const folder = {
    uidValidity: '1',
    factsOf: (uids: readonly number[]) =>
      Promise.resolve(uids.filter((uid) => onServer.has(uid)).map((uid) => fact(uid))),
    remove: (uids: readonly number[]) => {
      for (const uid of uids) onServer.delete(uid)
      return Promise.resolve('removed')
    },
  } as unknown as OpenCareFolder
  const care = { abilities: { labels: false }, open: () => Promise.resolve(folder) } as unknown as CareMailbox
  const run = { archiveId: 'x', rule: { keepUnread: true, keepFlags: [], duplicatesOnly: false } }
  const messages = Array.from(onServer, message)
  const job = { checkpoint: () => Promise.resolve() } as unknown as Run
  await removeMessages(
    deps,
    run as unknown as CleanupRun,
    { itemId: 'i', address: 'ana@b.example' } as RunItem,
    messages,
    care,
    job,
    () => undefined,
  )
  return { left: [...onServer], notes }
}

it('a message that left the archive after it was proved is left on the server', async () => {
  const { left, notes } = await remove({
    archiveHas: (uid) => (uid === 7 ? null : uid === 120 ? 'b'.repeat(64) : proved),
  })
  expect([left, notes.get(7), notes.get(120)]).toEqual([
    [7, 120],
    { position: 7, state: 'failed', note: 'Left on the server: It is not in the archive.' },
    {
      position: 120,
      state: 'failed',
      note: 'Left on the server: The archive has other bytes under this number now.',
    },
  ])
})

it('a hold that is placed while messages are being removed keeps those that are still there', async () => {
  const { left, notes } = await remove({ isHeld: (asked) => asked > 1 })
  expect([left.length, left[0], notes.get(150)?.why]).toEqual([50, 101, 'held'])
})
