import type { EncryptionStatus, KeyFile } from '../../../../core/archive/keys.ts'
import { AppError } from '../../../../core/errors.ts'
import type { Secrets } from '../../secrets/index.ts'
import { readArchiveCard } from '../store/folder.ts'
import { firstKeyFile, refOf } from './opening.ts'

/** Whether a new archive's key can be kept here, and where or why not. */
export interface KeyKeeping {
  readonly place: 'keychain' | 'vault' | null
  readonly reason: string
}

/** Where this desk would keep the key of a new archive. */
export async function findKeeping(secrets: Pick<Secrets, 'status'>): Promise<KeyKeeping> {
  const { kind, state, reason } = await secrets.status()
  if (state === 'ready' && kind !== 'none') return { place: kind, reason }
  return { place: null, reason: state === 'locked' ? 'The password vault is locked.' : reason }
}

/** What is shown of an archive's keys; null where it is not encrypted. */
export async function readStatus(
  secrets: Pick<Secrets, 'find'>,
  root: string,
): Promise<EncryptionStatus | null> {
  const { encryption } = readArchiveCard(root)
  if (encryption === undefined) return null
  const { sinceMs } = encryption
  let file: KeyFile
  try {
    file = firstKeyFile(root)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'archive.keys_damaged') throw error
    return { sinceMs, keyPlace: null, dataKey: null, recovery: null }
  }
  const place = await secrets.find(refOf(file))
  const packs = file.dataKeys.filter(({ purpose }) => purpose === 'packs')
  const last = packs.at(-1)
  return {
    sinceMs,
    keyPlace: place === 'unknown' ? null : place,
    dataKey:
      last === undefined ? null : { keyId: last.keyId, createdAtMs: last.createdAtMs, count: packs.length },
    recovery: file.recovery,
  }
}
