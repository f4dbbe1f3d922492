// Reads an encrypted archive of Mail Desk without Mail Desk. Written from docs/archive-format.md alone; Node 24, nothing else.
//   node read-encrypted-archive.mjs ARCHIVE-FOLDER < recovery-key.txt > all.mbox
// It writes the plain packs, which `zstd -dc` would turn into a mailbox, already unpacked: one mbox (mboxrd).
import { createDecipheriv, createHmac } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'

const root = process.argv[2]
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** "The recovery key": 13 groups of four characters and one that checks them; 256 bits, base32. */
function recoveryKeyOf(text) {
  const typed = text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  let bits = ''
  for (let at = 0; at < typed.length; at++)
    if (at % 5 !== 4) bits += alphabet.indexOf(typed[at]).toString(2).padStart(5, '0')
  return Buffer.from(Array.from({ length: 32 }, (_, n) => parseInt(bits.slice(8 * n, 8 * n + 8), 2)))
}

function gcm(key, nonce, aad, sealed) {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(aad))
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
}

/** "keys.json": a wrapped key is base64 of nonce (12), ciphertext (32), tag (16). */
function unwrap(by, wrapped, archiveId, keyId, purpose) {
  const bytes = Buffer.from(wrapped, 'base64')
  const aad = `mail-desk key\n${archiveId}\n${keyId}\n${purpose}`
  return gcm(by, bytes.subarray(0, 12), aad, bytes.subarray(12))
}

const { archiveId, archiveKey, dataKeys } = JSON.parse(readFileSync(join(root, 'keys.json'), 'utf8'))
const recoveryKey = recoveryKeyOf(readFileSync(0, 'utf8'))
const main = unwrap(recoveryKey, archiveKey.underRecoveryKey, archiveId, archiveKey.keyId, 'archive')
const packKeys = new Map(
  dataKeys
    .filter(({ purpose }) => purpose === 'packs')
    .map(({ keyId, wrapped }) => [keyId, unwrap(main, wrapped, archiveId, keyId, 'packs')]),
)

/** "Sealed frames": what stands behind the head of 16 bytes. */
function open(body, aad) {
  const prefix = body.subarray(0, 32)
  const dataKey = packKeys.get(prefix.toString('hex', 0, 8))
  const key = createHmac('sha256', dataKey).update('mail-desk frame').update(prefix).update('\x01').digest()
  return gcm(key, Buffer.alloc(12), aad, body.subarray(32))
}

for (const name of readdirSync(join(root, 'packs')).sort()) {
  const pack = readFileSync(join(root, 'packs', name))
  let record = null
  let piece = 0
  for (let at = 0; at < pack.length; at += 8 + pack.readUInt32LE(at + 4)) {
    const tag = pack.toString('latin1', at + 8, at + 12)
    const body = pack.subarray(at + 16, at + 8 + pack.readUInt32LE(at + 4))
    if (tag === 'MDS1') {
      record = JSON.parse(open(body, `MDS1\n${archiveId}`).toString('utf8'))
      piece = 0
    } else if (tag === 'MDS2')
      process.stdout.write(zstdDecompressSync(open(body, `MDS2\n${archiveId}\n${record.sha256}\n${piece++}`)))
  }
}
