import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { recordHeadBytes, recordMagic } from '../../../../core/archive/pack.ts'
import { sealedDataTag, sealedRecordTag } from '../../../../core/archive/pack.ts'

/*
 * Sealed frames (docs/archive-format.md, "An encrypted archive"): skippable zstd frames with AES-256-GCM inside.
 *
 *   magic (4) · length of what follows (4) · tag (4) · CRC-32 of what follows (4)
 *   · key id (8) · salt (24) · ciphertext (n) · GCM tag (16)
 *
 * Every frame is encrypted under a key of its own, which is made from the data key and the salt: so no nonce is ever
 * used twice under a key, and no count of frames has to be kept however many there are. What the frame is and where
 * it belongs is authenticated with it, but not the pack that it stands in: packs may be written anew around it.
 */
const idBytes = 8
const saltBytes = 24
const tagBytes = 16
const prefixBytes = idBytes + saltBytes
/** Used once under each key, so it may be the same each time. */
const nonce = Buffer.alloc(12)

/** By how much a sealed frame is longer than what is in it. */
export const sealingBytes = recordHeadBytes + prefixBytes + tagBytes

/** A data key of the packs. */
export interface PackKey {
  readonly keyId: string
  readonly key: Uint8Array
}

/** What seals and opens an archive's frames. Openers return null for what is damaged, changed, or of another key. */
export interface Seal {
  readonly archiveId: string
  /** The key that new frames are sealed with. */
  readonly keyId: string
  /** A record's JSON as a whole frame. */
  record(json: Uint8Array): Buffer
  /** Whether what stands behind a frame's head was sealed with a key that is known here. */
  knows(body: Uint8Array): boolean
  /** The JSON of a sealed record, from what stands behind the head of 16 bytes. */
  openRecord(body: Uint8Array): Buffer | null
  /** A data frame of a message as a whole sealed frame. `piece` counts the data frames of a large message from 0. */
  data(frame: Uint8Array, sha256: string, piece?: number): Buffer
  /** The data frame in a whole sealed frame. */
  openData(sealed: Uint8Array, sha256: string, piece?: number): Buffer | null
}

/** The seal of an archive: its data keys, of which the last one seals. */
export function createSeal(archiveId: string, keys: readonly PackKey[]): Seal {
  const known = new Map(keys.map(({ keyId, key }) => [keyId, createSecretKey(key)]))
  const keyId = keys.at(-1)?.keyId ?? ''
  const own = known.get(keyId)
  if (own === undefined) throw new Error('An encrypted archive has at least one data key')
  const id = Buffer.from(keyId, 'hex')
  const recordAad = Buffer.from(`MDS1\n${archiveId}`)
  const dataAad = (sha256: string, piece: number) => Buffer.from(`MDS2\n${archiveId}\n${sha256}\n${piece}`)

  const seal = (tag: number, aad: Buffer, plain: Uint8Array): Buffer => {
    const prefix = Buffer.concat([id, randomBytes(saltBytes)])
    const cipher = createCipheriv('aes-256-gcm', frameKey(own, prefix), nonce).setAAD(aad)
    const body = Buffer.concat([prefix, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    const head = Buffer.allocUnsafe(recordHeadBytes)
    head.writeUInt32LE(recordMagic, 0)
    head.writeUInt32LE(body.length + 8, 4)
    head.writeUInt32LE(tag, 8)
    head.writeUInt32LE(crc32(body), 12)
    return Buffer.concat([head, body])
  }
  const open = (aad: Buffer, body: Buffer): Buffer | null => {
    const tagAt = body.length - tagBytes
    const key = known.get(body.toString('hex', 0, idBytes))
    if (tagAt < prefixBytes || key === undefined) return null
    const decipher = createDecipheriv('aes-256-gcm', frameKey(key, body.subarray(0, prefixBytes)), nonce)
      .setAAD(aad)
      .setAuthTag(body.subarray(tagAt))
    try {
      return Buffer.concat([decipher.update(body.subarray(prefixBytes, tagAt)), decipher.final()])
    } catch {
      // GCM says only that it does not fit; which of damage and change it was, nobody can know.
      return null
    }
  }
  return {
    archiveId,
    keyId,
    record: (json) => seal(sealedRecordTag, recordAad, json),
    knows: (body) => known.has(bufferOf(body).toString('hex', 0, idBytes)),
    openRecord: (body) => open(recordAad, bufferOf(body)),
    data: (frame, sha256, piece = 0) => seal(sealedDataTag, dataAad(sha256, piece), frame),
    openData: (sealed, sha256, piece = 0) => {
      const frame = bufferOf(sealed)
      return isSealedData(frame) ? open(dataAad(sha256, piece), frame.subarray(recordHeadBytes)) : null
    },
  }
}

/** A seal with a key that is made here and kept nowhere: for what need not outlive the program. */
export function createScratchSeal(): Seal {
  return createSeal('', [{ keyId: randomBytes(idBytes).toString('hex'), key: randomBytes(32) }])
}

/** Whether the bytes are one whole sealed data frame, as far as can be seen without the key. */
export function isSealedData(frame: Buffer): boolean {
  return (
    frame.length >= sealingBytes &&
    frame.readUInt32LE(0) === recordMagic &&
    frame.readUInt32LE(4) === frame.length - 8 &&
    frame.readUInt32LE(8) === sealedDataTag &&
    frame.readUInt32LE(12) === crc32(frame.subarray(recordHeadBytes))
  )
}

/** HKDF-Expand (RFC 5869), one block. The data key is uniformly random, so there is nothing to extract first. */
function frameKey(dataKey: KeyObject, prefix: Uint8Array): Buffer {
  return createHmac('sha256', dataKey).update('mail-desk frame').update(prefix).update('\u0001').digest()
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
