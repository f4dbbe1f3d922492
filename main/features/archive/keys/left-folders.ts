import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { LeftFolder } from '../../../../core/archive/keys.ts'
import { tilePacks } from '../../../../core/archive/ledger.ts'
import { packName } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import type { DbClient } from '../../../../db/client.ts'
import type { KnownArchive } from '../../../../db/queries/archive.ts'
import { deleteArchiveFiles, isPrefix } from '../store/copy-folder.ts'
import { archivePaths, listPackNumbers, readArchiveCard } from '../store/folder.ts'
import { readLedger, readLedgerTexts } from '../store/ledger.ts'
import { lockArchive } from '../store/lock.ts'

/** The folders that an archive was written anew from and that are still there, the last one first. */
export async function leftFolders(db: DbClient, known: KnownArchive): Promise<readonly LeftFolder[]> {
  const reports = await db.archiveSafety.listArchiveReportsOf(known.archiveId, 'rewrite')
  const paths = reports.flatMap(({ report, endedAtMs }) =>
    report.kind === 'rewrite' && report.replaced ? [{ path: report.from, leftAtMs: endedAtMs }] : [],
  )
  return paths
    .filter(({ path }, at) => at === paths.findIndex((one) => one.path === path))
    .filter(({ path }) => path !== known.path && archiveIdIn(path) === known.archiveId)
    .map(({ path, leftAtMs }) => ({
      path,
      leftAtMs,
      isEncrypted: readArchiveCard(path).encryption !== undefined,
      sizeBytes: sizeOf(path),
      isContained: isContained(known.path, path),
    }))
}

/**
 * Deletes a folder that was left behind, if every change that was ever made in it was made in the archive that is in
 * use, too. Files in it that are no part of an archive stay.
 * Errors: `record.not_found`, `archive.changed_since`, `archive.busy`, `file.*`.
 */
export async function deleteLeftFolder(db: DbClient, known: KnownArchive, path: string): Promise<void> {
  const left = (await leftFolders(db, known)).find((one) => one.path === path)
  if (left === undefined) throw new AppError('record.not_found', { details: { what: 'folder', file: path } })
  const lock = lockArchive(archivePaths(path).lock)
  try {
    if (!isContained(known.path, path))
      throw new AppError('archive.changed_since', { details: { file: path } })
  } finally {
    lock.release()
  }
  deleteArchiveFiles(path)
}

/**
 * The chain of the one ledger goes on that of the other, and every byte there is in it: nothing was added since, not
 * even by a program that ended before it could enter what it wrote.
 */
function isContained(current: string, left: string): boolean {
  if (archiveIdIn(current) !== archiveIdIn(left)) return false
  const texts = readLedgerTexts(left)
  if (texts.length === 0 || !isPrefix(texts, readLedgerTexts(current))) return false
  const { packs } = tilePacks(readLedger(left).lines)
  const paths = archivePaths(left)
  return listPackNumbers(paths).every(
    (pack) => statSync(join(paths.packs, packName(pack))).size === packs.get(pack)?.end,
  )
}

/** Null where there is no archive that can be read. */
function archiveIdIn(path: string): string | null {
  try {
    return existsSync(path) ? readArchiveCard(path).archiveId : null
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

function sizeOf(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}
