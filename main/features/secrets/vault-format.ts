import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto'
import { AppError } from '../../../core/errors.ts'

/*
 * The vault file, version 1, all numbers one byte:
 *
 *   magic "MDESKVLT" (8) · version (1) · log2 N (1) · r (1) · p (1) · salt (16) · verifier (32)
 *   · nonce (12) · ciphertext (n) · GCM tag (16) · SHA-256 of all before (32)
 *
 * scrypt (RFC 7914) makes 64 bytes of the passphrase: an AES-256-GCM key, and a key for the verifier, which is
 * HMAC-SHA-256 over the header before it. The whole header is authenticated with the text (GCM's AAD).
 * So three things are told apart: a checksum that does not fit is damage; a verifier that does not fit is
 * another passphrase; a tag that does not fit under the right passphrase is a change by someone else.
 */
const magic = Buffer.from('MDESKVLT', 'latin1')
const version = 1
const at = { version: 8, logN: 9, r: 10, p: 11, salt: 12, verifier: 28, nonce: 60, text: 72 } as const
const tagBytes = 16
const sumBytes = 32
const smallest = at.text + tagBytes + sumBytes

/** How dear one guess of the passphrase is: N = 2^logN, r = 8, p = 1; 2^17 takes 128 MiB and about half a second. */
export const defaultLogN = 17
const r = 8
const p = 1

/** A vault's header and the key that fits it. Zero `key` when it is no longer needed. */
export interface VaultKey {
  readonly header: Buffer
  readonly key: Buffer
}

/** A new header with a new salt, and its key. */
export async function makeVaultKey(passphrase: string, logN: number): Promise<VaultKey> {
  const start = Buffer.concat([magic, Buffer.from([version, logN, r, p]), randomBytes(16)])
  const { key, verifierKey } = await derive(passphrase, start)
  const header = Buffer.concat([start, verifierOf(verifierKey, start)])
  verifierKey.fill(0)
  return { header, key }
}

/** The key of an existing vault. Errors: `secret.vault_damaged`, `_newer`, `_wrong_passphrase`. */
export async function openVaultKey(file: Buffer, passphrase: string): Promise<VaultKey> {
  checkVaultFrame(file)
  const start = file.subarray(0, at.verifier)
  const { key, verifierKey } = await derive(passphrase, start)
  const fits = timingSafeEqual(verifierOf(verifierKey, start), file.subarray(at.verifier, at.nonce))
  verifierKey.fill(0)
  if (fits) return { header: Buffer.from(file.subarray(0, at.nonce)), key }
  key.fill(0)
  throw new AppError('secret.vault_wrong_passphrase')
}

/** The file for a text. The nonce is new each time. */
export function sealVault({ header, key }: VaultKey, text: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(header)
  const sealed = Buffer.concat([header, nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()])
  return Buffer.concat([sealed, sumOf(sealed)])
}

/** The text of a file. Zero it after use. Errors: `secret.vault_damaged`, `_newer`. */
export function unsealVault({ header, key }: VaultKey, file: Buffer): Buffer {
  checkVaultFrame(file)
  const tagAt = file.length - sumBytes - tagBytes
  const nonce = file.subarray(at.nonce, at.text)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    .setAAD(header)
    .setAuthTag(file.subarray(tagAt, tagAt + tagBytes))
  try {
    return Buffer.concat([decipher.update(file.subarray(at.text, tagAt)), decipher.final()])
  } catch (cause) {
    throw new AppError('secret.vault_damaged', { cause })
  }
}

/** Whether a file still has the header that this key was made for. */
export function hasHeader(file: Buffer, { header }: VaultKey): boolean {
  return file.subarray(0, at.nonce).equals(header)
}

/** Everything that can be said about a file without its passphrase. Errors: `secret.vault_damaged`, `_newer`. */
export function checkVaultFrame(file: Buffer): void {
  const whole = file.length >= smallest && file.subarray(0, magic.length).equals(magic)
  const intact = whole && sumOf(file.subarray(0, -sumBytes)).equals(file.subarray(-sumBytes))
  if (!intact) throw new AppError('secret.vault_damaged')
  if ((file[at.version] ?? 0) > version) throw new AppError('secret.vault_newer')
  const [logN = 0, fileR, fileP] = file.subarray(at.logN, at.salt)
  // A forged cost could otherwise make opening take all memory.
  if (file[at.version] !== version || logN < 10 || logN > 20 || fileR !== r || fileP !== p)
    throw new AppError('secret.vault_damaged')
}

function derive(passphrase: string, start: Buffer): Promise<{ key: Buffer; verifierKey: Buffer }> {
  const cost = 2 ** (start[at.logN] ?? defaultLogN)
  const options = { N: cost, r, p, maxmem: 256 * cost * r }
  const { promise, resolve, reject } = Promise.withResolvers<{ key: Buffer; verifierKey: Buffer }>()
  const text = Buffer.from(passphrase.normalize('NFKC'), 'utf8')
  scrypt(text, start.subarray(at.salt), 64, options, (error, derived) => {
    text.fill(0)
    if (error === null) resolve({ key: derived.subarray(0, 32), verifierKey: derived.subarray(32) })
    else reject(error)
  })
  return promise
}

const verifierOf = (key: Buffer, start: Buffer): Buffer => createHmac('sha256', key).update(start).digest()
const sumOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()
