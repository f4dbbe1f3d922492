import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import { AppError } from '../../../../core/errors.ts'
import { describeError } from '../../../../core/error-text.ts'
import type { DbClient } from '../../../../db/client.ts'
import type { DrillScratch } from '../../../../db/queries/drills.ts'
import type { MailTarget } from '../ports.ts'
import { openTarget } from '../targets.ts'
import type { TargetDeps } from '../targets.ts'

/** What every scratch folder is called, so that nothing else is ever removed. */
export const scratchPrefix = 'Mail Desk drill '

/** Removes a scratch folder of a mailbox, if it is there. Returns whether it is gone. */
export async function removeScratch(target: MailTarget, folder: string): Promise<boolean> {
  const listed = async () => (await target.names()).folders.some(({ path }) => path === folder)
  if (!folder.includes(scratchPrefix)) return false
  if (await listed()) await target.deleteFolder(folder)
  return !(await listed())
}

/** Removes a scratch folder on this workstation. */
export function removeScratchFiles(path: string): void {
  if (!basename(path).startsWith(scratchPrefix)) return
  rmSync(path, { recursive: true, force: true })
}

/** Removes what drills left behind, for example when the program was killed. What cannot be removed now is named. */
export async function cleanUpLeftovers(
  deps: TargetDeps & { readonly db: DbClient },
  signal: AbortSignal,
): Promise<{ readonly removed: number; readonly left: string[] }> {
  let removed = 0
  const left: string[] = []
  for (const { drillId, scratch } of await deps.db.drills.listLeftovers()) {
    const problem = await removeOne(deps, scratch, signal)
    if (problem === null) {
      await deps.db.drills.markCleanedUp(drillId)
      removed++
    } else left.push(problem)
  }
  return { removed, left }
}

async function removeOne(
  deps: TargetDeps,
  scratch: DrillScratch,
  signal: AbortSignal,
): Promise<string | null> {
  if (scratch.kind === 'files') {
    removeScratchFiles(scratch.path)
    return null
  }
  const { folder, mailboxId } = scratch
  try {
    const openable = await openTarget(deps, { kind: 'mailbox', mailboxId })
    const target = await openable.connect(signal)
    try {
      return (await removeScratch(target, folder)) ? null : `${folder} of ${openable.name} is still there.`
    } finally {
      await target.close()
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return `${folder}: ${describeError(error.code, error.details).sentence}`
  }
}
