import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from './folder.ts'

/** Writes a small file so that after a crash it is there as before or as now, never in between. */
export function writeWhole(file: string, content: string | Buffer): void {
  replaceWhole(file, (fd) => {
    const bytes = Buffer.from(content)
    for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, bytes.length - done)
  })
}

/** Puts a new file in the place of another once all of it is on the disk. */
export function replaceWhole(file: string, write: (fd: number) => void): void {
  const fresh = `${file}.new`
  // Made anew: in a folder that others can write to, what has this name may be a link to something else.
  rmSync(fresh, { force: true })
  const fd = openSync(fresh, 'wx', 0o600)
  try {
    write(fd)
    fsyncSync(fd)
  } catch (error) {
    closeSync(fd)
    rmSync(fresh, { force: true })
    throw error
  }
  closeSync(fd)
  renameSync(fresh, file)
  syncFolder(dirname(file))
}
