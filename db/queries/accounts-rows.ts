import { domainOf, foldAddress, foldText } from '../../core/accounts/fold-text.ts'
import type { Mailbox, MailServer, NetworkProfile, Person } from '../../core/accounts/types.ts'
import type { mailboxesTable, peopleTable } from '../schema/accounts.ts'

/** A person as stored. */
export type PersonRow = typeof peopleTable.$inferSelect
/** A mailbox as stored. */
export type MailboxRow = typeof mailboxesTable.$inferSelect

/** Stored to domain. */
export function toPerson({ personId, name, email, origin, createdAtMs }: PersonRow): Person {
  return { personId, name, email, origin, createdAtMs }
}

/** Domain to stored, with the keys by which it is found. */
export function toPersonRow(person: Person): PersonRow {
  return { ...person, nameKey: foldText(person.name), emailKey: foldAddress(person.email) }
}

/** Stored to domain. */
export function toMailbox(row: MailboxRow): Mailbox {
  const { mailboxId, personId, address, username, signIn, createdAtMs } = row
  return {
    mailboxId,
    personId,
    address,
    username,
    signIn,
    imap: toServer(row.imap),
    smtp: toServer(row.smtp),
    network: JSON.parse(row.network) as NetworkProfile,
    createdAtMs,
  }
}

/** Domain to stored, with the keys by which it is found. */
export function toMailboxRow(mailbox: Mailbox): MailboxRow {
  return {
    ...mailbox,
    addressKey: foldAddress(mailbox.address),
    domain: domainOf(mailbox.address),
    imap: mailbox.imap === null ? null : JSON.stringify(mailbox.imap),
    smtp: mailbox.smtp === null ? null : JSON.stringify(mailbox.smtp),
    network: JSON.stringify(mailbox.network),
  }
}

function toServer(json: string | null): MailServer | null {
  return json === null ? null : (JSON.parse(json) as MailServer)
}
