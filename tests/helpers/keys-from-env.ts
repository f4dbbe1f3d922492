import { readKeyFiles } from '../../main/features/archive/keys/key-file.ts'
import { openDataKeys } from '../../main/features/archive/keys/key-set.ts'
import type { KeySet } from '../../main/features/archive/keys/key-set.ts'

/** The keys of an archive in a child process: a test hands it the archive key in ARCHIVE_KEY. Null where there is none. */
export function keysFromEnv(root: string): KeySet | null {
  const key = process.env['ARCHIVE_KEY']
  const [file] = key === undefined ? [] : readKeyFiles(root)
  return file === undefined ? null : openDataKeys(file, Buffer.from(key ?? '', 'base64'))
}
