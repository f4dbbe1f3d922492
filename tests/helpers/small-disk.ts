import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, statfsSync, writeFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of a few megabytes that a test may fill or make read-only. */
export interface SmallDisk extends Disposable {
  readonly path: string
  /** Fills it but for so many bytes. */
  fillUpTo(freeBytes: number): void
  /** Takes away what filled it. */
  free(): void
  makeReadOnly(): void
}

/** Mounts one in memory; null where this is not allowed (not Linux, or not as root). */
export function mountSmallDisk(megabytes: number): SmallDisk | null {
  const path = mkdtempSync(join(tmpdir(), 'small-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path], { stdio: 'ignore' })
  } catch {
    rmdirSync(path)
    return null
  }
  const filler = join(path, 'filler')
  return {
    path,
    fillUpTo: (freeBytes) => {
      const { bavail, bsize } = statfsSync(path)
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - freeBytes)))
    },
    free: () => rmSync(filler, { force: true }),
    makeReadOnly: () => execFileSync('mount', ['-o', 'remount,ro', path]),
    [Symbol.dispose]: () => {
      // Lazily: what a failing test left open must not keep it.
      execFileSync('umount', ['-l', path])
      rmdirSync(path)
    },
  }
}
