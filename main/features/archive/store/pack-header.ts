import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { packName, recordHeadBytes } from '../../../../core/archive/pack.ts'
import type { ArchiveRecord } from '../../../../core/archive/pack.ts'
import type { ArchivePaths } from './folder.ts'
import { decodeRecord } from './frame.ts'
import { readAt } from './scan.ts'

/** The first record of every pack; in an encrypted archive it stands in the clear. */
export type PackHeader = Extract<ArchiveRecord, { readonly kind: 'pack' }>

const longestHeaderBytes = 4096

/** The header of an open pack; null when there is none that can be read. */
export function readPackHeader(fd: number): PackHeader | null {
  const head = readAt(fd, 0, recordHeadBytes)
  if (head.length < recordHeadBytes) return null
  const length = head.readUInt32LE(4) - 8
  if (length <= 0 || length > longestHeaderBytes) return null
  const record = decodeRecord(readAt(fd, recordHeadBytes, length), head.readUInt32LE(12))
  return record?.kind === 'pack' ? record : null
}

/** The header of a pack by its number; null when the pack is not there or has none. */
export function readHeaderOf(paths: ArchivePaths, pack: number): PackHeader | null {
  let fd: number
  try {
    fd = openSync(join(paths.packs, packName(pack)), 'r')
  } catch {
    // A pack that is missing or cannot be opened is named by whoever needs its bytes.
    return null
  }
  try {
    return readPackHeader(fd)
  } finally {
    closeSync(fd)
  }
}
