import { createHash } from 'node:crypto'
import type { CleanupRun, RunItem } from '../../../core/care/plans.ts'
import type { JournalEntry, JournalMessage } from '../../../db/queries/care-journal.ts'
import type { StoredMail } from '../archive/index.ts'
import type { Run } from '../jobs/index.ts'
import { openIfThere } from './deps.ts'
import type { CareDeps } from './deps.ts'
import type { Progress } from './list-item.ts'
import type { CareMailbox, OpenCareFolder } from './ports.ts'

const batch = 50

/**
 * Proves of every single message that the archive has its bytes and can read them: those that were fetched from
 * this UIDVALIDITY and UID, compared with their hash, and of the size and Message-ID that the server names. Where
 * these differ, or where the plan asks for it, the message is downloaded once more and compared byte for byte by
 * its hash. What cannot be proved stays on the server.
 */
export async function proveMessages(
  deps: CareDeps,
  run: CleanupRun,
  item: RunItem,
  messages: readonly JournalMessage[],
  care: CareMailbox,
  job: Run,
  progress: Progress,
): Promise<void> {
  const byFolder = Map.groupBy(messages, ({ folder }) => folder)
  await deps.archive.withStored(run.archiveId, async (stored) => {
    for (const [path, inFolder] of byFolder) {
      const folder = await openIfThere(care, path, 'read')
      for (let at = 0; at < inFolder.length; at += batch) {
        await job.checkpoint()
        const part = inFolder.slice(at, at + batch)
        const entries = await proveBatch(stored, item.address, folder, part, run.compareAgain)
        await deps.db.care.noteCareMessages(item.itemId, entries)
        progress(part.length, path)
      }
    }
  })
}

async function proveBatch(
  stored: StoredMail,
  address: string,
  folder: OpenCareFolder | null,
  messages: readonly JournalMessage[],
  compareAgain: boolean,
): Promise<readonly JournalEntry[]> {
  const source = address.toLowerCase()
  const places = messages.map(({ folder: path, uidValidity, uid }) => ({
    source,
    folder: path,
    uidValidity,
    uid,
  }))
  const proofs = await stored.prove(places)
  const entries: JournalEntry[] = []
  for (const [index, message] of messages.entries()) {
    const { position } = message
    const proof = proofs[index]
    const failed = (note: string): JournalEntry => ({ position, state: 'failed', note })
    if (folder === null) entries.push(failed('The folder is no longer on the server.'))
    else if (folder.uidValidity !== message.uidValidity)
      entries.push(failed('The server has renumbered the folder since the list was made. Make a new list.'))
    else if (proof === undefined || !proof.proved)
      entries.push(failed(`Left on the server: ${proof?.problem ?? 'no proof'}`))
    else if (!compareAgain && proof.sizeBytes === message.sizeBytes && proof.messageId === message.messageId)
      entries.push({ position, state: 'proved', sha256: proof.sha256, note: 'Read back from the archive.' })
    else {
      const bytes = await folder.bytes(message.uid)
      if (bytes === null) entries.push(failed('It is no longer on the server under this number.'))
      else if (sha256(bytes) === proof.sha256)
        entries.push({
          position,
          state: 'proved',
          sha256: proof.sha256,
          note: 'Downloaded again and compared.',
        })
      else entries.push(failed('Left on the server: its bytes are not those in the archive.'))
    }
  }
  return entries
}

/** Hexadecimal SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
