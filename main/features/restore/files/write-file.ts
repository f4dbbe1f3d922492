import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, utimesSync, writeSync } from 'node:fs'
import { AppError } from '../../../../core/errors.ts'

/** Hexadecimal SHA-256. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Writes a file that is either whole or not there, synced, with the message's date as its own. Errors: `file.*`. */
export function writeWhole(temporary: string, file: string, bytes: Uint8Array, atMs: number | null): void {
  try {
    const fd = openSync(temporary, 'w')
    try {
      writeAll(fd, bytes)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    if (atMs !== null) utimesSync(temporary, atMs / 1000, atMs / 1000)
    renameSync(temporary, file)
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw fileError(cause, file)
  }
}

/** Writes all of it: one write may take a part only. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at)
}

/** What the system raised, as the program's own failure. */
export function fileError(cause: unknown, file: string): unknown {
  if (cause instanceof AppError || !(cause instanceof Error) || !('code' in cause)) return cause
  const full = cause.code === 'ENOSPC' || cause.code === 'EDQUOT'
  return new AppError(full ? 'file.disk_full' : 'file.not_writable', { details: { file }, cause })
}
