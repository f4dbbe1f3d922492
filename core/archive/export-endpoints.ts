import { z } from 'zod'
import { command, started } from '../contract/define.ts'
import { archiveSummary, exportFormat, selection } from './types.ts'

/** A passphrase, or an age identity (`AGE-SECRET-KEY-1…`); null for a bundle that is not encrypted. */
const bundleSecret = z.string().min(1).max(10_000).nullable().default(null)

/** A bundle's encryption: for who knows a passphrase, or for who holds the identity of an age recipient. */
const encryption = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('passphrase'), passphrase: z.string().min(12).max(1024) }),
  z.strictObject({ kind: z.literal('recipients'), recipients: z.array(z.string().max(3000)).min(1).max(50) }),
])

/** Mail handed over, and the check of it. */
export const exportEndpoints = {
  open: command(
    'Open an archive folder, or an export bundle (.zip, .zip.age) as a read-only copy for browsing.',
    z.strictObject({ path: z.string().min(1).max(4000), secret: bundleSecret }),
    archiveSummary,
    () => 'archive:list',
  ),
  export: command(
    'Write a bundle that anyone can verify: a zip of mboxrd, EML or Maildir with manifest, checksums and signature.',
    z.strictObject({
      archiveId: z.string(),
      selection,
      format: exportFormat.default('mboxrd'),
      /** A new file's path, or an existing folder. Null: the exports folder of the desk. */
      destination: z.string().max(4000).nullable().default(null),
      /** Why this bundle was made; goes into its manifest and its chain of custody. */
      note: z.string().max(2000).default(''),
      /** Who hands it over; empty: the name in Settings, else the user of the computer. */
      handedOverBy: z.string().max(200).default(''),
      /** Largest size of one zip; null: one zip. */
      splitBytes: z.number().int().min(1_000_000).nullable().default(null),
      encrypt: encryption.nullable().default(null),
      /** `if_possible`: signed where the desk has a place for its key; the report says when it was not. */
      sign: z.enum(['if_possible', 'always', 'never']).default('if_possible'),
      /** Pages that list folders and messages for people. */
      humanIndex: z.boolean().default(true),
    }),
    /** `path` is the zip; of a split export, the list of its zips' checksums. Known when the run has ended. */
    z.strictObject({ runId: z.string(), path: z.string() }),
  ),
  verifyBundle: command(
    'Check a bundle with nothing but its files: every checksum, count, size and signature, and all parts of a set.',
    z.strictObject({
      path: z.string().min(1).max(4000),
      secret: bundleSecret,
      /** The fingerprint that the sender told; another one is a problem. */
      fingerprint: z.string().max(200).nullable().default(null),
    }),
    started,
  ),
}
