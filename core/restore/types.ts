import { z } from 'zod'
import { exportFormat, selection } from '../archive/types.ts'

/** Where a restore puts mail: a mailbox by IMAP, or a folder on this workstation. */
export const restoreTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mailbox'), mailboxId: z.string() }),
  z.strictObject({ kind: z.literal('files'), format: exportFormat, path: z.string().min(1).max(4000) }),
])
export type RestoreTarget = z.infer<typeof restoreTarget>

/** One folder of the archive that goes to a folder of one's own choice. */
export const folderChoice = z.strictObject({
  source: z.string().max(320),
  path: z.string().max(1000),
  target: z.string().min(1).max(1000),
})
export type FolderChoice = z.infer<typeof folderChoice>

/** How folders, flags and labels are carried over. */
export const restoreOptions = z.strictObject({
  /** Everything goes below this folder: `Restored 2026-11-24`. Null: to where it came from. */
  prefix: z.string().trim().min(1).max(200).nullable().default(null),
  /** The archive's \Sent goes to what the target calls \Sent (RFC 6154), whatever its name. Not below a prefix. */
  useSpecialFolders: z.boolean().default(true),
  folders: z.array(folderChoice).max(10_000).default([]),
  /** Leaves out what was no longer on the server at the last pull: moved or deleted there. */
  leaveOutGone: z.boolean().default(false),
  /** Restores the flag \Deleted too; otherwise a message that was marked for deletion comes back unmarked. */
  keepDeletedFlag: z.boolean().default(false),
  /** Gmail's labels: left out, as keywords where the target takes any, or as a copy in a folder for each label. */
  labels: z.enum(['leave_out', 'keywords', 'folders']).default('leave_out'),
})
export type RestoreOptions = z.infer<typeof restoreOptions>

/** What to restore from which archive, where to, and how. */
export const restoreRequest = z.strictObject({
  archiveId: z.string(),
  selection,
  target: restoreTarget,
  options: restoreOptions.prefault({}),
})
export type RestoreRequest = z.infer<typeof restoreRequest>

/** Why a target did not take a message. `unknown`: its words are all that is known. */
export const refusalReason = z.enum([
  'too_large',
  'over_quota',
  'line_too_long',
  'nul_bytes',
  'eight_bit',
  'read_only',
  'folder_refused',
  'malformed',
  'unknown',
])
export type RefusalReason = z.infer<typeof refusalReason>

/**
 * `already_there`: the target had it. `unreadable`: damaged in the archive. `would_restore`: in a dry run.
 * `removed`: restored, and taken back by "remove what this restore added".
 */
export const itemState = z.enum([
  'restored',
  'already_there',
  'refused',
  'unreadable',
  'would_restore',
  'removed',
])
export type ItemState = z.infer<typeof itemState>

/** One message of a restore in one target folder. */
export const restoreItem = z.strictObject({
  occurrenceId: z.number(),
  sha256: z.string(),
  sizeBytes: z.number(),
  subject: z.string(),
  source: z.string(),
  path: z.string(),
  targetFolder: z.string(),
  state: itemState,
  /** The target's number for it (RFC 4315 APPENDUID); null where it gave none. */
  uidValidity: z.string().nullable(),
  uid: z.number().nullable(),
  /** How it was known to be there: by the ledger, by its bytes, or by Message-ID, size and date together. */
  knownBy: z.enum(['ledger', 'bytes', 'marks']).nullable(),
  reason: refusalReason.nullable(),
  /** What the server said, or what was found wrong, word for word. */
  words: z.string().nullable(),
  atMs: z.number(),
})
export type RestoreItem = z.infer<typeof restoreItem>

/** Where the mail of one folder goes. Several of them may share a target. */
export const mappedFolder = z.strictObject({
  folderId: z.number(),
  source: z.string(),
  path: z.string(),
  target: z.string(),
  /** Whether the target has it already. */
  exists: z.boolean(),
  how: z.enum(['same_name', 'special_use', 'chosen', 'below_prefix']),
  /** Set where the name had to be changed, and why. */
  renamed: z.string().nullable(),
  messages: z.number(),
  mailBytes: z.number(),
})
export type MappedFolder = z.infer<typeof mappedFolder>

/** Room in a mailbox (RFC 9208), in bytes. */
export const targetQuota = z.strictObject({ usedBytes: z.number(), limitBytes: z.number() })
export type TargetQuota = z.infer<typeof targetQuota>

/** What a restore would do, as far as it is known without looking into the target's folders. */
export const restorePreview = z.strictObject({
  targetName: z.string(),
  folders: z.array(mappedFolder),
  messages: z.number(),
  mailBytes: z.number(),
  quota: targetQuota.nullable(),
  /** Null: the target names no quota, so whether it fits is unknown. */
  fits: z.boolean().nullable(),
  /** The largest message that the target says it takes (RFC 7889); null when it does not say. */
  largestBytes: z.number().nullable(),
  /** Whether what a restore adds can be named afterwards, and so taken back. */
  undoable: z.boolean(),
})
export type RestorePreview = z.infer<typeof restorePreview>

/** What happened in one folder of the target. */
export const restoredFolder = z.strictObject({
  target: z.string(),
  created: z.boolean(),
  renamed: z.string().nullable(),
  restored: z.number(),
  restoredBytes: z.number(),
  alreadyThere: z.number(),
  refused: z.number(),
  unreadable: z.number(),
})
export type RestoredFolder = z.infer<typeof restoredFolder>

/** What stopped a restore before its end. */
export const restoreStop = z.strictObject({
  reason: z.enum(['over_quota', 'throttled', 'connection', 'cancelled', 'interrupted']),
  words: z.string(),
})
export type RestoreStop = z.infer<typeof restoreStop>

/** The result of a restore. */
export const restoreReport = z.strictObject({
  dryRun: z.boolean(),
  folders: z.array(restoredFolder),
  messages: z.number(),
  restored: z.number(),
  restoredBytes: z.number(),
  alreadyThere: z.number(),
  refused: z.number(),
  unreadable: z.number(),
  /** Neither restored nor tried, because the run stopped. */
  notTried: z.number(),
  stopped: restoreStop.nullable(),
  quota: targetQuota.nullable(),
  fits: z.boolean().nullable(),
  throttledMs: z.number(),
  elapsedMs: z.number(),
})
export type RestoreReport = z.infer<typeof restoreReport>

/** A restore as lists show it. */
export const restoreSummary = z.strictObject({
  restoreId: z.string(),
  archiveId: z.string(),
  archiveName: z.string(),
  targetName: z.string(),
  request: restoreRequest,
  dryRun: z.boolean(),
  state: z.enum(['running', 'done', 'stopped']),
  runId: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  report: restoreReport.nullable(),
})
export type RestoreSummary = z.infer<typeof restoreSummary>
