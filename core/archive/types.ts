import { z } from 'zod'
import { encryptionStatus } from './keys.ts'

/**
 * Whether an archive can be used now. `index_missing`: the packs are there, the index has to be rebuilt first.
 * `newer`: a newer Mail Desk wrote it. `not_found`: its folder is not there (a disk that is not plugged in).
 * Of an encrypted archive: `key_missing`: this desk has not got its key; `key_locked`: the place where the key is kept
 * is locked or does not answer; `keys_damaged`: the files with its keys are lost.
 */
export const archiveState = z.enum([
  'ready',
  'index_missing',
  'newer',
  'not_found',
  'not_readable',
  'key_missing',
  'key_locked',
  'keys_damaged',
])
export type ArchiveState = z.infer<typeof archiveState>

/** One archive as lists show it. Counts are null while the archive cannot be read: unknown is not zero. */
export const archiveSummary = z.strictObject({
  archiveId: z.string(),
  name: z.string(),
  path: z.string(),
  /** `bundle`: a read-only copy of an export bundle that was opened for browsing. */
  kind: z.enum(['archive', 'bundle']),
  state: archiveState,
  createdAtMs: z.number(),
  /** Different messages by the hash of their bytes. */
  messageCount: z.number().nullable(),
  /** Bytes of mail, each different message counted once. */
  mailBytes: z.number().nullable(),
  /** Bytes that the packs take on disk. */
  storedBytes: z.number().nullable(),
  /** When the last message was safely stored; null when none ever was. */
  lastArchivedAtMs: z.number().nullable(),
  /** Null: not encrypted, or its folder cannot be read. */
  encryption: encryptionStatus.nullable(),
})
export type ArchiveSummary = z.infer<typeof archiveSummary>

/** What came of a message that could not be had whole, kept as a file in the archive's folder. */
export const failurePart = z.strictObject({ path: z.string(), sizeBytes: z.number() })
export type FailurePart = z.infer<typeof failurePart>

/** A message that the server has and the archive lacks, and why. */
export const pullFailure = z.strictObject({
  uid: z.number(),
  uidValidity: z.string(),
  sizeBytes: z.number().nullable(),
  /** What was seen, in plain words; the server's own words where it gave any. */
  reason: z.string(),
  atMs: z.number(),
  /** Null when nothing came of it. */
  part: failurePart.nullable().default(null),
})
export type PullFailure = z.infer<typeof pullFailure>

/** What the server had in a folder at the last pull, and what the archive holds of it. Unknown is null, not 0. */
export const folderCoverage = z.strictObject({
  folderId: z.number(),
  /** The mailbox's address, in lower case: who the mail belongs to on the server. */
  source: z.string(),
  path: z.string(),
  serverCount: z.number().nullable(),
  /** Messages that are on the server and in the archive. */
  archivedCount: z.number(),
  /** Messages on the server at the last pull that the archive lacks; null before the first whole pull. */
  missingCount: z.number().nullable(),
  /** Messages in the archive that are no longer on the server. */
  goneCount: z.number(),
  failures: z.array(pullFailure),
  /** When the folder was last pulled to its end. */
  pulledAtMs: z.number().nullable(),
  /** When the server was last asked about the folder, whatever came of it; and why it was not pulled to its end. */
  askedAtMs: z.number().nullable(),
  unfinished: z.string().nullable(),
  /** When the last message of the folder was safely stored. */
  lastArchivedAtMs: z.number().nullable(),
})
export type FolderCoverage = z.infer<typeof folderCoverage>

/** A folder to browse. */
export const archiveFolder = z.strictObject({
  folderId: z.number(),
  source: z.string(),
  path: z.string(),
  delimiter: z.string().nullable(),
  /** RFC 6154, as the server named it: `\Sent`, `\Junk`. */
  specialUse: z.string().nullable(),
  messageCount: z.number(),
  sizeBytes: z.number(),
})
export type ArchiveFolder = z.infer<typeof archiveFolder>

/** One line of a message list. `occurrenceId` is this message in this folder. */
export const messageRow = z.strictObject({
  occurrenceId: z.number(),
  folderId: z.number(),
  sha256: z.string(),
  subject: z.string(),
  from: z.string(),
  to: z.string(),
  /** The Date header's time, else the server's INTERNALDATE. */
  dateMs: z.number().nullable(),
  sizeBytes: z.number(),
  attachmentCount: z.number(),
  flags: z.array(z.string()),
  /** Gmail's labels; none for other servers. */
  labels: z.array(z.string()),
  /** `gone`: no longer on the server; kept here. */
  presence: z.enum(['here', 'gone']),
})
export type MessageRow = z.infer<typeof messageRow>

export const messageSort = z.enum(['date', 'subject', 'from', 'size'])
export type MessageSort = z.infer<typeof messageSort>

/** What an export or a list speaks about: folders (none named means all), the result of a search, or picked messages. */
export const selection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folders'), folderIds: z.array(z.number().int()).max(10_000) }),
  z.strictObject({
    kind: z.literal('search'),
    text: z.string().min(1).max(1000),
    folderId: z.number().int().nullable(),
  }),
  z.strictObject({
    kind: z.literal('messages'),
    occurrenceIds: z.array(z.number().int()).min(1).max(100_000),
  }),
])
export type Selection = z.infer<typeof selection>

export const exportFormat = z.enum(['mboxrd', 'eml', 'maildir'])
export type ExportFormat = z.infer<typeof exportFormat>

export const headerField = z.strictObject({ name: z.string(), value: z.string() })

export const attachmentInfo = z.strictObject({
  index: z.number(),
  filename: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number(),
  /** Shown inside the text (a picture in HTML) rather than beside it. */
  inline: z.boolean(),
  contentId: z.string().nullable(),
})
export type AttachmentInfo = z.infer<typeof attachmentInfo>

/** A message made readable. `html` is hostile text: show it only in a sandboxed frame without scripts or network. */
export const readableMessage = z.strictObject({
  row: messageRow,
  headers: z.array(headerField),
  text: z.string().nullable(),
  html: z.string().nullable(),
  /** True when text or html was longer than what is shown. */
  truncated: z.boolean(),
  attachments: z.array(attachmentInfo),
  /** Set when the message could not be parsed; its source can still be read. */
  parseProblem: z.string().nullable(),
})
export type ReadableMessage = z.infer<typeof readableMessage>
