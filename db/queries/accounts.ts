import { asc, eq, inArray } from 'drizzle-orm'
import { AppError } from '../../core/errors.ts'
import { foldAddress } from '../../core/accounts/fold-text.ts'
import type { Mailbox, NetworkProfile, Person } from '../../core/accounts/types.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { mailboxesTable, peopleTable } from '../schema/accounts.ts'
import { toMailbox, toMailboxRow, toPerson, toPersonRow } from './accounts-rows.ts'

export { listMailboxes, listPeople } from './accounts-lists.ts'

/** One person, or null. */
export function getPerson(db: ReadHandle, personId: string): Person | null {
  const row = db.select().from(peopleTable).where(eq(peopleTable.personId, personId)).get()
  return row === undefined ? null : toPerson(row)
}

/** The person with this address, whatever its case, or null. */
export function findPersonByEmail(db: ReadHandle, email: string): Person | null {
  const row = db
    .select()
    .from(peopleTable)
    .where(eq(peopleTable.emailKey, foldAddress(email)))
    .get()
  return row === undefined ? null : toPerson(row)
}

/** One mailbox, or null. */
export function getMailbox(db: ReadHandle, mailboxId: string): Mailbox | null {
  const row = db.select().from(mailboxesTable).where(eq(mailboxesTable.mailboxId, mailboxId)).get()
  return row === undefined ? null : toMailbox(row)
}

/** A person's mailboxes, oldest first. */
export function listMailboxesOf(db: ReadHandle, personId: string): readonly Mailbox[] {
  return db
    .select()
    .from(mailboxesTable)
    .where(eq(mailboxesTable.personId, personId))
    .orderBy(asc(mailboxesTable.createdAtMs), asc(mailboxesTable.mailboxId))
    .all()
    .map(toMailbox)
}

/** The network of the newest mailbox of a domain, or null: what holds for a neighbour holds for the next. */
export function findNetworkOfDomain(db: ReadHandle, domain: string): NetworkProfile | null {
  const row = db.$client
    .prepare('SELECT network FROM mailboxes WHERE domain = ? ORDER BY created_at_ms DESC LIMIT 1')
    .get(domain.toLowerCase()) as { network: string } | undefined
  return row === undefined ? null : (JSON.parse(row.network) as NetworkProfile)
}

/** Adds a person and, in the same transaction, mailboxes. `record.conflict` when the address is known. */
export function addPerson(db: WriteHandle, person: Person, mailboxes: readonly Mailbox[]): void {
  db.transaction((tx) => {
    refuseKnownEmail(db, person.email, person.personId)
    tx.insert(peopleTable).values(toPersonRow(person)).run()
    for (const mailbox of mailboxes) tx.insert(mailboxesTable).values(toMailboxRow(mailbox)).run()
  })
}

/** Writes a person over the stored one. Errors: `record.not_found`, `record.conflict`. */
export function putPerson(db: WriteHandle, person: Person): void {
  db.transaction((tx) => {
    refuseKnownEmail(db, person.email, person.personId)
    const { changes } = tx
      .update(peopleTable)
      .set(toPersonRow(person))
      .where(eq(peopleTable.personId, person.personId))
      .run()
    if (changes === 0) throw new AppError('record.not_found', { details: { what: 'person' } })
  })
}

/** Adds a mailbox. Errors: `record.not_found` (no such person), `record.conflict` (the person has it). */
export function addMailbox(db: WriteHandle, mailbox: Mailbox): void {
  db.transaction((tx) => {
    if (getPerson(db, mailbox.personId) === null)
      throw new AppError('record.not_found', { details: { what: 'person' } })
    refuseKnownMailbox(db, mailbox)
    tx.insert(mailboxesTable).values(toMailboxRow(mailbox)).run()
  })
}

/** Writes a mailbox over the stored one. Errors: `record.not_found`, `record.conflict`. */
export function putMailbox(db: WriteHandle, mailbox: Mailbox): void {
  db.transaction((tx) => {
    refuseKnownMailbox(db, mailbox)
    const { changes } = tx
      .update(mailboxesTable)
      .set(toMailboxRow(mailbox))
      .where(eq(mailboxesTable.mailboxId, mailbox.mailboxId))
      .run()
    if (changes === 0) throw new AppError('record.not_found', { details: { what: 'mailbox' } })
  })
}

/** Removes people and their mailboxes; returns the mailboxes that are gone, whose secrets go next. */
export function removePeople(db: WriteHandle, personIds: readonly string[]): readonly string[] {
  return db.transaction((tx) => {
    const gone = tx
      .select({ mailboxId: mailboxesTable.mailboxId })
      .from(mailboxesTable)
      .where(inArray(mailboxesTable.personId, [...personIds]))
      .all()
    tx.delete(peopleTable)
      .where(inArray(peopleTable.personId, [...personIds]))
      .run()
    return gone.map((row) => row.mailboxId)
  })
}

/** Removes a mailbox; whether there was one. */
export function removeMailbox(db: WriteHandle, mailboxId: string): boolean {
  return db.delete(mailboxesTable).where(eq(mailboxesTable.mailboxId, mailboxId)).run().changes > 0
}

/** The ids of all people of an origin. */
export function listPersonIdsByOrigin(db: ReadHandle, origin: Person['origin']): readonly string[] {
  return db
    .select({ personId: peopleTable.personId })
    .from(peopleTable)
    .where(eq(peopleTable.origin, origin))
    .all()
    .map((row) => row.personId)
}

function refuseKnownEmail(db: ReadHandle, email: string, personId: string): void {
  const known = findPersonByEmail(db, email)
  if (known !== null && known.personId !== personId)
    throw new AppError('record.conflict', {
      details: { reason: `${known.name} already has the address ${email}`, personId: known.personId },
    })
}

function refuseKnownMailbox(db: ReadHandle, mailbox: Mailbox): void {
  const known = listMailboxesOf(db, mailbox.personId).find(
    (one) => foldAddress(one.address) === foldAddress(mailbox.address) && one.mailboxId !== mailbox.mailboxId,
  )
  if (known !== undefined)
    throw new AppError('record.conflict', {
      details: { reason: `This person already has the mailbox ${known.address}` },
    })
}
