import { z } from 'zod'
import { command, nothing, query, started } from '../contract/define.ts'
import { ledgerEntry } from './ledger.ts'
import { repairReport, scrubReport, verifyReport } from './reports.ts'

const archiveRef = z.strictObject({ archiveId: z.string() })
const copyRef = z.strictObject({ copyId: z.string() })
const path = z.string().min(1).max(4000)
const byArchive = (input: { readonly archiveId: string }) => `archive:${input.archiveId}`
const byCopy = (input: { readonly copyId: string }) => `archive-copy:${input.copyId}`

/**
 * How a second copy stands. `not_reachable`: its disk or share is not there. `wrong_disk`: something else is in its
 * place. `diverged`: it has changes that the archive does not have. `damaged`: its last check found damage.
 * `archive_gone`: it is there and the archive itself is not.
 */
export const copyState = z.enum([
  'in_step',
  'behind',
  'not_reachable',
  'wrong_disk',
  'diverged',
  'damaged',
  'archive_gone',
])
export type CopyState = z.infer<typeof copyState>

export const archiveCopy = z.strictObject({
  copyId: z.string(),
  archiveId: z.string(),
  path: z.string(),
  state: copyState,
  /** What it lacks; null where that cannot be known. */
  behindBytes: z.number().nullable(),
  /** Brought up to date after every pull when it is reachable. */
  automatic: z.boolean(),
  createdAtMs: z.number(),
  syncedAtMs: z.number().nullable(),
  /** When every byte of it was last read; null: never. */
  verifiedAtMs: z.number().nullable(),
  damagedPlaces: z.number().nullable(),
})
export type ArchiveCopy = z.infer<typeof archiveCopy>

const kept = <T extends z.ZodType>(report: T) =>
  z.strictObject({ runId: z.string(), endedAtMs: z.number(), report }).nullable()

/** What is known of the safety of an archive. */
export const archiveSafety = z.strictObject({
  /** The newest of each; null: never. */
  verify: kept(verifyReport),
  scrub: kept(scrubReport),
  repair: kept(repairReport),
  /** A scrub that is not finished and goes on where it stopped. */
  scrubbing: z
    .strictObject({ startedAtMs: z.number(), bytesDone: z.number(), damage: z.number() })
    .nullable(),
  copies: z.array(archiveCopy),
})
export type ArchiveSafety = z.infer<typeof archiveSafety>

/** A line of an archive's history. */
const historyLine = z.strictObject({
  seq: z.number(),
  atMs: z.number(),
  entry: ledgerEntry,
  /** In plain words. */
  says: z.string(),
})

const history = {
  ledger: query(
    'The history of an archive, newest first: what was added, removed, held, repaired, by whom and when; and whether its chain holds.',
    archiveRef.extend({
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(500).default(100),
      /** Leave out the lines about mail that was added. */
      withoutAdditions: z.boolean().default(false),
    }),
    z.strictObject({
      total: z.number(),
      lines: z.array(historyLine),
      broken: z.strictObject({ line: z.number(), problem: z.string() }).nullable(),
      /** SHA-256 of the last line that holds: who notes it today can prove the history later. */
      lastSha256: z.string().nullable(),
      signatures: z.array(
        z.strictObject({ seq: z.number(), signs: z.number(), fingerprint: z.string(), holds: z.boolean() }),
      ),
    }),
  ),
  signLedger: command(
    "Sign the history as it is now with this desk's key; the signature is entered into the history.",
    archiveRef,
    z.strictObject({ seq: z.number(), signs: z.number(), fingerprint: z.string() }),
    byArchive,
  ),
}

const checking = {
  safety: query('Last checks, unfinished scrub and second copies of an archive.', archiveRef, archiveSafety),
  scrub: command(
    'Like verify, but slowly: it can be limited, paused, and goes on where it stopped, over days if need be.',
    archiveRef.extend({
      bytesPerSecond: z.number().int().min(100_000).nullable().default(null),
      /** Stop after so long and go on at the next run; null: to the end. */
      forMinutes: z.number().int().min(1).max(10_000).nullable().default(null),
    }),
    started,
  ),
  repair: command(
    'Look for damage and repair it: the same bytes from a second copy, else the message from a copy or the server.',
    archiveRef.extend({ dryRun: z.boolean().default(false), fromServer: z.boolean().default(true) }),
    started,
  ),
}

/** What keeps an archive safe: its history, checks over time, second copies and repairs. */
export const safetyEndpoints = {
  ...history,
  ...checking,
  addCopy: command(
    'Keep a second copy in another folder, on a disk or a network share. The folder is empty, or is such a copy already.',
    archiveRef.extend({ path, automatic: z.boolean().default(true) }),
    archiveCopy,
    byArchive,
  ),
  setCopy: command(
    'Whether a second copy is brought up to date after every pull.',
    copyRef.extend({ automatic: z.boolean() }),
    archiveCopy,
    byCopy,
  ),
  syncCopy: command(
    'Bring a second copy up to date. With `mend`, read all of it first and write damaged stretches once more.',
    copyRef.extend({ mend: z.boolean().default(false) }),
    started,
  ),
  verifyCopy: command('Read every byte of a second copy and compare it with its ledger.', copyRef, started),
  removeCopy: command(
    'Take a second copy off the list; its files are deleted only when asked for.',
    copyRef.extend({ deleteFiles: z.boolean().default(false) }),
    nothing,
    byCopy,
  ),
  promoteCopy: command(
    'Use a second copy in place of an archive that is gone: it becomes the archive, and its index is made. Refused while the archive itself is there, unless asked for.',
    z.strictObject({ path, replace: z.boolean().default(false) }),
    z.strictObject({ archiveId: z.string(), runId: z.string() }),
  ),
}
