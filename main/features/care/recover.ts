import { v7 as uuid } from 'uuid'
import type { Recovery } from '../../../core/care/junk-endpoints.ts'
import { describeError } from '../../../core/error-text.ts'
import { AppError } from '../../../core/errors.ts'
import type { KeptRecovery } from '../../../db/queries/care-junk.ts'
import { withMailbox } from './deps.ts'
import type { CareDeps } from './deps.ts'
import type { CareMailbox, OpenCareFolder } from './ports.ts'

/** What to move out of junk, where to, and why. */
export interface RecoverWish {
  readonly mailboxId: string
  readonly folder: string
  readonly uidValidity: string
  readonly uids: readonly number[]
  readonly toFolder: string
  readonly reason: string
  readonly ticketId: string | null
  readonly tellFilter: boolean
}

/** Moves messages out of junk. Each is written down first, and again with its new place. */
export async function recover(
  deps: CareDeps,
  wish: RecoverWish,
  signal: AbortSignal,
): Promise<{ recoveries: Recovery[] }> {
  const { address } = await deps.mailboxes.get(wish.mailboxId)
  const recoveries = await withMailbox(deps, wish.mailboxId, signal, async (care) => {
    const folder = await care.open(wish.folder, 'write')
    const facts = folder.uidValidity === wish.uidValidity ? await folder.factsOf(ascending(wish.uids)) : []
    if (facts.length === 0)
      throw new AppError('record.not_found', { details: { what: 'message in this folder' } })
    const begun = facts.map((fact): KeptRecovery => {
      const { from, subject, messageId, uid } = fact
      return {
        ...{ recoveryId: uuid(), mailboxId: wish.mailboxId, address, from, subject, messageId },
        ...{ fromFolder: wish.folder, fromUidValidity: wish.uidValidity, fromUid: uid },
        ...{ toFolder: wish.toFolder, toUidValidity: null, toUid: null },
        ...{ reason: wish.reason, ticketId: wish.ticketId, state: 'moving', note: null },
        atMs: deps.clock.nowMs(),
      }
    })
    await deps.db.care.putRecoveries(begun)
    const ended = await moveAll(care, folder, begun, wish)
    await deps.db.care.putRecoveries(ended)
    return ended
  })
  deps.publish('care.recovered', { mailboxId: wish.mailboxId })
  if (wish.ticketId !== null) for (const one of recoveries) await linkTo(deps, wish.ticketId, one)
  return { recoveries: recoveries.map(shown) }
}

async function moveAll(
  care: CareMailbox,
  folder: OpenCareFolder,
  begun: readonly KeptRecovery[],
  { toFolder, tellFilter }: Pick<RecoverWish, 'toFolder' | 'tellFilter'>,
): Promise<readonly KeptRecovery[]> {
  const uids = ascending(begun.map(({ fromUid }) => fromUid))
  try {
    await care.makeFolder(toFolder)
    // While the message is still in the junk folder: there the keywords are what a filter learns from.
    if (tellFilter && folder.keepsKeywords)
      await folder.storeFlags(uids, ['$NotJunk', 'NonJunk'], ['$Junk', 'Junk'])
    const moved = await folder.move(uids, toFolder)
    return begun.map((one) => ({
      ...one,
      state: moved.kind,
      note: moved.kind === 'copied' ? copiedNote : null,
      toUidValidity: moved.uidValidity,
      toUid: moved.uids.get(one.fromUid) ?? null,
    }))
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable) throw error
    const note = describeError(error.code, error.details).sentence
    return begun.map((one) => ({ ...one, state: 'failed', note }))
  }
}

const copiedNote =
  'The message is where it should be. Its copy in the junk folder is marked as deleted; this server cannot remove single messages.'

async function linkTo(deps: CareDeps, ticketId: string, recovery: Recovery): Promise<void> {
  if (recovery.state === 'failed') return
  const { recoveryId, subject, from, fromFolder, toFolder, reason } = recovery
  const summary = `“${subject}” from ${from} was moved from ${fromFolder} to ${toFolder}: ${reason}`
  await deps.linkEvidence(ticketId, {
    kind: 'junk_recovery',
    id: recoveryId,
    summary: summary.slice(0, 1000),
  })
}

/** Moves a recovered message back to where it was. */
export async function undoRecovery(
  deps: CareDeps,
  recoveryId: string,
  signal: AbortSignal,
): Promise<Recovery> {
  const kept = await deps.db.care.getRecovery(recoveryId)
  if (kept === null) throw new AppError('record.not_found', { details: { what: 'recovery' } })
  if (kept.state === 'undone' || kept.state === 'failed')
    throw new AppError('record.conflict', {
      details: { reason: 'This message is not where it was recovered to' },
    })
  const undone = await withMailbox(deps, kept.mailboxId, signal, async (care): Promise<KeptRecovery> => {
    const folder = await care.open(kept.toFolder, 'write')
    const uid = await findMoved(folder, kept)
    if (uid === null)
      throw new AppError('record.conflict', {
        details: { reason: `The message is no longer in ${kept.toFolder}` },
      })
    await care.makeFolder(kept.fromFolder)
    const moved = await folder.move([uid], kept.fromFolder)
    return { ...kept, state: 'undone', note: moved.kind === 'copied' ? copiedNote : null }
  })
  await deps.db.care.putRecoveries([undone])
  deps.publish('care.recovered', { mailboxId: kept.mailboxId })
  return shown(undone)
}

/** By the UID that the server told; without one, by a Message-ID that only one message there has. */
async function findMoved(folder: OpenCareFolder, kept: KeptRecovery): Promise<number | null> {
  if (kept.toUid !== null && kept.toUidValidity === folder.uidValidity) {
    const [there] = await folder.factsOf([kept.toUid])
    if (there !== undefined) return there.uid
  }
  if (kept.messageId === null) return null
  const found = await folder.search({ from: '', subject: '', messageId: kept.messageId })
  return found.length === 1 ? (found[0] ?? null) : null
}

const ascending = (uids: readonly number[]): readonly number[] => uids.toSorted((a, b) => a - b)

/** A recovery as the contract shows it: without the numbers that only an undo needs. */
export function shown(kept: KeptRecovery): Recovery {
  const { recoveryId, mailboxId, address, fromFolder, toFolder, from, subject, messageId } = kept
  const { reason, ticketId, state, note, atMs } = kept
  return {
    ...{ recoveryId, mailboxId, address, fromFolder, toFolder, from, subject, messageId },
    ...{ reason, ticketId, state, note, atMs },
  }
}
