import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { packName, recordHeadBytes } from '../../../../core/archive/pack.ts'
import type { ArchivePaths } from './folder.ts'
import { decodeRecord } from './frame.ts'
import type { PackEnd } from './pack-writer.ts'
import { readAt } from './scan.ts'

/** The pack to go on with, unless its key was replaced: then the next one is begun. */
export function endUnderKey(paths: ArchivePaths, last: PackEnd | null, keyId: string | null): PackEnd | null {
  return last !== null && keyIdOf(paths, last.pack) === keyId ? last : null
}

function keyIdOf(paths: ArchivePaths, pack: number): string | null {
  const fd = openSync(join(paths.packs, packName(pack)), 'r')
  try {
    const head = readAt(fd, 0, recordHeadBytes)
    if (head.length < recordHeadBytes) return null
    const record = decodeRecord(readAt(fd, recordHeadBytes, head.readUInt32LE(4) - 8), head.readUInt32LE(12))
    return record?.kind === 'pack' ? record.keyId : null
  } finally {
    closeSync(fd)
  }
}
