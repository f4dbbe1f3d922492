import type { Mailbox, Person } from '../../core/accounts/types.ts'
import { searchWords } from '../../core/accounts/fold-text.ts'
import type { ReadHandle } from '../handles.ts'

/** What a list is asked for: a part of the rows that contain every word of `text`. */
export interface AccountsPage {
  readonly text: string
  readonly offset: number
  readonly limit: number
}

type PersonListRow = Person & { readonly mailboxCount: number }
type MailboxListRow = Pick<Mailbox, 'mailboxId' | 'personId' | 'address' | 'signIn'> & {
  readonly personName: string
  readonly origin: Person['origin']
  readonly imapHost: string | null
}

/**
 * People by name, and how many there are in all. `instr` rather than LIKE: % and _ are only letters here.
 * A search meets every row, so it counts and sorts in the same pass.
 */
export function listPeople(
  db: ReadHandle,
  { text, offset, limit }: AccountsPage,
): { readonly people: PersonListRow[]; readonly total: number } {
  const words = searchWords(text)
  const has = `(instr(p.name_key, ?) OR instr(p.email_key, ?) OR EXISTS (
    SELECT 1 FROM mailboxes m WHERE m.person_id = p.person_id AND instr(m.address_key, ?)))`
  const where = words.length === 0 ? '' : `WHERE ${words.map(() => has).join(' AND ')}`
  const given = words.flatMap(({ inName, inAddress }) => [inName, inAddress, inAddress])
  const found = `SELECT p.person_id AS id, p.name_key AS k FROM people p ${where}`
  const { ids, total } = pageOf(db, found, given, { offset, limit })
  const people = db.$client
    .prepare(
      `SELECT p.person_id AS personId, p.name, p.email, p.origin, p.created_at_ms AS createdAtMs,
              (SELECT count(*) FROM mailboxes m WHERE m.person_id = p.person_id) AS mailboxCount
       FROM json_each(?) id JOIN people p ON p.person_id = id.value ORDER BY id.key`,
    )
    .all(JSON.stringify(ids)) as PersonListRow[]
  return { people, total }
}

/** Mailboxes by address, of all people or of one, and how many there are in all. */
export function listMailboxes(
  db: ReadHandle,
  { text, offset, limit, personId }: AccountsPage & { readonly personId: string | null },
): { readonly mailboxes: MailboxListRow[]; readonly total: number } {
  const words = searchWords(text)
  const conditions = [
    ...(personId === null ? [] : ['m.person_id = ?']),
    ...words.map(() => '(instr(m.address_key, ?) OR instr(p.name_key, ?))'),
  ]
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const given = [
    ...(personId === null ? [] : [personId]),
    ...words.flatMap(({ inName, inAddress }) => [inAddress, inName]),
  ]
  const found = `SELECT m.mailbox_id AS id, m.address_key AS k
    FROM mailboxes m JOIN people p ON p.person_id = m.person_id ${where}`
  const { ids, total } = pageOf(db, found, given, { offset, limit })
  const mailboxes = db.$client
    .prepare(
      `SELECT m.mailbox_id AS mailboxId, m.person_id AS personId, m.address, m.sign_in AS signIn,
              p.name AS personName, p.origin, json_extract(m.imap, '$.host') AS imapHost
       FROM json_each(?) id JOIN mailboxes m ON m.mailbox_id = id.value
       JOIN people p ON p.person_id = m.person_id ORDER BY id.key`,
    )
    .all(JSON.stringify(ids)) as MailboxListRow[]
  return { mailboxes, total }
}

/** One page of the ids that `found` selects, by its key `k`, and how many it selects in all. */
function pageOf(
  db: ReadHandle,
  found: string,
  given: readonly string[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly ids: readonly string[]; readonly total: number } {
  const rows = db.$client
    .prepare(
      `WITH found AS MATERIALIZED (${found})
       SELECT id, (SELECT count(*) FROM found) AS total FROM found ORDER BY k, id LIMIT ? OFFSET ?`,
    )
    .all(...given, limit, offset) as { id: string; total: number }[]
  // Beyond the last page there is no row that could carry the number.
  const total = rows[0]?.total ?? (offset === 0 ? 0 : countOf(db, found, given))
  return { ids: rows.map(({ id }) => id), total }
}

function countOf(db: ReadHandle, found: string, given: readonly string[]): number {
  return (db.$client.prepare(`SELECT count(*) AS n FROM (${found})`).get(...given) as { n: number }).n
}
