import type { KeyFile } from '../../../../core/archive/keys.ts'
import { AppError } from '../../../../core/errors.ts'
import { Secret } from '../../../lib/secret.ts'
import type { Secrets } from '../../secrets/index.ts'
import { readArchiveCard } from '../store/folder.ts'
import { readKeyFiles } from './key-file.ts'
import { openArchiveKey, openDataKeys, wipeKeySet } from './key-set.ts'
import type { KeySet } from './key-set.ts'
import { readRecoveryKey } from './typed-key.ts'

/** An archive's file of keys and the key that opens it. Zero the key after use. */
export interface Opened {
  readonly file: KeyFile
  readonly archiveKey: Buffer
}

/** Opens an archive with what the secret store has. Errors: `archive.key_missing`, `archive.keys_damaged`, `secret.*`. */
export async function openWithStore(
  secrets: Pick<Secrets, 'get'>,
  root: string,
): Promise<Opened & { readonly keys: KeySet }> {
  let hadKey = false
  for (const file of keyFilesOf(root)) {
    const secret = await secrets.get(refOf(file))
    if (secret === null) continue
    hadKey = true
    const archiveKey = Buffer.from(secret.open(), 'base64')
    const keys = archiveKey.length === 32 ? openDataKeys(file, archiveKey) : null
    if (keys !== null) return { file, archiveKey, keys }
  }
  if (hadKey) throw damaged(root)
  throw new AppError('archive.key_missing', { details: { archive: root } })
}

/** Opens an archive with its recovery key. Errors: `archive.recovery_key_mistyped`, `_wrong`, `archive.keys_damaged`. */
export function openWithRecoveryKey(root: string, typed: string): Opened {
  const recoveryKey = readRecoveryKey(typed)
  const files = keyFilesOf(root)
  let fitted = false
  for (const file of files) {
    const archiveKey = openArchiveKey(file, recoveryKey)
    if (archiveKey === null) continue
    fitted = true
    const keys = openDataKeys(file, archiveKey)
    if (keys === null) continue
    wipeKeySet(keys)
    recoveryKey.fill(0)
    return { file, archiveKey }
  }
  recoveryKey.fill(0)
  throw fitted ? damaged(root) : new AppError('archive.recovery_key_wrong')
}

/** The readable files of keys that are this archive's own. Errors: `archive.not_encrypted`, `archive.keys_damaged`. */
function keyFilesOf(root: string): readonly KeyFile[] {
  const { encryption, archiveId } = readArchiveCard(root)
  if (encryption === undefined) throw new AppError('archive.not_encrypted')
  const own = readKeyFiles(root).filter((file) => file.archiveId === archiveId)
  if (own.length === 0) throw damaged(root)
  return own
}

/** The first of them. */
export function firstKeyFile(root: string): KeyFile {
  const [file] = keyFilesOf(root)
  if (file === undefined) throw damaged(root)
  return file
}

/** Under which reference the secret store has the archive key. */
export function refOf({ archiveId, archiveKey }: KeyFile): string {
  return `archive:${archiveId}:${archiveKey.keyId}`
}

/** An archive key as the secret store keeps it. */
export function secretOf(key: Buffer): Secret {
  return new Secret(key.toString('base64'))
}

function damaged(root: string): AppError {
  return new AppError('archive.keys_damaged', { details: { archive: root } })
}
