import { packFormat } from '../../../../core/archive/pack.ts'
import type { ArchivePaths } from './folder.ts'
import { readHeaderOf } from './pack-header.ts'
import type { PackEnd } from './pack-writer.ts'

/** The pack to go on with, unless its key was replaced or its format is an older one: then the next one is begun. */
export function endUnderKey(paths: ArchivePaths, last: PackEnd | null, keyId: string | null): PackEnd | null {
  const header = last === null ? null : readHeaderOf(paths, last.pack)
  return header?.format === packFormat && header.keyId === keyId ? last : null
}
