import { AppError } from '../../../core/errors.ts'
import type { Run } from '../jobs/index.ts'
import type { RestoreDeps } from './service.ts'
import type { OpenableTarget } from './targets.ts'

const undoAtOnce = 500

/**
 * Removes from the target what a restore added, by the numbers that the target gave it. What was there before stays.
 * Errors: `restore.not_undoable`, those of the connection.
 */
export async function undoRestore(
  deps: RestoreDeps,
  run: Run,
  openable: OpenableTarget,
  restoreId: string,
): Promise<string> {
  const added = await deps.db.restore.listAdded(restoreId)
  const target = await openable.connect(run.signal)
  let removed = 0
  let left = 0
  try {
    if (!target.abilities.undoable)
      throw new AppError('restore.not_undoable', { details: { target: openable.name } })
    const places = Map.groupBy(
      added,
      ({ targetFolder, uidValidity }) => `${targetFolder}\n${uidValidity ?? ''}`,
    )
    for (const items of places.values()) {
      for (let at = 0; at < items.length; at += undoAtOnce) {
        await run.checkpoint()
        const chunk = items.slice(at, at + undoAtOnce)
        const { targetFolder, uidValidity } = chunk[0] ?? {}
        const uids = chunk.flatMap(({ uid }) => uid ?? [])
        try {
          removed += await target.remove(targetFolder ?? '', uidValidity ?? '', uids)
          const atMs = deps.clock.nowMs()
          await deps.db.restore.putRestoreItems(
            restoreId,
            chunk.map((item) => ({ ...item, state: 'removed', atMs })),
          )
        } catch (error) {
          // A folder that is gone or was numbered anew has nothing that can be named any more; the others have.
          if (!(error instanceof AppError) || !passedOver.has(error.code)) throw error
          left += chunk.length
        }
        run.progress({ done: removed, total: added.length, unit: 'messages', item: targetFolder ?? null })
      }
    }
  } finally {
    await target.close()
  }
  const rest =
    left === 0 ? '' : ` ${left} could not be named any more, because their folder is gone or was renumbered.`
  const before = added.length - removed - left
  const gone = before === 0 ? '' : ` ${before} were gone already.`
  return `Removed ${removed} of ${added.length} messages that the restore had added.${gone}${rest}`
}

const passedOver = new Set(['imap.renumbered', 'imap.folder_missing'])
