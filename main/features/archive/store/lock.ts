import Database from 'better-sqlite3'
import { AppError } from '../../../../core/errors.ts'
import { translateFileError } from './file-error.ts'

/**
 * The right to write to an archive, held by one process at a time. It is SQLite's exclusive lock on a file of its
 * own: the operating system lets go of it when the process ends, however it ends, so no stale lock can remain.
 */
export interface ArchiveLock {
  release(): void
}

/** Takes the lock or rejects at once with `archive.busy`. */
export function lockArchive(file: string): ArchiveLock {
  let db: Database.Database | null = null
  try {
    db = new Database(file, { timeout: 0 })
    db.exec('BEGIN EXCLUSIVE')
    const held = db
    return { release: () => held.close() }
  } catch (error) {
    db?.close()
    const busy = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
    if (busy) throw new AppError('archive.busy', { details: { file }, cause: error, retryable: true })
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CANTOPEN'))
      throw new AppError('file.not_writable', { details: { file }, cause: error })
    throw translateFileError(error, file)
  }
}
