import { AppError } from '../../../../core/errors.ts'
import type { AppErrorCode } from '../../../../core/errors.ts'
import { readArchiveCard } from '../store/folder.ts'
import { createSeal } from '../store/seal.ts'
import type { Seal } from '../store/seal.ts'
import { hasKeyFile } from './key-file.ts'
import { databaseKey, wipeKeySet } from './key-set.ts'
import type { KeySet } from './key-set.ts'

/** What opens an encrypted archive. */
export interface OpenKeys {
  readonly seal: Seal
  /** The key of `index.sqlite` or `text.sqlite`, 32 bytes. */
  databaseKey(name: 'index' | 'text'): Buffer
}

interface Held {
  readonly keys: KeySet
  readonly open: OpenKeys
}

/**
 * The keys that this thread holds, by the archive's folder. State of the thread on purpose (ADR 16): a dozen functions
 * open archives, and none of them shall carry keys in its arguments, where a log could find them.
 */
const held = new Map<string, Held>()
const refusals = new Map<string, AppErrorCode>()

/** Hands this thread an archive's keys, or why there are none. The thread owns the keys from now on. */
export function holdKeys(root: string, keys: KeySet | null, refusal: AppErrorCode | null): void {
  dropKeys(root)
  if (refusal !== null) refusals.set(root, refusal)
  if (keys === null) return
  const seal = createSeal(keys.archiveId, keys.packKeys)
  held.set(root, { keys, open: { seal, databaseKey: (name) => databaseKey(keys.indexKey, name) } })
}

/** Wipes what this thread holds of an archive. */
export function dropKeys(root: string): void {
  const known = held.get(root)
  if (known !== undefined) wipeKeySet(known.keys)
  held.delete(root)
  refusals.delete(root)
}

/** Wipes everything. */
export function dropAllKeys(): void {
  for (const root of [...held.keys(), ...refusals.keys()]) dropKeys(root)
}

/**
 * The keys of an archive; null when it is not encrypted. Errors: `archive.key_missing`, `archive.keys_damaged`,
 * `secret.vault_locked`, `secret.store_unavailable`, and those of `readArchiveCard`.
 */
export function keysOf(root: string): OpenKeys | null {
  const { encryption, archiveId } = readArchiveCard(root)
  if (encryption === undefined) return null
  const known = held.get(root)
  if (known !== undefined && known.keys.archiveId === archiveId) return known.open
  const lost = hasKeyFile(root) ? 'archive.key_missing' : 'archive.keys_damaged'
  throw new AppError(refusals.get(root) ?? lost, { details: { archive: root } })
}
