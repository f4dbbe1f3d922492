import { AppError } from '../core/errors.ts'

/** SQLite's result codes (sqlite.org/rescode.html) as the program's. Unknown ones pass through as bugs. */
export function translateSqliteError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error
  const details = { file, sqlite: error.code }
  const code = error.code
  // Beside a full disk itself: the shared memory of the WAL is a file, too, and there was no room to enlarge it.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE')
    return new AppError('db.disk_full', { details, cause: error, retryable: true })
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new AppError('db.busy', { details, cause: error, retryable: true })
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new AppError('db.damaged', { details, cause: error })
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN'))
    return new AppError('db.read_only', { details, cause: error })
  return error
}
