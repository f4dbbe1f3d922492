import { AppError } from '../../../../core/errors.ts'
import type { AppErrorCode } from '../../../../core/errors.ts'

const codes: Readonly<Record<string, AppErrorCode>> = {
  ENOENT: 'file.not_found',
  ENOTDIR: 'file.not_found',
  EACCES: 'file.not_writable',
  EPERM: 'file.not_writable',
  EROFS: 'file.not_writable',
  EISDIR: 'file.not_writable',
  ELOOP: 'file.not_writable',
  EEXIST: 'record.conflict',
  ENOSPC: 'file.disk_full',
  EDQUOT: 'file.disk_full',
  EFBIG: 'file.too_large',
  EIO: 'file.not_readable',
}

/** A file system error as the program's; anything else passes through. */
export function translateFileError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error
  const code = codes[error.code]
  return code === undefined
    ? error
    : new AppError(code, { details: { file, reason: error.code }, cause: error })
}
