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

/** People by name, and how many there are in all. `instr` rather than LIKE: % and _ are only letters here. */
export function listPeople(
  db: ReadHandle,
  { text, offset, limit }: AccountsPage,
): { readonly people: PersonListRow[]; readonly total: number } {
  const words = searchWords(text)
  const has = `(instr(p.name_key, ?) OR instr(p.email_key, ?) OR EXISTS (
    SELECT 1 FROM mailboxes m WHERE m.person_id = p.person_id AND instr(m.address_key, ?)))`
  const where = words.length === 0 ? '' : `WHERE ${words.map(() => has).join(' AND ')}`
  const given = words.flatMap(({ inName, inAddress }) => [inName, inAddress, inAddress])
  const people = db.$client
    .prepare(
      `SELECT p.person_id AS personId, p.name, p.email, p.origin, p.created_at_ms AS createdAtMs,
              (SELECT count(*) FROM mailboxes m WHERE m.person_id = p.person_id) AS mailboxCount
       FROM people p ${where} ORDER BY p.name_key, p.person_id LIMIT ? OFFSET ?`,
    )
    .all(...given, limit, offset) as PersonListRow[]
  return { people, total: countOf(db, `people p ${where}`, given) }
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
  const from = `mailboxes m JOIN people p ON p.person_id = m.person_id ${where}`
  const mailboxes = db.$client
    .prepare(
      `SELECT m.mailbox_id AS mailboxId, m.person_id AS personId, m.address, m.sign_in AS signIn,
              p.name AS personName, p.origin, json_extract(m.imap, '$.host') AS imapHost
       FROM ${from} ORDER BY m.address_key, m.mailbox_id LIMIT ? OFFSET ?`,
    )
    .all(...given, limit, offset) as MailboxListRow[]
  return { mailboxes, total: countOf(db, from, given) }
}

function countOf(db: ReadHandle, from: string, given: readonly string[]): number {
  return (db.$client.prepare(`SELECT count(*) AS n FROM ${from}`).get(...given) as { n: number }).n
}
