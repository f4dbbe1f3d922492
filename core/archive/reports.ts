import { z } from 'zod'
import { exportFormat, pullFailure } from './types.ts'

/** One damaged place of an archive, located as exactly as it can be. */
export const damage = z.strictObject({
  pack: z.string(),
  offset: z.number(),
  /** The message that is hit, where the index still knows it. */
  sha256: z.string().nullable(),
  subject: z.string().nullable(),
  problem: z.string(),
})
export type Damage = z.infer<typeof damage>

/** What a pull did in one folder. */
export const folderPull = z.strictObject({
  path: z.string(),
  serverCount: z.number(),
  newMessages: z.number(),
  newBytes: z.number(),
  /** New on the server, but their bytes were in the archive already. */
  alreadyStored: z.number(),
  /** Recognised after the server renumbered the folder, by Message-ID, size and date; not downloaded again. */
  rematched: z.number(),
  flagChanges: z.number(),
  gone: z.number(),
  failures: z.array(pullFailure),
  /** Why the folder was not pulled to its end; null when it was. */
  unfinished: z.string().nullable(),
})
export type FolderPull = z.infer<typeof folderPull>

export const pullReport = z.strictObject({
  kind: z.literal('pull'),
  source: z.string(),
  folders: z.array(folderPull),
})
export type PullReport = z.infer<typeof pullReport>

export const verifyReport = z.strictObject({
  kind: z.literal('verify'),
  packs: z.number(),
  messages: z.number(),
  mailBytes: z.number(),
  damage: z.array(damage),
})
export type VerifyReport = z.infer<typeof verifyReport>

export const rebuildReport = z.strictObject({
  kind: z.literal('rebuild'),
  messages: z.number(),
  occurrences: z.number(),
  damage: z.array(damage),
})
export type RebuildReport = z.infer<typeof rebuildReport>

export const exportReport = z.strictObject({
  kind: z.literal('export'),
  path: z.string(),
  format: exportFormat,
  messages: z.number(),
  mailBytes: z.number(),
  zipBytes: z.number(),
  /** SHA-256 of the zip file, to be told to whoever receives it. */
  sha256: z.string(),
  /** What could not be exported, and why. */
  problems: z.array(z.string()),
})
export type ExportReport = z.infer<typeof exportReport>

export const bundleReport = z.strictObject({
  kind: z.literal('bundle'),
  path: z.string(),
  createdAtMs: z.number().nullable(),
  archiveName: z.string().nullable(),
  format: exportFormat.nullable(),
  files: z.number(),
  messages: z.number(),
  mailBytes: z.number(),
  /** Each says what is wrong with which file; none means that the bundle is whole. */
  problems: z.array(z.string()),
  /** What the bundle itself says that it lacks, and why: a bundle can be whole and still not hold everything. */
  lacks: z.array(z.string()).default([]),
})
export type BundleReport = z.infer<typeof bundleReport>

/** What a run of the archive found or did. Kept, so that a ticket can cite it as evidence. */
export const archiveReport = z.discriminatedUnion('kind', [
  pullReport,
  verifyReport,
  rebuildReport,
  exportReport,
  bundleReport,
])
export type ArchiveReport = z.infer<typeof archiveReport>
