import { v7 as uuid } from 'uuid'
import type { MailboxFields } from '../../../core/accounts/contract.ts'
import { domainOf } from '../../../core/accounts/fold-text.ts'
import type { Mailbox, NetworkProfile, Person } from '../../../core/accounts/types.ts'
import type { Publish } from '../../../core/contract/index.ts'
import { AppError } from '../../../core/errors.ts'
import type { DbClient } from '../../../db/client.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Secret } from '../../lib/secret.ts'
import type { SecretPlace, Secrets } from '../secrets/index.ts'

/** A secret and how long it is kept. */
export interface SecretToKeep {
  readonly secret: Secret
  readonly how: 'kept' | 'session'
}

/** A person to be added, with their first mailbox where it is known. */
export interface NewPerson {
  readonly name: string
  readonly email: string
  readonly origin: Person['origin']
  readonly mailbox: MailboxFields | null
  readonly secret: SecretToKeep | null
}

/** Changes to people and mailboxes: the database and the secret store, kept in step. */
export interface Records {
  addPerson(input: NewPerson): Promise<{ readonly personId: string; readonly mailboxId: string | null }>
  addMailbox(personId: string, fields: MailboxFields, secret: SecretToKeep | null): Promise<Mailbox>
  putPerson(person: Person): Promise<void>
  putMailbox(mailbox: Mailbox): Promise<void>
  /** Their mailboxes and secrets go with them. Errors: `secret.vault_locked`, and then nothing has changed. */
  removePeople(personIds: readonly string[]): Promise<void>
  /** Errors: `record.not_found`, `secret.vault_locked`. */
  removeMailbox(mailboxId: string): Promise<void>
  /** Errors: `record.not_found`, `secret.vault_locked`, `secret.store_unavailable`. */
  setSecret(mailboxId: string, secret: Secret, remember: boolean): Promise<SecretPlace>
  forgetSecret(mailboxId: string): Promise<void>
  /** The network for a new mailbox of this address: as its neighbours', else as the system's. */
  networkFor(address: string): Promise<NetworkProfile>
}

interface RecordsDeps {
  readonly db: DbClient
  readonly secrets: Secrets
  readonly publish: Publish
  readonly clock: Clock
}

/** Under which reference the secret store has a mailbox's secret. */
export const secretRefOf = (mailboxId: string): string => `mailbox:${mailboxId}`

/**
 * Order matters: a secret is stored before the row that needs it and taken back when the row cannot be
 * written; on removal secrets go first, so that none is left behind without an owner.
 */
export function createRecords(deps: RecordsDeps): Records {
  const { db, clock } = deps
  const networkFor: Records['networkFor'] = async (address) =>
    (await db.accounts.findNetworkOfDomain(domainOf(address))) ?? { dnsServers: [], trustedCaPem: null }
  const toMailbox = async (personId: string, fields: MailboxFields): Promise<Mailbox> => ({
    ...fields,
    mailboxId: uuid(),
    personId,
    network: fields.network ?? (await networkFor(fields.address)),
    createdAtMs: clock.nowMs(),
  })
  return { networkFor, ...adding(deps, toMailbox), ...changing(deps), ...removing(deps), ...keeping(deps) }
}

function adding(
  { db, secrets, publish, clock }: RecordsDeps,
  toMailbox: (personId: string, fields: MailboxFields) => Promise<Mailbox>,
): Pick<Records, 'addPerson' | 'addMailbox'> {
  const withSecret = async (mailbox: Mailbox, secret: SecretToKeep | null, write: () => Promise<void>) => {
    const ref = secretRefOf(mailbox.mailboxId)
    if (secret !== null) await secrets.set(ref, secret.secret, secret.how)
    try {
      await write()
    } catch (error) {
      if (secret !== null) await secrets.delete(ref)
      throw error
    }
  }
  return {
    addPerson: async ({ mailbox: fields, secret, ...facts }) => {
      const person: Person = { ...facts, personId: uuid(), createdAtMs: clock.nowMs() }
      const mailbox = fields === null ? null : await toMailbox(person.personId, fields)
      if (mailbox === null) await db.accounts.addPerson(person, [])
      else await withSecret(mailbox, secret, () => db.accounts.addPerson(person, [mailbox]))
      publish('accounts.changed', { personIds: [person.personId] })
      return { personId: person.personId, mailboxId: mailbox?.mailboxId ?? null }
    },
    addMailbox: async (personId, fields, secret) => {
      const mailbox = await toMailbox(personId, fields)
      await withSecret(mailbox, secret, () => db.accounts.addMailbox(mailbox))
      publish('accounts.changed', { personIds: [personId] })
      return mailbox
    },
  }
}

function changing({ db, publish }: RecordsDeps): Pick<Records, 'putPerson' | 'putMailbox'> {
  return {
    putPerson: async (person) => {
      await db.accounts.putPerson(person)
      publish('accounts.changed', { personIds: [person.personId] })
    },
    putMailbox: async (mailbox) => {
      await db.accounts.putMailbox(mailbox)
      publish('accounts.changed', { personIds: [mailbox.personId] })
    },
  }
}

function removing({ db, secrets, publish }: RecordsDeps): Pick<Records, 'removePeople' | 'removeMailbox'> {
  return {
    removePeople: async (personIds) => {
      for (const personId of personIds)
        for (const { mailboxId } of await db.accounts.listMailboxesOf(personId))
          await secrets.delete(secretRefOf(mailboxId))
      await db.accounts.removePeople(personIds)
      publish('accounts.changed', { personIds: [...personIds] })
    },
    removeMailbox: async (mailboxId) => {
      const { personId } = await findMailbox(db, mailboxId)
      await secrets.delete(secretRefOf(mailboxId))
      await db.accounts.removeMailbox(mailboxId)
      publish('accounts.changed', { personIds: [personId] })
    },
  }
}

function keeping({ db, secrets, publish }: RecordsDeps): Pick<Records, 'setSecret' | 'forgetSecret'> {
  return {
    setSecret: async (mailboxId, secret, remember) => {
      const { personId } = await findMailbox(db, mailboxId)
      const { origin } = await findPerson(db, personId)
      // The practice company's passwords are no secrets, and its mailboxes end with it.
      const how = remember && origin !== 'practice' ? 'kept' : 'session'
      const place = await secrets.set(secretRefOf(mailboxId), secret, how)
      publish('accounts.changed', { personIds: [personId] })
      return place
    },
    forgetSecret: async (mailboxId) => {
      const { personId } = await findMailbox(db, mailboxId)
      await secrets.delete(secretRefOf(mailboxId))
      publish('accounts.changed', { personIds: [personId] })
    },
  }
}

/** Errors: `record.not_found`. */
export async function findPerson(db: DbClient, personId: string): Promise<Person> {
  const person = await db.accounts.getPerson(personId)
  if (person === null) throw new AppError('record.not_found', { details: { what: 'person' } })
  return person
}

/** Errors: `record.not_found`. */
export async function findMailbox(db: DbClient, mailboxId: string): Promise<Mailbox> {
  const mailbox = await db.accounts.getMailbox(mailboxId)
  if (mailbox === null) throw new AppError('record.not_found', { details: { what: 'mailbox' } })
  return mailbox
}
