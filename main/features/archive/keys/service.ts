import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { EncryptionStatus, KeyFile } from '../../../../core/archive/keys.ts'
import { formatRecoveryKey } from '../../../../core/archive/recovery-key.ts'
import { AppError } from '../../../../core/errors.ts'
import type { Clock } from '../../../lib/clock.ts'
import { Secret } from '../../../lib/secret.ts'
import type { Secrets } from '../../secrets/index.ts'
import { readArchiveCard } from '../store/folder.ts'
import { areKeyFilesWhole, hasKeyFile, readKeyFiles, writeKeyFile } from './key-file.ts'
import {
  addPackKey,
  makeKeys,
  openArchiveKey,
  openDataKeys,
  renewRecoveryKey,
  wipeKeySet,
} from './key-set.ts'
import type { KeySet, NewKeys } from './key-set.ts'
import { readRecoveryKey } from './typed-key.ts'

/** Whether a new archive's key can be kept here, and where or why not. */
export interface KeyKeeping {
  readonly place: 'keychain' | 'vault' | null
  readonly reason: string
}

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
  test(root: string, recoveryKey: string): Promise<void>
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
export function createArchiveKeys({ secrets, clock }: KeysDeps): ArchiveKeys {
  const opened = new Map<string, { readonly stamp: string; readonly keys: KeySet }>()
  const drop = (root: string): void => {
    const known = opened.get(root)
    if (known !== undefined) wipeKeySet(known.keys)
    opened.delete(root)
  }
  const open = async (root: string): Promise<KeySet | null> => {
    if (!isEncrypted(root)) return null
    const known = opened.get(root)
    if (known !== undefined && known.stamp === stampOf(root)) return known.keys
    drop(root)
    const { file, keys, archiveKey } = await openWithStore(secrets, root)
    archiveKey.fill(0)
    if (!areKeyFilesWhole(root)) mend(root, file)
    opened.set(root, { stamp: stampOf(root) ?? '', keys })
    return keys
  }
  /** Keeps the key first and deletes the old one last, so that a crash in between leaves a key that fits. */
  const keep = async (archiveId: string, made: NewKeys, how: 'kept' | 'session'): Promise<PreparedKeys> => {
    await secrets.set(refOf(archiveId, made.file), secretOf(made.archiveKey), how)
    const recoveryKey = formatRecoveryKey(made.recoveryKey)
    made.archiveKey.fill(0)
    made.recoveryKey.fill(0)
    return { recoveryKey, file: made.file }
  }
  return {
    keeping: () => findKeeping(secrets),
    prepare: (archiveId) => keep(archiveId, makeKeys(archiveId, clock.nowMs()), 'kept'),
    open,
    stampOf,
    status: (root) => readStatus(secrets, root),
    unlock: async (root, recoveryKey, how) => {
      const { file, archiveKey } = openWithRecoveryKey(root, recoveryKey)
      await secrets.set(refOf(file.archiveId, file), secretOf(archiveKey), how)
      archiveKey.fill(0)
      mend(root, tested(file, clock.nowMs()))
      drop(root)
    },
    test: (root, recoveryKey) =>
      Promise.try(() => {
        const { file, archiveKey } = openWithRecoveryKey(root, recoveryKey)
        archiveKey.fill(0)
        mend(root, tested(file, clock.nowMs()))
      }),
    note: (root) => {
      const file = firstKeyFile(root)
      writeKeyFile(root, { ...file, recovery: { ...file.recovery, notedAtMs: clock.nowMs() } })
    },
    rotate: async (root) => {
      const { file, keys, archiveKey } = await openWithStore(secrets, root)
      wipeKeySet(keys)
      writeKeyFile(root, addPackKey(file, archiveKey, clock.nowMs()))
      archiveKey.fill(0)
      drop(root)
    },
    renew: async (root) => {
      const { file, keys, archiveKey } = await openWithStore(secrets, root)
      wipeKeySet(keys)
      const made = renewRecoveryKey(file, archiveKey, clock.nowMs())
      archiveKey.fill(0)
      if (made === null) throw damaged(root)
      const oldRef = refOf(file.archiveId, file)
      const how = (await secrets.find(oldRef)) === 'session' ? 'session' : 'kept'
      const prepared = await keep(file.archiveId, made, how)
      writeKeyFile(root, prepared.file)
      await secrets.delete(oldRef)
      drop(root)
      return prepared.recoveryKey
    },
    drop,
    dispose: () => {
      for (const root of opened.keys()) drop(root)
    },
  }
}

interface Opened {
  readonly file: KeyFile
  readonly archiveKey: Buffer
}

async function openWithStore(
  secrets: KeysDeps['secrets'],
  root: string,
): Promise<Opened & { readonly keys: KeySet }> {
  let hadKey = false
  for (const file of keyFilesOf(root)) {
    const secret = await secrets.get(refOf(file.archiveId, file))
    if (secret === null) continue
    hadKey = true
    const archiveKey = Buffer.from(secret.open(), 'base64')
    const keys = archiveKey.length === 32 ? openDataKeys(file, archiveKey) : null
    if (keys !== null) return { file, archiveKey, keys }
  }
  if (hadKey) throw damaged(root)
  throw new AppError('archive.key_missing', { details: { archive: root } })
}

function openWithRecoveryKey(root: string, typed: string): Opened {
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

async function findKeeping(secrets: KeysDeps['secrets']): Promise<KeyKeeping> {
  const { kind, state, reason } = await secrets.status()
  if (state === 'ready' && kind !== 'none') return { place: kind, reason }
  return { place: null, reason: state === 'locked' ? 'The password vault is locked.' : reason }
}

async function readStatus(secrets: KeysDeps['secrets'], root: string): Promise<EncryptionStatus | null> {
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
  const place = await secrets.find(refOf(file.archiveId, file))
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

function isEncrypted(root: string): boolean {
  return readArchiveCard(root).encryption !== undefined
}

/** The readable files of keys that are this archive's own. Errors: `archive.not_encrypted`, `archive.keys_damaged`. */
function keyFilesOf(root: string): readonly KeyFile[] {
  const { encryption, archiveId } = readArchiveCard(root)
  if (encryption === undefined) throw new AppError('archive.not_encrypted')
  const own = readKeyFiles(root).filter((file) => file.archiveId === archiveId)
  if (own.length === 0) throw damaged(root)
  return own
}

function firstKeyFile(root: string): KeyFile {
  const [file] = keyFilesOf(root)
  if (file === undefined) throw damaged(root)
  return file
}

/** Best effort: an archive on a disk that cannot be written to is opened all the same. */
function mend(root: string, file: KeyFile): void {
  try {
    writeKeyFile(root, file)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}

function stampOf(root: string): string | null {
  if (!hasKeyFile(root)) return null
  const stat = statSync(join(root, 'keys.json'), { throwIfNoEntry: false })
  return stat === undefined ? 'copy' : `${stat.ino}:${stat.mtimeMs}`
}

const tested = (file: KeyFile, testedAtMs: number): KeyFile => ({
  ...file,
  recovery: { ...file.recovery, testedAtMs },
})
const refOf = (archiveId: string, file: KeyFile): string => `archive:${archiveId}:${file.archiveKey.keyId}`
const secretOf = (key: Buffer): Secret => new Secret(key.toString('base64'))
const damaged = (root: string): AppError =>
  new AppError('archive.keys_damaged', { details: { archive: root } })
