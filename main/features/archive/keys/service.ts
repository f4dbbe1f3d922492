import type { EncryptionStatus, KeyFile } from '../../../../core/archive/keys.ts'
import { formatRecoveryKey } from '../../../../core/archive/recovery-key.ts'
import { AppError } from '../../../../core/errors.ts'
import type { Clock } from '../../../lib/clock.ts'
import type { Secrets } from '../../secrets/index.ts'
import { readArchiveCard } from '../store/folder.ts'
import { areKeyFilesWhole, mendKeyFile, stampOf, writeKeyFile } from './key-file.ts'
import { addPackKey, makeKeys, renewRecoveryKey, wipeKeySet } from './key-set.ts'
import type { KeySet, NewKeys } from './key-set.ts'
import { firstKeyFile, openWithRecoveryKey, openWithStore, refOf, secretOf } from './opening.ts'
import { findKeeping, readStatus } from './status.ts'
import type { KeyKeeping } from './status.ts'

/**
 * The keys of this desk's archives, in the main thread. The archive key is in the secret store; data keys are opened
 * when they are first needed and wiped at the end. Errors of every call that needs a key: `archive.key_missing`,
 * `archive.keys_damaged`, `archive.not_encrypted`, `secret.vault_locked`, `secret.store_unavailable`.
 */
export interface ArchiveKeys {
  keeping(): Promise<KeyKeeping>
  /** Keys for an archive that is about to be made in the folder: kept in the secret store, not yet in the folder. */
  prepare(archiveId: string): Promise<PreparedKeys>
  /** The data keys; null where the archive is not encrypted. They belong to this service: copy them. */
  open(root: string): Promise<KeySet | null>
  /** Changes when the archive's file of keys does; null where there is none. */
  stampOf(root: string): string | null
  /** What is shown; null where the archive is not encrypted. */
  status(root: string): Promise<EncryptionStatus | null>
  /** Opens the archive with the recovery key, and keeps its key on this desk, or until the program ends. */
  unlock(root: string, recoveryKey: string, how: 'kept' | 'session'): Promise<void>
  /** Whether the recovery key opens the archive. Errors: `archive.recovery_key_mistyped`, `_wrong`. */
  test(root: string, recoveryKey: string): void
  /** Notes that somebody has put the recovery key into safety. */
  note(root: string): void
  /** Another data key for packs that are begun from now on. */
  rotate(root: string): Promise<void>
  /** Another recovery key, shown once; the old one opens nothing any more. Another archive key goes with it. */
  renew(root: string): Promise<string>
  /** Forgets what is in memory of an archive. The secret store keeps its key. */
  drop(root: string): void
  dispose(): void
}

/** New keys on their way into a folder. */
export interface PreparedKeys {
  /** Written down by the user; shown once. */
  readonly recoveryKey: string
  readonly file: KeyFile
}

interface KeysDeps {
  readonly secrets: Pick<Secrets, 'get' | 'set' | 'delete' | 'find' | 'status'>
  readonly clock: Clock
}

/** Builds the keys of a desk's archives. */
export function createArchiveKeys(deps: KeysDeps): ArchiveKeys {
  const { secrets, clock } = deps
  const opened = new Map<string, { readonly stamp: string; readonly keys: KeySet }>()
  const drop = (root: string): void => {
    const known = opened.get(root)
    if (known !== undefined) wipeKeySet(known.keys)
    opened.delete(root)
  }
  const open = async (root: string): Promise<KeySet | null> => {
    if (readArchiveCard(root).encryption === undefined) return null
    const known = opened.get(root)
    if (known !== undefined && known.stamp === stampOf(root)) return known.keys
    drop(root)
    const { file, keys, archiveKey } = await openWithStore(secrets, root)
    archiveKey.fill(0)
    if (!areKeyFilesWhole(root)) mendKeyFile(root, file)
    opened.set(root, { stamp: stampOf(root) ?? '', keys })
    return keys
  }
  return {
    keeping: () => findKeeping(secrets),
    prepare: (archiveId) => keepNew(secrets, makeKeys(archiveId, clock.nowMs()), 'kept'),
    open,
    stampOf,
    status: (root) => readStatus(secrets, root),
    ...createRecovery(deps, drop),
    ...createChanges(deps, drop),
    drop,
    dispose: () => {
      for (const root of opened.keys()) drop(root)
    },
  }
}

type Drop = (root: string) => void

function createRecovery({ secrets, clock }: KeysDeps, drop: Drop) {
  const tested = (file: KeyFile): KeyFile => ({
    ...file,
    recovery: { ...file.recovery, testedAtMs: clock.nowMs() },
  })
  return {
    unlock: async (root: string, recoveryKey: string, how: 'kept' | 'session'): Promise<void> => {
      const { file, archiveKey } = openWithRecoveryKey(root, recoveryKey)
      // Written before anything is waited for: meanwhile another program might add a key to the file.
      mendKeyFile(root, tested(file))
      await secrets.set(refOf(file), secretOf(archiveKey), how)
      archiveKey.fill(0)
      drop(root)
    },
    test: (root: string, recoveryKey: string): void => {
      const { file, archiveKey } = openWithRecoveryKey(root, recoveryKey)
      archiveKey.fill(0)
      mendKeyFile(root, tested(file))
    },
    note: (root: string): void => {
      const file = firstKeyFile(root)
      writeKeyFile(root, { ...file, recovery: { ...file.recovery, notedAtMs: clock.nowMs() } })
    },
  }
}

function createChanges({ secrets, clock }: KeysDeps, drop: Drop) {
  return {
    rotate: async (root: string): Promise<void> => {
      const { file, keys, archiveKey } = await openWithStore(secrets, root)
      wipeKeySet(keys)
      writeKeyFile(root, addPackKey(file, archiveKey, clock.nowMs()))
      archiveKey.fill(0)
      drop(root)
    },
    renew: async (root: string): Promise<string> => {
      const { file, keys, archiveKey } = await openWithStore(secrets, root)
      wipeKeySet(keys)
      const made = renewRecoveryKey(file, archiveKey, clock.nowMs())
      archiveKey.fill(0)
      if (made === null) throw new AppError('archive.keys_damaged', { details: { archive: root } })
      const how = (await secrets.find(refOf(file))) === 'session' ? 'session' : 'kept'
      const prepared = await keepNew(secrets, made, how)
      writeKeyFile(root, prepared.file)
      // The old key goes last: a crash before leaves one that fits the files.
      await secrets.delete(refOf(file))
      drop(root)
      return prepared.recoveryKey
    },
  }
}

/** Keeps a new archive key, and wipes both new keys from memory. */
async function keepNew(
  secrets: Pick<Secrets, 'set'>,
  made: NewKeys,
  how: 'kept' | 'session',
): Promise<PreparedKeys> {
  await secrets.set(refOf(made.file), secretOf(made.archiveKey), how)
  const recoveryKey = formatRecoveryKey(made.recoveryKey)
  made.archiveKey.fill(0)
  made.recoveryKey.fill(0)
  return { recoveryKey, file: made.file }
}
