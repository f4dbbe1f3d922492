import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { keyFileFormat, keyFileVersion } from '../../../../core/archive/keys.ts'
import type { KeyFile, KeyPurpose } from '../../../../core/archive/keys.ts'
import { recoveryKeyBytes } from '../../../../core/archive/recovery-key.ts'
import type { PackKey } from '../store/seal.ts'

/** The opened data keys of an archive: what a thread needs to read and write it. Wiped by its owner. */
export interface KeySet {
  readonly archiveId: string
  /** In the order in which they were made; the last one seals. */
  readonly packKeys: readonly PackKey[]
  readonly indexKey: Uint8Array
}

/** A new file of keys, and the two keys that are not in it. */
export interface NewKeys {
  readonly file: KeyFile
  readonly archiveKey: Buffer
  readonly recoveryKey: Buffer
}

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

/** Keys for a new archive. */
export function makeKeys(archiveId: string, nowMs: number): NewKeys {
  const archiveKey = randomBytes(keyBytes)
  const recoveryKey = randomBytes(recoveryKeyBytes)
  const file: KeyFile = {
    format: keyFileFormat,
    version: keyFileVersion,
    archiveId,
    archiveKey: wrapArchiveKey(archiveId, archiveKey, recoveryKey, nowMs),
    recovery: { createdAtMs: nowMs, notedAtMs: null, testedAtMs: null },
    dataKeys: (['packs', 'index'] as const).map((purpose) =>
      makeDataKey(archiveId, purpose, archiveKey, nowMs),
    ),
  }
  return { file, archiveKey, recoveryKey }
}

/** The archive key, opened with the recovery key; null when it does not fit. */
export function openArchiveKey(file: KeyFile, recoveryKey: Uint8Array): Buffer | null {
  const { keyId, underRecoveryKey } = file.archiveKey
  return unwrap(recoveryKey, underRecoveryKey, aadOf(file.archiveId, keyId, 'archive'))
}

/** All data keys, opened with the archive key; null when one does not fit. */
export function openDataKeys(file: KeyFile, archiveKey: Uint8Array): KeySet | null {
  const packKeys: PackKey[] = []
  let indexKey: Uint8Array | null = null
  for (const { keyId, purpose, wrapped } of file.dataKeys) {
    const key = unwrap(archiveKey, wrapped, aadOf(file.archiveId, keyId, purpose))
    if (key === null) return null
    if (purpose === 'packs') packKeys.push({ keyId, key })
    else indexKey = key
  }
  return indexKey === null || packKeys.length === 0 ? null : { archiveId: file.archiveId, packKeys, indexKey }
}

/** The file with another data key, with which packs are sealed from now on. */
export function addPackKey(file: KeyFile, archiveKey: Uint8Array, nowMs: number): KeyFile {
  const added = makeDataKey(file.archiveId, 'packs', archiveKey, nowMs)
  return { ...file, dataKeys: [...file.dataKeys, added] }
}

/**
 * The file with another archive key and another recovery key; the data keys stay. Null when the old archive key
 * does not fit. Whoever has the old recovery key and an old file of keys still opens what was sealed before.
 */
export function renewRecoveryKey(file: KeyFile, oldArchiveKey: Uint8Array, nowMs: number): NewKeys | null {
  const archiveKey = randomBytes(keyBytes)
  const recoveryKey = randomBytes(recoveryKeyBytes)
  const dataKeys: KeyFile['dataKeys'] = []
  for (const one of file.dataKeys) {
    const aad = aadOf(file.archiveId, one.keyId, one.purpose)
    const key = unwrap(oldArchiveKey, one.wrapped, aad)
    if (key === null) return null
    dataKeys.push({ ...one, wrapped: wrap(archiveKey, key, aad) })
    key.fill(0)
  }
  const renewed: KeyFile = {
    ...file,
    archiveKey: wrapArchiveKey(file.archiveId, archiveKey, recoveryKey, nowMs),
    recovery: { createdAtMs: nowMs, notedAtMs: null, testedAtMs: null },
    dataKeys,
  }
  return { file: renewed, archiveKey, recoveryKey }
}

/** A copy whose memory can change hands; each thread has and wipes its own. */
export function copyKeySet(keys: KeySet): KeySet {
  const packKeys = keys.packKeys.map(({ keyId, key }) => ({ keyId, key: Uint8Array.from(key) }))
  return { archiveId: keys.archiveId, packKeys, indexKey: Uint8Array.from(keys.indexKey) }
}

/** Overwrites the keys in memory. */
export function wipeKeySet(keys: KeySet): void {
  for (const { key } of keys.packKeys) key.fill(0)
  keys.indexKey.fill(0)
}

/** The key of one of the archive's databases: HKDF-Expand (RFC 5869) of the index key, one block. */
export function databaseKey(indexKey: Uint8Array, name: 'index' | 'text'): Buffer {
  return createHmac('sha256', indexKey).update(`mail-desk database ${name}`).update('\u0001').digest()
}

function makeDataKey(archiveId: string, purpose: KeyPurpose, archiveKey: Uint8Array, nowMs: number) {
  const keyId = randomBytes(8).toString('hex')
  const key = randomBytes(keyBytes)
  const wrapped = wrap(archiveKey, key, aadOf(archiveId, keyId, purpose))
  key.fill(0)
  return { keyId, purpose, createdAtMs: nowMs, wrapped }
}

function wrapArchiveKey(archiveId: string, archiveKey: Buffer, recoveryKey: Buffer, nowMs: number) {
  const keyId = randomBytes(8).toString('hex')
  const underRecoveryKey = wrap(recoveryKey, archiveKey, aadOf(archiveId, keyId, 'archive'))
  return { keyId, createdAtMs: nowMs, underRecoveryKey }
}

/** Nonces are random: under one key a handful of keys is ever wrapped, far from the limit of 2^32 (NIST SP 800-38D). */
function wrap(by: Uint8Array, key: Uint8Array, aad: Buffer): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', by, nonce).setAAD(aad)
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

function unwrap(by: Uint8Array, wrapped: string, aad: Buffer): Buffer | null {
  const bytes = Buffer.from(wrapped, 'base64')
  const tagAt = bytes.length - tagBytes
  const decipher = createDecipheriv('aes-256-gcm', by, bytes.subarray(0, nonceBytes))
    .setAAD(aad)
    .setAuthTag(bytes.subarray(tagAt))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, tagAt)), decipher.final()])
  } catch {
    // Another key, or damage: GCM does not say which.
    return null
  }
}

const aadOf = (archiveId: string, keyId: string, purpose: KeyPurpose | 'archive'): Buffer =>
  Buffer.from(`mail-desk key\n${archiveId}\n${keyId}\n${purpose}`)
