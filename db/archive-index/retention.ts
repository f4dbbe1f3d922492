import { createHash } from 'node:crypto'
import { cutOffMs, namesAddress } from '../../core/archive/retention.ts'
import type { LegalHold, MailCriteria, RetentionEffect, RetentionRule } from '../../core/archive/retention.ts'
import type { IndexReader } from './open.ts'

/** A place of a message that a rule removes. */
export interface Removal {
  readonly occurrenceId: number
  readonly messageId: number
  readonly source: string
  readonly folder: string
  readonly uidValidity: string
  readonly uid: number
}

/** What a rule removes, in order, and how much of it. */
export interface RemovalPlan {
  readonly removals: readonly Removal[]
  /** Messages that are nowhere any more. */
  readonly messageIds: readonly number[]
  readonly mailBytes: number
  readonly fingerprint: string
}

interface Condition {
  readonly sql: string
  readonly values: readonly unknown[]
}

/** The index cuts long lists of recipients off; whoever may stand behind the cut is held. */
const cutRecipientsChars = 1_990
const sampled = 50
const from = `FROM occurrences o JOIN messages m ON m.message_id = o.message_id
  JOIN folders f ON f.folder_id = o.folder_id`

/** What a rule would remove at a time, with the holds that stand. Reads one state of the index. */
export function simulateRetention(
  db: IndexReader,
  rule: RetentionRule,
  holds: readonly LegalHold[],
  nowMs: number,
): RetentionEffect {
  return within(db, () => {
    const plan = planOf(db, rule, holds, nowMs)
    const named = conditionOfRule(rule, nowMs)
    const heldBy = holds.map((hold) => {
      const held = conditionOfHold(hold)
      const occurrences = count(db, all([named, held]))
      return { holdId: hold.holdId, name: hold.name, occurrences }
    })
    const removed = all([named, ...holds.map((hold) => not(conditionOfHold(hold)))])
    const span = db
      .prepare(`SELECT min(o.date_ms) AS oldestMs, max(o.date_ms) AS newestMs ${from} WHERE ${removed.sql}`)
      .get(removed.values) as Pick<RetentionEffect, 'oldestMs' | 'newestMs'>
    return {
      ruleId: rule.ruleId,
      occurrences: plan.removals.length,
      messages: plan.messageIds.length,
      mailBytes: plan.mailBytes,
      held: count(db, named) - plan.removals.length,
      heldBy: heldBy.filter(({ occurrences }) => occurrences > 0),
      stillOnServer: count(db, all([removed, { sql: `o.presence = 'here'`, values: [] }])),
      ...span,
      fingerprint: plan.fingerprint,
      sample: sampleOf(db, removed),
    }
  })
}

/** What a rule removes now; for the one who holds the archive's lock. */
export function planRemoval(
  db: IndexReader,
  rule: RetentionRule,
  holds: readonly LegalHold[],
  nowMs: number,
): RemovalPlan {
  return within(db, () => planOf(db, rule, holds, nowMs))
}

function planOf(
  db: IndexReader,
  rule: RetentionRule,
  holds: readonly LegalHold[],
  nowMs: number,
): RemovalPlan {
  const named = all([conditionOfRule(rule, nowMs), ...holds.map((hold) => not(conditionOfHold(hold)))])
  const removals = db
    .prepare(
      `SELECT o.occurrence_id AS occurrenceId, o.message_id AS messageId, f.source, f.path AS folder,
         o.uid_validity AS uidValidity, o.uid ${from} WHERE ${named.sql} ORDER BY o.occurrence_id`,
    )
    .all(named.values) as Removal[]
  const places = new Map<number, number>()
  for (const { messageId } of removals) places.set(messageId, (places.get(messageId) ?? 0) + 1)
  const message = db.prepare(
    `SELECT size_bytes AS sizeBytes, (SELECT count(*) FROM occurrences WHERE message_id = m.message_id) AS places
     FROM messages m WHERE message_id = ?`,
  )
  const messageIds: number[] = []
  let mailBytes = 0
  for (const [messageId, removed] of places) {
    const known = message.get(messageId) as { sizeBytes: number; places: number }
    if (known.places > removed) continue
    messageIds.push(messageId)
    mailBytes += known.sizeBytes
  }
  const hash = createHash('sha256')
  for (const { source, folder, uidValidity, uid } of removals)
    hash.update(`${source}\n${folder}\n${uidValidity}\n${uid}\n`)
  return { removals, messageIds, mailBytes, fingerprint: hash.digest('hex') }
}

function conditionOfRule(rule: RetentionRule, nowMs: number): Condition {
  const age = rule.ageOf === 'date' ? 'o.date_ms' : 'o.archived_at_ms'
  return all([
    // Mail without a date is of unknown age, and unknown is not old.
    { sql: `${age} IS NOT NULL AND ${age} < ?`, values: [cutOffMs(rule, nowMs)] },
    ...(rule.onlyGone ? [{ sql: `o.presence = 'gone'`, values: [] }] : []),
    ...conditionsOf(rule.criteria, false),
  ])
}

function conditionOfHold({ criteria }: LegalHold): Condition {
  const { fromMs, toMs } = criteria
  return all([
    ...conditionsOf(criteria, true),
    ...(fromMs === null ? [] : [{ sql: '(o.date_ms IS NULL OR o.date_ms >= ?)', values: [fromMs] }]),
    ...(toMs === null ? [] : [{ sql: '(o.date_ms IS NULL OR o.date_ms <= ?)', values: [toMs] }]),
  ])
}

/** `generous`: for holds, where what cannot be known counts as held. */
function conditionsOf(criteria: MailCriteria, generous: boolean): readonly Condition[] {
  const { sources, folders, labels, senders, people } = criteria
  const list = (values: readonly string[]) => JSON.stringify(values)
  const cut = generous ? ` OR length(m.recipients) >= ${cutRecipientsChars}` : ''
  const involved = `(f.source IN (SELECT value FROM json_each(?)) OR names_address(m.sender, ?)
    OR names_address(m.recipients, ?)${cut})`
  return [
    ...(sources.length === 0
      ? []
      : [{ sql: 'f.source IN (SELECT value FROM json_each(?))', values: [list(sources)] }]),
    ...(folders.length === 0
      ? []
      : [
          {
            sql: `EXISTS (SELECT 1 FROM json_each(?) WHERE f.path = value
              OR substr(f.path, 1, length(value) + 1) = value || coalesce(f.delimiter, '/'))`,
            values: [list(folders)],
          },
        ]),
    ...(labels.length === 0
      ? []
      : [
          {
            sql: `EXISTS (SELECT 1 FROM json_each(coalesce(o.labels, '[]')) l JOIN json_each(?) w ON w.value = l.value)`,
            values: [list(labels)],
          },
        ]),
    ...(senders.length === 0 ? [] : [{ sql: 'names_address(m.sender, ?)', values: [list(senders)] }]),
    ...(people.length === 0 ? [] : [{ sql: involved, values: [list(people), list(people), list(people)] }]),
  ]
}

function all(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return { sql: 'true', values: [] }
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  }
}

const not = ({ sql, values }: Condition): Condition => ({ sql: `NOT coalesce((${sql}), true)`, values })

function count(db: IndexReader, { sql, values }: Condition): number {
  return db.prepare(`SELECT count(*) ${from} WHERE ${sql}`).pluck().get(values) as number
}

function sampleOf(db: IndexReader, { sql, values }: Condition): RetentionEffect['sample'] {
  return db
    .prepare(
      `SELECT o.occurrence_id AS occurrenceId, f.source, f.path AS folder, m.subject, m.sender AS "from",
         o.date_ms AS dateMs, m.size_bytes AS sizeBytes
       ${from} WHERE ${sql} ORDER BY o.date_ms DESC, o.occurrence_id DESC LIMIT ${sampled}`,
    )
    .all(values) as RetentionEffect['sample']
}

function within<T>(db: IndexReader, work: () => T): T {
  // Asked for every message: a list of addresses is taken apart once, not once a row.
  const lists = new Map<string, readonly string[]>()
  const listOf = (wanted: string): readonly string[] => {
    const known = lists.get(wanted) ?? (JSON.parse(wanted) as string[])
    lists.set(wanted, known)
    return known
  }
  db.function('names_address', { deterministic: true }, (people: unknown, wanted: unknown) =>
    namesAddress(String(people), listOf(String(wanted))) ? 1 : 0,
  )
  db.exec('BEGIN')
  try {
    return work()
  } finally {
    db.exec('COMMIT')
  }
}

/** Packs in which the messages are. */
export function listPacksOf(db: IndexReader, messageIds: readonly number[]): readonly number[] {
  return db
    .prepare('SELECT DISTINCT pack FROM messages WHERE message_id IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(JSON.stringify(messageIds)) as number[]
}

/** SHA-256 of messages, in hex. */
export function listHashesOf(db: IndexReader, messageIds: readonly number[]): readonly string[] {
  return db
    .prepare('SELECT lower(hex(sha256)) FROM messages WHERE message_id IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(JSON.stringify(messageIds)) as string[]
}
