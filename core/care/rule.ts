import { z } from 'zod'
import { senderOf, identityOf } from './tally.ts'
import type { MessageFact } from './types.ts'

const dayMs = 86_400_000

/**
 * Which messages a clean-up takes: those that meet every condition that is given. What is flagged, a draft, held,
 * or marked as deleted already is kept whatever the rule says.
 */
export const cleanupRule = z
  .strictObject({
    /** Folders by path; null: all. */
    folders: z.array(z.string().max(1000)).max(1000).nullable().default(null),
    withSubfolders: z.boolean().default(true),
    olderThanDays: z.number().int().min(0).max(36_500).nullable().default(null),
    largerThanBytes: z.number().int().min(0).nullable().default(null),
    /** Addresses (`a@b.example`) or domains (`b.example`). */
    senders: z.array(z.string().trim().toLowerCase().min(1).max(320)).max(200).default([]),
    /** Attachments together at least so large; 0: has any. Null: does not matter. */
    attachmentsOverBytes: z.number().int().min(0).nullable().default(null),
    /** Only copies beyond the first, by Message-ID and size. */
    duplicatesOnly: z.boolean().default(false),
    keepUnread: z.boolean().default(true),
    /** Keywords beside \Flagged and \Draft that keep a message. */
    keepFlags: z.array(z.string().max(100)).max(20).default([]),
  })
  .refine(
    (rule) => isLimited(rule),
    'name at least one condition: age, size, sender, attachments or duplicates',
  )
export type CleanupRule = z.infer<typeof cleanupRule>

function isLimited(rule: {
  readonly olderThanDays: number | null
  readonly largerThanBytes: number | null
  readonly attachmentsOverBytes: number | null
  readonly senders: readonly string[]
  readonly duplicatesOnly: boolean
}): boolean {
  const { olderThanDays, largerThanBytes, attachmentsOverBytes, senders, duplicatesOnly } = rule
  const numbers = [olderThanDays, largerThanBytes, attachmentsOverBytes]
  return numbers.some((one) => one !== null) || senders.length > 0 || duplicatesOnly
}

/** Why a message that the rule would take is kept. */
export const keepReason = z.enum([
  'flagged',
  'draft',
  'unread',
  'kept_flag',
  'held',
  'deleted_already',
  'first_copy',
  'no_date',
])
export type KeepReason = z.infer<typeof keepReason>

/** `pass`: the rule does not speak of it. */
export type Decision = { readonly take: true } | { readonly take: false; readonly why: KeepReason | 'pass' }

/** What is known beside the message itself. */
export interface DecisionContext {
  readonly nowMs: number
  /** A later copy of a message that is kept elsewhere. */
  readonly isExtraCopy: boolean
  readonly isHeld: boolean
}

/** Whether a clean-up takes a message. Pure; a condition that cannot be decided keeps the message. */
export function decide(rule: CleanupRule, fact: MessageFact, context: DecisionContext): Decision {
  const outside: Decision = { take: false, why: 'pass' }
  const { largerThanBytes, attachmentsOverBytes, senders, olderThanDays } = rule
  if (largerThanBytes !== null && fact.sizeBytes <= largerThanBytes) return outside
  if (attachmentsOverBytes !== null && !hasAttachments(fact, attachmentsOverBytes)) return outside
  if (senders.length > 0 && !senders.some((sender) => isFrom(fact.from, sender))) return outside
  if (olderThanDays !== null) {
    if (fact.internalDateMs === null) return { take: false, why: 'no_date' }
    if (fact.internalDateMs > context.nowMs - olderThanDays * dayMs) return outside
  }
  if (rule.duplicatesOnly && identityOf(fact) === null) return outside
  const kept = keptBecause(rule, fact, context)
  return kept === null ? { take: true } : { take: false, why: kept }
}

/** What keeps a message whatever the rule says; null when nothing does. */
export function keptBecause(
  rule: Pick<CleanupRule, 'keepUnread' | 'keepFlags' | 'duplicatesOnly'>,
  fact: Pick<MessageFact, 'flags'>,
  context: Pick<DecisionContext, 'isExtraCopy' | 'isHeld'>,
): KeepReason | null {
  const has = (flag: string) => fact.flags.some((one) => one.toLowerCase() === flag.toLowerCase())
  if (context.isHeld) return 'held'
  if (has('\\Flagged')) return 'flagged'
  if (has('\\Draft')) return 'draft'
  if (has('\\Deleted')) return 'deleted_already'
  if (rule.keepUnread && !has('\\Seen')) return 'unread'
  if (rule.keepFlags.some(has)) return 'kept_flag'
  if (rule.duplicatesOnly && !context.isExtraCopy) return 'first_copy'
  return null
}

function hasAttachments({ attachments }: MessageFact, overBytes: number): boolean {
  return attachments.length > 0 && attachments.reduce((sum, one) => sum + one.sizeBytes, 0) >= overBytes
}

/** An address, or a domain with all its subdomains. */
export function isFrom(from: string, wanted: string): boolean {
  const sender = senderOf(from)
  if (wanted.includes('@') && !wanted.startsWith('@')) return sender === wanted
  const domain = wanted.replace(/^@/, '')
  return sender.endsWith(`@${domain}`) || sender.endsWith(`.${domain}`)
}

/** Whether a rule looks into a folder. */
export function includesFolder(
  rule: Pick<CleanupRule, 'folders' | 'withSubfolders'>,
  folder: { readonly path: string; readonly delimiter: string | null },
): boolean {
  if (rule.folders === null) return true
  return rule.folders.some(
    (path) =>
      path === folder.path ||
      (rule.withSubfolders && folder.delimiter !== null && folder.path.startsWith(path + folder.delimiter)),
  )
}

/** A message and where it is. */
export interface PlacedFact {
  readonly folder: string
  readonly uidValidity: string
  readonly fact: MessageFact
}

/**
 * The copies that a duplicates rule may take: of each group all but one. The one that stays is a flagged one, else
 * the oldest; so it is the same one whichever folder is read first.
 */
export function findExtraCopies(messages: readonly PlacedFact[]): ReadonlySet<PlacedFact> {
  const groups = new Map<string, PlacedFact[]>()
  for (const message of messages) {
    const identity = identityOf(message.fact)
    if (identity === null) continue
    const group = groups.get(identity)
    if (group === undefined) groups.set(identity, [message])
    else group.push(message)
  }
  const extra = new Set<PlacedFact>()
  for (const group of groups.values())
    for (const copy of group.toSorted(worthKeepingFirst).slice(1)) extra.add(copy)
  return extra
}

function worthKeepingFirst(a: PlacedFact, b: PlacedFact): number {
  const flagged = (one: PlacedFact) => (one.fact.flags.includes('\\Flagged') ? 0 : 1)
  const date = (one: PlacedFact) => one.fact.internalDateMs ?? Infinity
  const sign = (x: number) => (Number.isNaN(x) ? 0 : x)
  return (
    flagged(a) - flagged(b) ||
    sign(date(a) - date(b)) ||
    (a.folder < b.folder ? -1 : a.folder > b.folder ? 1 : a.fact.uid - b.fact.uid)
  )
}
