import { z } from 'zod'
import { cleanupRule, keepReason } from './rule.ts'

/** A clean-up rule with a name, an archive to put mail into, and the mailboxes that it is for. */
export const cleanupPlan = z.strictObject({
  planId: z.string(),
  name: z.string(),
  rule: cleanupRule,
  archiveId: z.string(),
  /** Null: every mailbox of the desk that has an IMAP server. */
  mailboxIds: z.array(z.string()).nullable(),
  /** Download each message once more and compare it with the archive, even where the archive's own proof suffices. */
  compareAgain: z.boolean(),
  /** Off: a run that nobody watches (a schedule) only says what it would remove. */
  removalOn: z.boolean(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
})
export type CleanupPlan = z.infer<typeof cleanupPlan>

/**
 * How far a plan has come in one mailbox. `previewed`: the list is made and nothing was changed. `interrupted`: the
 * program ended in the middle; every message is on the server or proved to be in the archive, and it can go on.
 */
export const itemState = z.enum([
  'waiting',
  'listing',
  'previewed',
  'archiving',
  'proving',
  'removing',
  'done',
  'failed',
  'interrupted',
  'undoing',
  'undone',
])
export type ItemState = z.infer<typeof itemState>

/** How many messages and bytes. */
export const amount = z.strictObject({ messages: z.number(), sizeBytes: z.number() })
export type Amount = z.infer<typeof amount>

/**
 * Where one message of a run is. `listed` → `proved` (its bytes are in the archive) → `removing` (written down before
 * the server is asked) → `removed`. `marked`: the server can only be asked to mark it \Deleted. `restoring` →
 * `restored`: undone. `kept`: the rule takes it, something keeps it.
 */
export const messageState = z.enum([
  'kept',
  'listed',
  'proved',
  'removing',
  'removed',
  'marked',
  'failed',
  'restoring',
  'restored',
])
export type MessageState = z.infer<typeof messageState>

/** A run of a plan in one mailbox. */
export const runItem = z.strictObject({
  itemId: z.string(),
  runId: z.string(),
  mailboxId: z.string(),
  address: z.string(),
  state: itemState,
  /** How many messages are in which state. */
  amounts: z.partialRecord(messageState, amount),
  keptBecause: z.partialRecord(keepReason, z.number()),
  /** What went wrong or has to be known, in a sentence; null when nothing. */
  note: z.string().nullable(),
  startedAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
})
export type RunItem = z.infer<typeof runItem>

/** A run of a plan: one item a mailbox. `rule` and `archiveId` are as they were when it began. */
export const cleanupRun = z.strictObject({
  runId: z.string(),
  planId: z.string().nullable(),
  planName: z.string(),
  rule: cleanupRule,
  archiveId: z.string(),
  compareAgain: z.boolean(),
  /** The job that works or worked on it last; its progress is in the job centre. */
  jobId: z.string().nullable(),
  createdAtMs: z.number(),
  items: z.array(runItem),
})
export type CleanupRun = z.infer<typeof cleanupRun>

/** One message of a run: what becomes of it, and why. */
export const runMessage = z.strictObject({
  position: z.number(),
  folder: z.string(),
  uidValidity: z.string(),
  uid: z.number(),
  subject: z.string(),
  from: z.string(),
  sizeBytes: z.number(),
  internalDateMs: z.number().nullable(),
  attachments: z.number(),
  flags: z.array(z.string()),
  state: messageState,
  why: keepReason.nullable(),
  /** Of the bytes that are proved to be in the archive. */
  sha256: z.string().nullable(),
  /** How it was proved, or what went wrong. */
  note: z.string().nullable(),
})
export type RunMessage = z.infer<typeof runMessage>
