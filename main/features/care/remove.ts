import type { CleanupRun, RunItem } from '../../../core/care/plans.ts'
import { keptBecause } from '../../../core/care/rule.ts'
import type { MessageFact } from '../../../core/care/types.ts'
import type { JournalEntry, JournalMessage } from '../../../db/queries/care-journal.ts'
import { AppError } from '../../../core/errors.ts'
import type { StoredMail } from '../archive/index.ts'
import type { Run } from '../jobs/index.ts'
import { openIfThere } from './deps.ts'
import type { CareDeps } from './deps.ts'
import type { Progress } from './list-item.ts'
import type { CareMailbox, OpenCareFolder } from './ports.ts'

const batch = 100

/**
 * Removes proved messages, batch by batch: looks once more at each, proves it once more (a retention rule may have
 * removed it from the archive since) and asks for holds anew, writes down that it is about to be removed, asks the
 * server to remove exactly these, looks whether they are gone, and writes that down too. A crash between any two of
 * these steps leaves messages that are on the server, or proved to be in the archive, or both.
 */
export async function removeMessages(
  deps: CareDeps,
  run: CleanupRun,
  item: RunItem,
  messages: readonly JournalMessage[],
  care: CareMailbox,
  job: Run,
  progress: Progress,
): Promise<void> {
  const bin = care.abilities.labels ? await findBin(care) : null
  await deps.archive.withStored(run.archiveId, (stored) =>
    removeFrom({ deps, run, item, stored, care, bin, job, progress }, messages),
  )
}

interface Removing {
  readonly deps: CareDeps
  readonly run: CleanupRun
  readonly item: RunItem
  readonly stored: StoredMail
  readonly care: CareMailbox
  readonly bin: string | null
  readonly job: Run
  readonly progress: Progress
}

async function removeFrom(removing: Removing, messages: readonly JournalMessage[]): Promise<void> {
  const { deps, item, care, bin, job, progress } = removing
  for (const [path, inFolder] of Map.groupBy(messages, ({ folder }) => folder)) {
    const folder = await openIfThere(care, path, 'write')
    if (folder === null) {
      const note = 'The folder is no longer on the server. The message is in the archive.'
      const entries = inFolder.map(({ position }) => ({ position, state: 'failed' as const, note }))
      await deps.db.care.noteCareMessages(item.itemId, entries)
      continue
    }
    for (let at = 0; at < inFolder.length; at += batch) {
      await job.checkpoint()
      const part = inFolder.slice(at, at + batch)
      const checked = await checkBatch(removing, folder, part)
      await deps.db.care.noteCareMessages(item.itemId, checked)
      const going = part.filter((_, index) => checked[index]?.state === 'removing')
      if (going.length > 0)
        await deps.db.care.noteCareMessages(item.itemId, await removeBatch(folder, going, bin))
      progress(part.length, path)
    }
  }
}

async function checkBatch(
  { deps, run, item, stored }: Removing,
  folder: OpenCareFolder,
  messages: readonly JournalMessage[],
): Promise<readonly JournalEntry[]> {
  const uids = messages.map(({ uid }) => uid)
  const seen = new Map((await folder.factsOf(uids)).map((fact) => [fact.uid, fact]))
  const source = item.address.toLowerCase()
  const places = messages.map(({ folder: path, uidValidity, uid }) => ({
    source,
    folder: path,
    uidValidity,
    uid,
  }))
  const proofs = await stored.prove(places)
  // Asked last: from here on nothing waits but for the server.
  const isHeld = await deps.holdsOf(run.archiveId, item.address)
  return messages.map((message, index) => {
    const checked = check(run, folder, message, seen.get(message.uid), isHeld)
    const proof = proofs[index]
    if (checked.state !== 'removing' || (proof?.proved === true && proof.sha256 === message.sha256))
      return checked
    const problem =
      proof?.proved === false ? proof.problem : 'The archive has other bytes under this number now.'
    return { position: message.position, state: 'failed', note: `Left on the server: ${problem}` }
  })
}

function check(
  run: CleanupRun,
  folder: OpenCareFolder,
  message: JournalMessage,
  fact: MessageFact | undefined,
  isHeld: (folder: string, fact: MessageFact) => boolean,
): JournalEntry {
  const { position } = message
  if (folder.uidValidity !== message.uidValidity)
    return { position, state: 'failed', note: 'The server has renumbered the folder. Make a new list.' }
  if (fact === undefined)
    return {
      position,
      state: 'failed',
      note: 'Somebody else has moved or removed it meanwhile. It is in the archive.',
    }
  const context = { isExtraCopy: true, isHeld: isHeld(message.folder, fact) }
  const why = keptBecause(run.rule, fact, context)
  const flags = fact.flags
  return why === null ? { position, state: 'removing', flags } : { position, state: 'kept', why, flags }
}

async function removeBatch(
  folder: OpenCareFolder,
  messages: readonly JournalMessage[],
  bin: string | null,
): Promise<readonly JournalEntry[]> {
  const uids = messages.map(({ uid }) => uid).toSorted((a, b) => a - b)
  const outcome = bin === null ? await folder.remove(uids) : (await folder.move(uids, bin)).kind
  const there = new Set((await folder.factsOf(uids)).map(({ uid }) => uid))
  return messages.map(({ position, uid }): JournalEntry => {
    if (outcome === 'marked') return { position, state: 'marked', note: markedNote }
    if (there.has(uid))
      return { position, state: 'failed', note: 'The server said that it is removed and still lists it.' }
    return {
      position,
      state: 'removed',
      note: bin === null ? null : `Moved to ${bin}, as this provider wants it.`,
    }
  })
}

const markedNote =
  'Marked as deleted: this server cannot remove single messages (no UIDPLUS), and removing all that is marked could hit others.'

async function findBin(care: CareMailbox): Promise<string> {
  const bin = (await care.listFolders()).find(({ specialUse }) => specialUse === '\\Trash')
  if (bin === undefined) throw new AppError('imap.folder_missing', { details: { folder: 'Trash' } })
  return bin.path
}
