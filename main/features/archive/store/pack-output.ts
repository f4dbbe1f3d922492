import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import type { Prepared } from './prepare.ts'
import { readAt } from './scan.ts'

const blockBytes = 1 << 20

/** A pack that is written anew: a file that grows, hashed as it does. */
export interface Output {
  bytes(): number
  write(chunk: Uint8Array): void
  writePrepared(prepared: Prepared): void
  copy(from: number, start: number, end: number): void
  /** Waits until everything is on the disk. */
  finish(): { readonly bytes: number; readonly sha256: string }
  close(): void
}

/** Begins a new file; there must be none of its name. */
export function openOutput(file: string): Output {
  const fd = openSync(file, 'wx', 0o600)
  const hash = createHash('sha256')
  let at = 0
  const write = (chunk: Uint8Array): void => {
    for (let done = 0; done < chunk.length;)
      done += writeSync(fd, chunk, done, chunk.length - done, at + done)
    hash.update(chunk)
    at += chunk.length
  }
  return {
    bytes: () => at,
    write,
    writePrepared: ({ head, frames }) => {
      write(head)
      for (const frame of frames) write(frame)
    },
    copy: (from, start, end) => {
      for (let offset = start; offset < end; offset += blockBytes)
        write(readAt(from, offset, Math.min(blockBytes, end - offset)))
    },
    finish: () => {
      fsyncSync(fd)
      return { bytes: at, sha256: hash.digest('hex') }
    },
    close: () => closeSync(fd),
  }
}
