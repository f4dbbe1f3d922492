import { z } from 'zod'
import type { LedgerLine } from './ledger.ts'

const dayMs = 24 * 3_600_000
const address = z.string().trim().toLowerCase().min(1).max(320)

/**
 * Which mail a rule or a hold speaks of. Empty lists do not narrow; a message has to fit every part that is not
 * empty. `people` are mailboxes of a person: mail that they own, sent or were sent.
 */
export const mailCriteria = z.strictObject({
  /** Mailboxes that were archived, by address. */
  sources: z.array(address).max(1000).default([]),
  /** Folders as their servers name them, with everything below them. */
  folders: z.array(z.string().min(1).max(1000)).max(1000).default([]),
  /** Gmail's labels. */
  labels: z.array(z.string().min(1).max(1000)).max(1000).default([]),
  /** Addresses, or domains as `@example.com`. */
  senders: z.array(address).max(1000).default([]),
  people: z.array(address).max(1000).default([]),
})
export type MailCriteria = z.infer<typeof mailCriteria>

/** Mail that fits and is older than so many days is removed from the archive. */
export const retentionRule = z.strictObject({
  ruleId: z.string(),
  archiveId: z.string(),
  name: z.string().trim().min(1).max(200),
  criteria: mailCriteria,
  olderThanDays: z
    .number()
    .int()
    .min(1)
    .max(365 * 200),
  /** `date`: of the message; `archived`: since it came into this archive. */
  ageOf: z.enum(['date', 'archived']),
  /** Only what is no longer on the server. */
  onlyGone: z.boolean(),
  /** Whether a schedule may apply it; it only simulates until somebody has decided so. */
  bySchedule: z.boolean(),
})
export type RetentionRule = z.infer<typeof retentionRule>

/** Mail that fits is kept whatever the rules say, until the hold is lifted. */
export const legalHold = z.strictObject({
  holdId: z.string(),
  name: z.string(),
  by: z.string(),
  reason: z.string(),
  criteria: mailCriteria.extend({
    /** Of the message's date; null: no limit. Mail without a date is held. */
    fromMs: z.number().nullable().default(null),
    toMs: z.number().nullable().default(null),
  }),
  placedAtMs: z.number(),
})
export type LegalHold = z.infer<typeof legalHold>

/** What a rule would remove now. */
export const retentionEffect = z.strictObject({
  ruleId: z.string(),
  /** Places in folders. */
  occurrences: z.number(),
  /** Messages that would be nowhere any more, and their bytes. */
  messages: z.number(),
  mailBytes: z.number(),
  /** Places that the rule names and a hold keeps. */
  held: z.number(),
  heldBy: z.array(z.strictObject({ holdId: z.string(), name: z.string(), occurrences: z.number() })),
  /** Of what would be removed: still on the server when it was last asked. It is not archived again. */
  stillOnServer: z.number(),
  oldestMs: z.number().nullable(),
  newestMs: z.number().nullable(),
  /** Changes whenever what would be removed changes: applying asks for it, so that nothing else is removed. */
  fingerprint: z.string(),
  sample: z.array(
    z.strictObject({
      occurrenceId: z.number(),
      source: z.string(),
      folder: z.string(),
      subject: z.string(),
      from: z.string(),
      dateMs: z.number().nullable(),
      sizeBytes: z.number(),
    }),
  ),
})
export type RetentionEffect = z.infer<typeof retentionEffect>

/** Before when mail falls under a rule. */
export function cutOffMs(rule: Pick<RetentionRule, 'olderThanDays'>, nowMs: number): number {
  return nowMs - rule.olderThanDays * dayMs
}

/** The holds that stand, from an archive's ledger. One whose criteria cannot be read holds everything. */
export function standingHolds(lines: readonly LedgerLine[]): readonly LegalHold[] {
  const standing = new Map<string, LegalHold>()
  for (const { entry, atMs } of lines) {
    if (entry.kind === 'hold_lifted') standing.delete(entry.holdId)
    if (entry.kind !== 'hold_placed') continue
    const { holdId, name, by, reason } = entry
    const read = legalHold.shape.criteria.safeParse(entry.criteria)
    const criteria = read.success ? read.data : legalHold.shape.criteria.parse({})
    standing.set(holdId, { holdId, name, by, reason, criteria, placedAtMs: atMs })
  }
  return [...standing.values()]
}

/** Whether criteria name no mail in particular: a rule with them would remove everything that is old. */
export function namesEverything(criteria: MailCriteria): boolean {
  const { sources, folders, labels, senders, people } = criteria
  return [sources, folders, labels, senders, people].every((list) => list.length === 0)
}

/** A message on a server, as far as a listing tells. Its recipients and labels are not known. */
export interface ListedMail {
  /** The mailbox's address, in lower case. */
  readonly source: string
  readonly folder: string
  readonly from: string
  readonly dateMs: number | null
}

/** Whether a hold keeps a message that is still on its server. What a listing does not tell counts as held. */
export function holdsListed({ criteria }: Pick<LegalHold, 'criteria'>, mail: ListedMail): boolean {
  const { sources, folders, senders, fromMs, toMs } = criteria
  const { source, folder, from, dateMs } = mail
  const named =
    (sources.length === 0 || sources.includes(source)) &&
    (folders.length === 0 || folders.some((path) => folder === path || isBelow(folder, path))) &&
    (senders.length === 0 || namesAddress(from, senders))
  const inTime =
    dateMs === null || ((fromMs === null || dateMs >= fromMs) && (toMs === null || dateMs <= toMs))
  // `people` and `labels` do not narrow here: anybody may be among the recipients, and any label may be set.
  return named && inTime
}

/** Servers delimit with a slash or a full stop. */
function isBelow(folder: string, path: string): boolean {
  return folder.startsWith(path) && /^[./\\]/.test(folder.slice(path.length))
}

/** Whether a header's people (`Name <address>, …`) hold one of the addresses, or one of a domain (`@example.com`). */
export function namesAddress(people: string, addresses: readonly string[]): boolean {
  const held = people.toLowerCase().split(/[\s,;<>"()]+/)
  return held.some((one) =>
    addresses.some((address) => (address.startsWith('@') ? one.endsWith(address) : one === address)),
  )
}
