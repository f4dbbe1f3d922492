import { createHash, createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { DeskSignature } from '../../../core/signing/types.ts'

/**
 * Whether a signature holds for the bytes under the public key that comes with it. It needs no desk and no secret.
 * Who owns the key is another question: compare its fingerprint with the one that you were told.
 */
export function verifySignature(
  signature: Pick<DeskSignature, 'publicKeyPem' | 'signatureBase64'>,
  bytes: Uint8Array,
): boolean {
  const key = readPublicKey(signature.publicKeyPem)
  return key !== null && verify(null, bytes, key, Buffer.from(signature.signatureBase64, 'base64'))
}

/** The fingerprint of a public key: SHA-256 of its SubjectPublicKeyInfo DER, in hex. Null for what is no Ed25519 key. */
export function fingerprintOf(publicKeyPem: string): string | null {
  const key = readPublicKey(publicKeyPem)
  if (key === null) return null
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

/** A private key's PEM would be read as its public half; a signature that carries one is no signature of ours. */
function readPublicKey(pem: string): KeyObject | null {
  if (!pem.startsWith('-----BEGIN PUBLIC KEY-----')) return null
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}
