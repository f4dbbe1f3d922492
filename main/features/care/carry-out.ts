import type { CleanupRun, MessageState, RunItem } from '../../../core/care/plans.ts'
import { AppError } from '../../../core/errors.ts'
import type { JournalEntry, JournalMessage } from '../../../db/queries/care-journal.ts'
import type { Run } from '../jobs/index.ts'
import { withMailbox } from './deps.ts'
import type { CareDeps } from './deps.ts'
import type { Progress } from './list-item.ts'
import type { CareMailbox } from './ports.ts'
import { proveMessages } from './prove.ts'
import { removeMessages } from './remove.ts'
import type { Slots } from './slots.ts'

/**
 * Archive, prove, remove: in this order, of exactly the messages that the preview listed. Begins anew where a run was
 * cut off: what nobody knows is asked of the server, and what was proved before is proved again.
 */
export async function carryOutItem(
  deps: CareDeps,
  archiving: Slots,
  run: CleanupRun,
  item: RunItem,
  job: Run,
  progress: Progress,
): Promise<void> {
  const { itemId, mailboxId } = item
  const enter = (state: RunItem['state']) =>
    deps.db.care.setCareItem(itemId, { state, note: null, endedAtMs: null })
  const inStates = (states: readonly MessageState[]) => messagesIn(deps, itemId, states)
  const connected = (work: (care: CareMailbox) => Promise<void>) =>
    withMailbox(deps, mailboxId, job.signal, work)

  await enter('archiving')
  const cutOff = await inStates(['removing'])
  if (cutOff.length > 0) await connected((care) => settleCutOff(deps, itemId, cutOff, care))
  const before = await inStates(['proved'])
  await deps.db.care.noteCareMessages(
    itemId,
    before.map(({ position }) => ({ position, state: 'listed' })),
  )
  const listed = await inStates(['listed'])
  if (listed.length > 0) {
    const folders = [...new Set(listed.map(({ folder }) => folder))]
    await archiving.use(job.signal, () => archiveFolders(deps, run.archiveId, mailboxId, folders, job))
    await enter('proving')
    await connected((care) => proveMessages(deps, run, item, listed, care, job, progress))
    await enter('removing')
    const proved = await inStates(['proved'])
    await connected((care) => removeMessages(deps, run, item, proved, care, job, progress))
  }
  await deps.db.care.setCareItem(itemId, { state: 'done', endedAtMs: deps.clock.nowMs() })
}

/** All messages of an item that are in these states. */
export async function messagesIn(
  deps: Pick<CareDeps, 'db'>,
  itemId: string,
  states: readonly MessageState[],
): Promise<readonly JournalMessage[]> {
  const everything = { states, offset: 0, limit: 10_000_000 }
  return (await deps.db.care.listCareMessages(itemId, everything)).messages
}

/** Pulls the folders into the archive and waits. A pull that did not come to its end proves nothing. */
async function archiveFolders(
  deps: CareDeps,
  archiveId: string,
  mailboxId: string,
  folders: readonly string[],
  job: Run,
): Promise<void> {
  const { runId } = await deps.archive.pull({ archiveId, mailboxId, folders })
  const cancel = () => void deps.cancelJob(runId)
  job.signal.addEventListener('abort', cancel, { once: true })
  try {
    const pulled = await deps.jobs.ended(runId)
    job.signal.throwIfAborted()
    if (pulled.state !== 'done')
      throw new AppError('record.conflict', {
        details: {
          reason: `The mail could not be archived, so nothing was removed: ${pulled.outcome ?? pulled.state}`,
        },
      })
  } finally {
    job.signal.removeEventListener('abort', cancel)
  }
}

/** Asks the server about messages that were being removed when the program ended. Each of them is in the archive. */
async function settleCutOff(
  deps: CareDeps,
  itemId: string,
  messages: readonly JournalMessage[],
  care: CareMailbox,
): Promise<void> {
  for (const [path, inFolder] of Map.groupBy(messages, ({ folder }) => folder)) {
    const folder = await care.open(path, 'read')
    const there = new Map(
      (await folder.factsOf(inFolder.map(({ uid }) => uid))).map((fact) => [fact.uid, fact]),
    )
    const entries = inFolder.map(({ position, uid, uidValidity }): JournalEntry => {
      if (uidValidity !== folder.uidValidity) return { position, state: 'failed', note: renumbered }
      const fact = there.get(uid)
      return fact === undefined ? { position, state: 'removed' } : { position, state: 'listed' }
    })
    await deps.db.care.noteCareMessages(itemId, entries)
  }
}

const renumbered =
  'The program ended while it was being removed, and the server has renumbered the folder since: nobody can tell whether it is still there. It is in the archive.'
