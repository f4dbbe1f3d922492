import { mkdirSync } from 'node:fs'
import { AppError } from '../../../../core/errors.ts'
import type { TargetMark } from '../../../../core/restore/present.ts'
import type { AppendMessage } from '../ports.ts'

/** One folder of mail on disk. Messages are known by a number that never changes. */
export interface FileFolder {
  make(): void
  /** Without reading a message. */
  isEmpty(): boolean
  list(): Promise<readonly TargetMark[]>
  /** Writes durably, in order, and returns the numbers. */
  append(messages: readonly AppendMessage[]): Promise<readonly number[]>
  fetch(uids: readonly number[]): AsyncIterable<{ readonly uid: number; readonly bytes: Uint8Array }>
}

/** How a format keeps folders below a root. */
export interface FileFormat {
  /** Where the folder of this path is; `path` is relative to the root and made of safe segments. */
  open(full: string): FileFolder
  /** The suffix of a folder's own name: `.mbox` where a folder is one file. */
  readonly suffix: string
  /** Whether what is at this path is a folder of mail. */
  isFolder(full: string): boolean
}

/** Makes a folder and those above it. Errors: `file.not_writable`. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw new AppError('file.not_writable', { details: { file: folder }, cause })
  }
}
