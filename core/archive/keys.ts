import { z } from 'zod'

/**
 * `keys.json` of an encrypted archive, and its twin `keys-copy.json`. It holds no key that could be used as it is:
 * the archive key opens the data keys, and is itself in the keychain of a desk and here under the recovery key.
 */
export const keyFileFormat = 'mail-desk-keys'
export const keyFileVersion = 1

/** 8 random bytes in hex: names a key, says nothing about it. */
const keyId = z.string().regex(/^[0-9a-f]{16}$/)
/** 12 bytes of nonce, 32 of ciphertext, 16 of tag. */
const wrapped = z.string().regex(/^[A-Za-z0-9+/]{80}$/)

/** A key under AES-256-GCM, base64 of nonce, ciphertext and tag; see docs/archive-format.md for what is authenticated. */
const dataKey = z.strictObject({
  keyId,
  /** `packs`: seals records and messages. `index`: the databases' keys are derived from it. */
  purpose: z.enum(['packs', 'index']),
  createdAtMs: z.number(),
  /** Under the archive key. */
  wrapped,
})

/** The shape of the file. */
export const keyFile = z.strictObject({
  format: z.literal(keyFileFormat),
  version: z.number().int(),
  archiveId: z.string(),
  archiveKey: z.strictObject({
    keyId,
    createdAtMs: z.number(),
    /** The archive key under the recovery key. */
    underRecoveryKey: wrapped,
  }),
  recovery: z.strictObject({
    createdAtMs: z.number(),
    /** When somebody said that it is kept; null while nobody did. */
    notedAtMs: z.number().nullable(),
    /** When it was last typed in whole and opened the archive; null when never. */
    testedAtMs: z.number().nullable(),
  }),
  /** In the order in which they were made; the last of a purpose seals what is new. */
  dataKeys: z.array(dataKey).min(2).max(10_000),
})
export type KeyFile = z.infer<typeof keyFile>
export type KeyPurpose = KeyFile['dataKeys'][number]['purpose']

/** What is shown of an archive's keys. Never a key. */
export const encryptionStatus = z.strictObject({
  /** Since when the archive is encrypted. */
  sinceMs: z.number(),
  /** Where this desk has the archive key; null when it has not got it or cannot look. */
  keyPlace: z.enum(['keychain', 'vault', 'session']).nullable(),
  /** The data key that seals new packs, and when it was made; null while the key file cannot be read. */
  dataKey: z.strictObject({ keyId: z.string(), createdAtMs: z.number(), count: z.number() }).nullable(),
  recovery: keyFile.shape.recovery.nullable(),
})
export type EncryptionStatus = z.infer<typeof encryptionStatus>

/** A folder that the archive was in before it was encrypted, decrypted or written under another key. */
export const leftFolder = z.strictObject({
  path: z.string(),
  isEncrypted: z.boolean(),
  sizeBytes: z.number(),
  /** When the archive went on in another folder. */
  leftAtMs: z.number(),
  /** Everything that was ever done in it is in the archive's history, so that nothing is lost with it. */
  isContained: z.boolean(),
})
export type LeftFolder = z.infer<typeof leftFolder>
