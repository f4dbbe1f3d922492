import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { AppError } from '../../../../core/errors.ts'
import { readCopyMark } from '../store/copy-folder.ts'
import { readArchiveCard } from '../store/folder.ts'
import { createRuns } from '../runs.ts'
import type { SafetyDeps } from './ports.ts'

/**
 * Uses a second copy in place of its archive, on this desk or on another one: the folder becomes the archive, and its
 * index is made from its packs. Errors: `archive.not_an_archive`, `record.conflict` while the archive itself is there.
 */
export async function promoteCopy(deps: SafetyDeps, folder: string, replace: boolean) {
  const path = resolve(folder)
  const mark = readCopyMark(path)
  const card = readArchiveCard(path)
  if (mark?.archiveId !== card.archiveId)
    throw new AppError('archive.not_an_archive', { details: { file: path } })
  const { archiveId } = card
  const known = await deps.db.archive.getArchive(archiveId)
  if (known !== null && !replace && isThere(known.path, archiveId))
    throw new AppError('record.conflict', { details: { what: 'archive itself', file: known.path } })
  if (known !== null) await deps.reader().call('closeReader', [known.path])
  await deps.reader().call('promoteCopy', [path])
  await deps.db.archiveSafety.removeArchiveCopy(mark.copyId)
  const archive = await deps.registry.open(path, null)
  deps.publish('archive.listChanged', {})
  const { runId } = await createRuns(deps).rebuild(archive)
  return { archiveId, runId }
}

function isThere(path: string, archiveId: string): boolean {
  try {
    return existsSync(path) && readArchiveCard(path).archiveId === archiveId
  } catch {
    // A folder that cannot be read as this archive is as good as gone.
    return false
  }
}
