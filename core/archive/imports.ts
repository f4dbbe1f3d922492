import { z } from 'zod'
import { mboxVariant } from './mbox-variants.ts'

/** UIDVALIDITY of imported mail. A server's is never 0 (RFC 3501 2.3.1.1), so no pull takes it for its own. */
export const importedUidValidity = '0'

export const importKind = z.enum([
  'mbox',
  'maildir',
  'eml',
  'apple_mail',
  'takeout',
  'archive',
  'bundle',
  'mixed',
  'nothing',
])
export type ImportKind = z.infer<typeof importKind>

const mboxFinding = z.strictObject({
  path: z.string(),
  variant: mboxVariant,
  /** By what it was recognised. */
  why: z.string(),
})

/** What stands at a path, before anything is imported. */
export const importPreview = z.strictObject({
  path: z.string(),
  kind: importKind,
  folders: z.array(
    z.strictObject({
      path: z.string(),
      /** Counted where each message is a file; for an mbox file estimated from its beginning. Null: not looked at. */
      messages: z.number().nullable(),
      bytes: z.number(),
    }),
  ),
  messages: z.number(),
  /** Counts are estimated from the first megabytes of each mbox file. */
  isEstimate: z.boolean(),
  bytes: z.number(),
  mboxes: z.array(mboxFinding),
  /** The owner's address as the mail names it most often; else the name of the file. */
  source: z.string(),
  /** Files that hold no mail. */
  ignored: z.number(),
  notes: z.array(z.string()),
})
export type ImportPreview = z.infer<typeof importPreview>

/** What an import from files brought in. */
export const importReport = z.strictObject({
  kind: z.literal('import'),
  path: z.string(),
  /** What stood there, in words. */
  format: z.string(),
  folders: z.array(
    z.strictObject({
      source: z.string(),
      path: z.string(),
      /** Found there, and of these new in this folder. */
      messages: z.number(),
      added: z.number(),
    }),
  ),
  /** New to the archive. */
  stored: z.number(),
  /** The archive had their bytes already, in another place. */
  again: z.number(),
  /** Bytes of mail of those two. */
  addedBytes: z.number(),
  /** Were in their folder already; nothing was added. */
  known: z.number(),
  /** What could not be imported, and why. At most 1,000 are listed, all are counted. */
  failed: z.number(),
  failures: z.array(z.strictObject({ origin: z.string(), reason: z.string() })),
  /** Imported, but something is to be known about them. */
  noted: z.number(),
  notes: z.array(z.strictObject({ origin: z.string(), reason: z.string() })),
  /** Files that hold no mail. */
  ignored: z.number(),
})
export type ImportReport = z.infer<typeof importReport>

const kindWords: Readonly<Record<ImportKind, string>> = {
  mbox: 'mbox',
  maildir: 'Maildir',
  eml: 'EML files',
  apple_mail: 'Apple Mail package',
  takeout: 'Google Takeout',
  archive: 'Mail Desk archive',
  bundle: 'Mail Desk bundle',
  mixed: 'mail in several formats',
  nothing: 'no mail',
}

/** A kind in a few words. */
export const describeKind = (kind: ImportKind): string => kindWords[kind]
