import { z } from 'zod'

/** An Ed25519 signature (RFC 8032) that can be checked with nothing but itself and the bytes. */
export const deskSignature = z.strictObject({
  /** SubjectPublicKeyInfo (RFC 8410) in PEM, as `openssl pkeyutl -pubin` reads it. */
  publicKeyPem: z.string().max(1000),
  /** SHA-256 of the public key's DER, 64 hex digits: short enough to be compared by telephone. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  signatureBase64: z.string().max(200),
})
export type DeskSignature = z.infer<typeof deskSignature>

/** A fingerprint in groups of four, as it is read aloud. */
export function groupFingerprint(fingerprint: string): string {
  return fingerprint.replace(/(.{4})(?=.)/g, '$1 ')
}
