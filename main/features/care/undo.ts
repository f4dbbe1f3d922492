import { AppError } from '../../../core/errors.ts'
import { describeError } from '../../../core/error-text.ts'
import type { CleanupRun, RunItem } from '../../../core/care/plans.ts'
import type { JournalEntry, JournalMessage } from '../../../db/queries/care-journal.ts'
import type { StoredMail } from '../archive/index.ts'
import type { Run } from '../jobs/index.ts'
import { messagesIn } from './carry-out.ts'
import { withMailbox } from './deps.ts'
import type { CareDeps } from './deps.ts'
import type { Progress } from './list-item.ts'
import type { CareMailbox, OpenCareFolder } from './ports.ts'
import { sha256 } from './prove.ts'

const batch = 20

/** Puts back what an item removed: the bytes from the archive, the flags and the date from the journal. */
export async function undoItem(
  deps: CareDeps,
  run: CleanupRun,
  item: RunItem,
  job: Run,
  progress: Progress,
): Promise<void> {
  const { itemId } = item
  await deps.db.care.setCareItem(itemId, { state: 'undoing', note: null, endedAtMs: null })
  const messages = await messagesIn(deps, itemId, ['removing', 'removed', 'marked', 'restoring'])
  await deps.archive.withStored(run.archiveId, (stored) =>
    withMailbox(deps, item.mailboxId, job.signal, async (care) => {
      for (const [path, inFolder] of Map.groupBy(messages, ({ folder }) => folder)) {
        await care.makeFolder(path)
        const rest = await withoutThoseThere(deps, itemId, inFolder, await care.open(path, 'write'))
        for (let at = 0; at < rest.length; at += batch) {
          await job.checkpoint()
          const part = rest.slice(at, at + batch)
          await restoreBatch(deps, stored, care, item, path, part)
          progress(part.length, path)
        }
      }
    }),
  )
  const left = await messagesIn(deps, itemId, ['removing', 'removed', 'marked', 'restoring'])
  await deps.db.care.setCareItem(itemId, {
    state: left.length === 0 ? 'undone' : 'done',
    note: left.length === 0 ? null : `${left.length} could not be put back; the list says why.`,
    endedAtMs: deps.clock.nowMs(),
  })
}

/**
 * What need not be appended: messages that are only marked lose the mark, those of a removal that was cut off may
 * still be there, and those whose return was cut off are looked for by their bytes among what came in since.
 */
async function withoutThoseThere(
  deps: CareDeps,
  itemId: string,
  messages: readonly JournalMessage[],
  folder: OpenCareFolder,
): Promise<readonly JournalMessage[]> {
  const maybe = messages.filter(
    ({ state, uidValidity }) =>
      (state === 'marked' || state === 'removing') && uidValidity === folder.uidValidity,
  )
  const there = new Map((await folder.factsOf(maybe.map(({ uid }) => uid))).map((fact) => [fact.uid, fact]))
  const unmarked = maybe.filter(({ uid }) => there.has(uid))
  if (unmarked.length > 0)
    await folder.storeFlags(
      unmarked.map(({ uid }) => uid).toSorted((a, b) => a - b),
      [],
      ['\\Deleted'],
    )
  const returned = await findReturned(
    folder,
    messages.filter(({ state }) => state === 'restoring'),
  )
  const settled = new Set([...unmarked, ...returned])
  await deps.db.care.noteCareMessages(
    itemId,
    [...settled].map(({ position }) => ({ position, state: 'restored', note: null })),
  )
  return messages.filter((message) => !settled.has(message))
}

/** `UIDVALIDITY:UIDNEXT` of the folder before the append: what has come back has a UID from there on. */
const markOf = (folder: OpenCareFolder) => `${folder.uidValidity}:${folder.uidNext}`

async function findReturned(
  folder: OpenCareFolder,
  messages: readonly JournalMessage[],
): Promise<readonly JournalMessage[]> {
  const hashes: string[] = []
  if (messages.length > 0) {
    const [uidValidity, uidNext] = (messages[0]?.note ?? '').split(':')
    const from = uidValidity === folder.uidValidity ? Number(uidNext) : 1
    const sizes = new Set(messages.map(({ sizeBytes }) => sizeBytes))
    for await (const facts of folder.facts(500))
      for (const { uid, sizeBytes } of facts)
        if (uid >= from && sizes.has(sizeBytes))
          hashes.push(sha256((await folder.bytes(uid)) ?? new Uint8Array()))
  }
  return messages.filter(({ sha256: hash }) => {
    const at = hash === null ? -1 : hashes.indexOf(hash)
    if (at < 0) return false
    hashes.splice(at, 1)
    return true
  })
}

async function restoreBatch(
  deps: CareDeps,
  stored: StoredMail,
  care: CareMailbox,
  item: RunItem,
  path: string,
  messages: readonly JournalMessage[],
): Promise<void> {
  const note = markOf(await care.open(path, 'read'))
  await deps.db.care.noteCareMessages(
    item.itemId,
    messages.map(({ position }) => ({ position, state: 'restoring', note })),
  )
  const entries: JournalEntry[] = []
  for (const message of messages) entries.push(await restore(stored, care, item.address, message))
  await deps.db.care.noteCareMessages(item.itemId, entries)
}

async function restore(
  stored: StoredMail,
  care: CareMailbox,
  address: string,
  message: JournalMessage,
): Promise<JournalEntry> {
  const { position, folder, uidValidity, uid, internalDateMs } = message
  try {
    const kept = await stored.read({ source: address.toLowerCase(), folder, uidValidity, uid })
    if (kept.sha256 !== message.sha256)
      return { position, state: 'removed', note: 'The archive has other bytes under this number now.' }
    const flags = message.flags.filter((flag) => flag !== '\\Deleted' && flag !== '\\Recent')
    await care.append(folder, kept.message, flags, internalDateMs)
    return { position, state: 'restored', note: null }
  } catch (error) {
    // The archive cannot give it, or the server does not take it: said of this message; the others go on.
    if (!(error instanceof AppError) || error.retryable) throw error
    return { position, state: 'removed', note: describeError(error.code, error.details).sentence }
  }
}
