import { z } from 'zod'
import { deskSignature } from '../signing/types.ts'
import { messageDifference } from './compare.ts'
import { refusalReason, restoreTarget } from './types.ts'

/** What a drill is to try. */
export const drillRequest = z.strictObject({
  archiveId: z.string(),
  /** A mailbox, in which a scratch folder is made; or a folder on this workstation. */
  target: restoreTarget,
  /** Random messages, beside the newest, the largest, and one of every folder. Null: all messages. */
  sampleCount: z.number().int().min(0).max(100_000).nullable().default(100),
  /** Chosen by the program when null; recorded either way. */
  seed: z.number().int().min(0).max(4_294_967_295).nullable().default(null),
})
export type DrillRequest = z.infer<typeof drillRequest>

/** How many of the sample came back how. */
const drillCounts = z.strictObject({
  /** Not one byte differs. */
  identical: z.number(),
  /** Only what a server may do in passing differs: line ends, NUL bytes, trace fields. */
  altered: z.number(),
  /** Something else differs. */
  different: z.number(),
  refused: z.number(),
  unreadable: z.number(),
  /** Was put there, and the target did not give it back. */
  missing: z.number(),
})
export type DrillCounts = z.infer<typeof drillCounts>

const drillFinding = z.strictObject({
  folder: z.string(),
  subject: z.string(),
  sha256: z.string(),
  sizeBytes: z.number(),
  what: z.enum(['altered', 'different', 'refused', 'unreadable', 'missing']),
  difference: messageDifference.nullable(),
  reason: refusalReason.nullable(),
  words: z.string(),
})
export type DrillFinding = z.infer<typeof drillFinding>

/** How new the archive is in one folder. */
const drillFolder = z.strictObject({
  source: z.string(),
  path: z.string(),
  messages: z.number(),
  sampled: z.number(),
  /** When the folder was last pulled to its end; null: never. */
  pulledAtMs: z.number().nullable(),
  lastArchivedAtMs: z.number().nullable(),
  /** Messages that the server had at that pull and the archive lacks; null: not known. */
  missing: z.number().nullable(),
})

/** What a drill found. This is what is signed. */
export const drillRecord = z.strictObject({
  format: z.literal('mail-desk-drill'),
  version: z.literal(1),
  drillId: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  madeBy: z.string(),
  archive: z.strictObject({
    archiveId: z.string(),
    name: z.string(),
    messages: z.number(),
    mailBytes: z.number(),
  }),
  target: z.strictObject({ kind: z.enum(['mailbox', 'files']), name: z.string(), scratch: z.string() }),
  sample: z.strictObject({
    rule: z.enum(['sample', 'all']),
    randomCount: z.number().nullable(),
    seed: z.number().nullable(),
    messages: z.number(),
    mailBytes: z.number(),
    /** SHA-256 of the sample's hashes, sorted, a line each: which messages they were, in one number. */
    digest: z.string(),
  }),
  verdict: z.enum(['pass', 'warning', 'fail']),
  counts: drillCounts,
  findings: z.array(drillFinding),
  /** Findings beyond the first 200 are counted only. */
  findingsLeftOut: z.number(),
  recovery: z.strictObject({
    restoreMs: z.number(),
    fetchMs: z.number(),
    messagesPerSecond: z.number().nullable(),
    megabytesPerSecond: z.number().nullable(),
    /** How long the whole archive would take at this rate; an extrapolation, not a measurement. */
    wholeArchiveMs: z.number().nullable(),
    throttledMs: z.number(),
  }),
  recoveryPoint: z.strictObject({
    /** The age of the folder whose last pull is longest ago, at the drill; null: a folder was never pulled. */
    oldestPullAgeMs: z.number().nullable(),
    newestArchivedAgeMs: z.number().nullable(),
    folders: z.array(drillFolder),
  }),
  cleanedUp: z.boolean(),
  proved: z.array(z.string()),
  notProved: z.array(z.string()),
})
export type DrillRecord = z.infer<typeof drillRecord>

/** The record as it was signed, character for character, with its signature. `record` is JSON. */
export const signedDrill = z.strictObject({
  format: z.literal('mail-desk-signed-drill'),
  version: z.literal(1),
  record: z.string().max(20_000_000),
  signature: deskSignature.nullable(),
  /** Why it is not signed, where it is not. */
  unsignedBecause: z.string().nullable(),
})
export type SignedDrill = z.infer<typeof signedDrill>

/** A drill as lists show it. */
export const drillSummary = z.strictObject({
  drillId: z.string(),
  archiveId: z.string(),
  targetName: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  runId: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  /** Whether the scratch folder is gone; false: it is removed at the next start, or by the next drill. */
  cleanedUp: z.boolean(),
  signedBy: z.string().nullable(),
  record: drillRecord.nullable(),
})
export type DrillSummary = z.infer<typeof drillSummary>
