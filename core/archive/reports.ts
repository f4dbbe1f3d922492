import { z } from 'zod'
import { importReport } from './imports.ts'
import { exportFormat, pullFailure } from './types.ts'

/** One damaged place of an archive, located as exactly as it can be. */
export const damage = z.strictObject({
  pack: z.string(),
  offset: z.number(),
  /** The message that is hit, where the index still knows it. */
  sha256: z.string().nullable(),
  subject: z.string().nullable(),
  problem: z.string(),
  /**
   * `message`: it cannot be read. `record`: facts about messages (flags, folders) are hit, no message is. `bytes`:
   * everything can be read, but it is not what the ledger says was written. `index`: the packs are whole and the
   * index is not. `pack`: a whole pack is missing or cut off.
   */
  kind: z.enum(['message', 'record', 'bytes', 'index', 'pack']).default('message'),
  folder: z.string().nullable().default(null),
  dateMs: z.number().nullable().default(null),
  /** Messages that take bytes from the one that is hit, and so cannot be read either. */
  dependents: z.array(z.strictObject({ sha256: z.string(), subject: z.string() })).default([]),
})
export type Damage = z.infer<typeof damage>

/** Damage of which no more is known than its place. */
export function damageAt(pack: string, offset: number, kind: Damage['kind'], problem: string): Damage {
  const nothing = { sha256: null, subject: null, folder: null, dateMs: null, dependents: [] }
  return { pack, offset, kind, problem, ...nothing }
}

/** What a check of every byte found. */
const checked = {
  packs: z.number(),
  messages: z.number(),
  mailBytes: z.number(),
  damage: z.array(damage),
  /** Bytes of packs that were read. */
  packBytes: z.number().default(0),
  /** Stretches of packs that were compared with the ledger's hashes, and bytes that it has no hash of (yet). */
  segments: z.number().default(0),
  unattestedBytes: z.number().default(0),
  /** Damaged places that were repaired by storing their messages once more. */
  settled: z.number().default(0),
  /** What is wrong with the ledger itself; none for archives that have no ledger yet. */
  ledgerProblems: z.array(z.string()).default([]),
}

/** What a pull did in one folder. */
export const folderPull = z.strictObject({
  path: z.string(),
  /** Null when the server could not be asked: unknown is not zero. */
  serverCount: z.number().nullable(),
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
  /** Gmail: folders that are labels; their mail is archived once, with "All Mail", and the label kept with it. */
  labelFolders: z.array(z.string()).default([]),
  /** Connections that were in use at the same time at most. */
  connections: z.number().default(1),
  /** Speed of one connection without compression; null when too little came to tell. */
  linkBytesPerSecond: z.number().nullable().default(null),
  /** Whether COMPRESS=DEFLATE was used because the link is slow. */
  compressed: z.boolean().default(false),
  /** How long the server asked to wait, or the day's limit made it wait. */
  waitedMs: z.number().default(0),
})
export type PullReport = z.infer<typeof pullReport>

export const verifyReport = z.strictObject({ kind: z.literal('verify'), ...checked })
export type VerifyReport = z.infer<typeof verifyReport>

/** Like a verify, but slowly and in parts: over hours or nights. */
export const scrubReport = z.strictObject({ kind: z.literal('scrub'), ...checked, startedAtMs: z.number() })
export type ScrubReport = z.infer<typeof scrubReport>

/** What became of one damaged place. */
export const repairItem = z.strictObject({
  damage,
  /**
   * `copy`: the same bytes from a second copy. `stored_again`: the message, whole, from a copy or the server, at the
   * archive's end. `index`: the index was made anew. `lost`: nobody had it.
   */
  outcome: z.enum(['copy', 'stored_again', 'index', 'lost']),
  /** Where from, or why not and what that means, in plain words. */
  says: z.string(),
})
export type RepairItem = z.infer<typeof repairItem>

export const repairReport = z.strictObject({
  kind: z.literal('repair'),
  /** Nothing was changed; this is what would be done. */
  dryRun: z.boolean(),
  items: z.array(repairItem),
})
export type RepairReport = z.infer<typeof repairReport>

/** What bringing a second copy up to date, or checking it, did. */
export const copyReport = z.strictObject({
  kind: z.literal('copy'),
  what: z.enum(['sync', 'verify']),
  copyId: z.string(),
  path: z.string(),
  /** Bytes written to it, or read from it. */
  bytes: z.number(),
  /** Packs that were replaced because they were written anew here. */
  replacedPacks: z.number(),
  /** Stretches that were damaged in the copy and are whole again. */
  mended: z.number(),
  /** In words, what is damaged: in the archive itself when syncing, in the copy when checking. */
  problems: z.array(z.string()),
  /** How far the copy is now: the number of the ledger's line. */
  ledgerSeq: z.number(),
})
export type CopyReport = z.infer<typeof copyReport>

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
  /** SHA-256 of the file at `path`, to be told to whoever receives it: the zip, or the checksums of a split export's zips. */
  sha256: z.string(),
  /** What could not be exported, and why. */
  problems: z.array(z.string()),
  /** The zips of a split export; empty where the zip is one. */
  parts: z
    .array(
      z.strictObject({ path: z.string(), messages: z.number(), zipBytes: z.number(), sha256: z.string() }),
    )
    .default([]),
  /** Fingerprint of the key that signed; null: not signed, and `notSigned` says why. */
  signedBy: z.string().nullable().default(null),
  notSigned: z.string().nullable().default(null),
  encryption: z.enum(['none', 'passphrase', 'recipients']).default('none'),
  /** What else the sender should know; nothing is missing because of it. */
  notes: z.array(z.string()).default([]),
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
  /** How many zips were looked at, and of how many; 1 of 1 where the export was not split. */
  parts: z.strictObject({ found: z.number(), of: z.number() }).default({ found: 1, of: 1 }),
  /**
   * `holds`: made by whoever has the key of `fingerprint`; compare that with what you were told. `none`: not signed.
   * `broken`: the signature is missing, or is not of this bundle; `problems` says which.
   */
  signature: z
    .strictObject({ state: z.enum(['holds', 'broken', 'none']), fingerprint: z.string().nullable() })
    .default({ state: 'none', fingerprint: null }),
  encrypted: z.boolean().default(false),
  /** What the bundle itself says that it lacks, and why: a bundle can be whole and still not hold everything. */
  lacks: z.array(z.string()).default([]),
})
export type BundleReport = z.infer<typeof bundleReport>

/** An archive that was written anew under other keys, or under none, and proved to hold the same. */
export const rewriteReport = z.strictObject({
  kind: z.literal('rewrite'),
  how: z.enum(['encrypted', 'encrypted under a new key', 'decrypted']),
  messages: z.number(),
  mailBytes: z.number(),
  /** The folder that was written, and the one that it was written from, which is still there. */
  path: z.string(),
  from: z.string(),
  /** The desk uses the new folder from now on. */
  replaced: z.boolean(),
})
export type RewriteReport = z.infer<typeof rewriteReport>

/** Mail that was removed under a retention rule. */
export const removalReport = z.strictObject({
  kind: z.literal('removal'),
  rule: z.string(),
  by: z.string(),
  /** Messages that are nowhere any more, and their bytes; `occurrences`: places in folders. */
  messages: z.number(),
  occurrences: z.number(),
  mailBytes: z.number(),
  /** By how much the packs became smaller. */
  freedBytes: z.number(),
  /** Packs that were written anew. */
  packs: z.number(),
})
export type RemovalReport = z.infer<typeof removalReport>

/** What a run of the archive found or did. Kept, so that a ticket can cite it as evidence. */
export const archiveReport = z.discriminatedUnion('kind', [
  pullReport,
  verifyReport,
  scrubReport,
  repairReport,
  copyReport,
  rebuildReport,
  exportReport,
  bundleReport,
  importReport,
  rewriteReport,
  removalReport,
])
export type ArchiveReport = z.infer<typeof archiveReport>
