import type { accountsContract } from '../../../core/accounts/contract.ts'
import type { Mailbox } from '../../../core/accounts/types.ts'
import { AppError } from '../../../core/errors.ts'
import type { DbClient } from '../../../db/client.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import { Secret } from '../../lib/secret.ts'
import type { Secrets } from '../secrets/index.ts'
import type { Discoveries } from './discovery.ts'
import type { MailboxAccess } from './index.ts'
import type { TrySignIn } from './ports.ts'
import { findMailbox, findPerson, secretRefOf } from './records.ts'
import type { Records, SecretToKeep } from './records.ts'
import { checkSignIn } from './sign-in.ts'

type Handlers = HandlersOf<typeof accountsContract>

interface HandlerDeps {
  readonly db: DbClient
  readonly secrets: Secrets
  readonly records: Records
  readonly discoveries: Discoveries
  readonly trySignIn: TrySignIn
  readonly open: MailboxAccess['open']
}

/** The endpoints of `accounts`, in the order of the contract. */
export function createHandlers(deps: HandlerDeps): Handlers {
  return { ...people(deps), ...mailboxes(deps), ...stored(deps), ...connecting(deps) }
}

function people(deps: HandlerDeps): Pick<Handlers, 'list' | 'get' | 'add' | 'edit' | 'remove'> {
  const { db, records } = deps
  return {
    list: (page) => db.accounts.listPeople(page),
    get: async ({ personId }) => {
      const person = await findPerson(db, personId)
      const found = await db.accounts.listMailboxesOf(personId)
      return { person, mailboxes: await Promise.all(found.map((mailbox) => withSecretState(deps, mailbox))) }
    },
    add: ({ name, email, mailbox, secret, remember }) =>
      records.addPerson({ name, email, origin: 'added', mailbox, secret: toKeep(secret, remember) }),
    edit: async ({ personId, name, email }) => {
      const person = await findPerson(db, personId)
      const next = { ...person, name: name ?? person.name, email: email ?? person.email }
      await records.putPerson(next)
      return next
    },
    remove: async ({ personId }) => {
      await findPerson(db, personId)
      await records.removePeople([personId])
      return {}
    },
  }
}

function mailboxes(
  deps: HandlerDeps,
): Pick<Handlers, 'listMailboxes' | 'getMailbox' | 'addMailbox' | 'editMailbox' | 'removeMailbox'> {
  const { db, records } = deps
  return {
    listMailboxes: (page) => db.accounts.listMailboxes(page),
    getMailbox: async ({ mailboxId }) => {
      const mailbox = await findMailbox(db, mailboxId)
      return {
        person: await findPerson(db, mailbox.personId),
        mailbox: await withSecretState(deps, mailbox),
      }
    },
    addMailbox: async ({ personId, mailbox, secret, remember }) => {
      const added = await records.addMailbox(personId, mailbox, toKeep(secret, remember))
      return { mailboxId: added.mailboxId }
    },
    editMailbox: async ({ mailboxId, ...given }) => {
      const mailbox = await findMailbox(db, mailboxId)
      const next: Mailbox = {
        ...mailbox,
        address: given.address ?? mailbox.address,
        username: given.username ?? mailbox.username,
        signIn: given.signIn ?? mailbox.signIn,
        network: given.network ?? mailbox.network,
        // Null is a value here: the mailbox has no such server any more.
        imap: given.imap === undefined ? mailbox.imap : given.imap,
        smtp: given.smtp === undefined ? mailbox.smtp : given.smtp,
      }
      await records.putMailbox(next)
      return next
    },
    removeMailbox: async ({ mailboxId }) => {
      await records.removeMailbox(mailboxId)
      return {}
    },
  }
}

function stored({ records }: HandlerDeps): Pick<Handlers, 'setSecret' | 'forgetSecret'> {
  return {
    setSecret: async ({ mailboxId, secret, remember }) => ({
      store: await records.setSecret(mailboxId, new Secret(secret), remember),
    }),
    forgetSecret: async ({ mailboxId }) => {
      await records.forgetSecret(mailboxId)
      return {}
    },
  }
}

function connecting(
  deps: HandlerDeps,
): Pick<Handlers, 'discover' | 'discovery' | 'useDiscovered' | 'checkSignIn'> {
  const { records, discoveries } = deps
  return {
    discover: async ({ email, network }) =>
      discoveries.start(email, network ?? (await records.networkFor(email))),
    discovery: ({ runId }) => discoveries.get(runId),
    useDiscovered: async ({ runId, proposalId, name, secret, remember }) => {
      const { email, network, proposals } = discoveries.get(runId)
      const chosen = proposals.find((proposal) => proposal.proposalId === proposalId)
      if (chosen === undefined) throw new AppError('record.not_found', { details: { what: 'proposal' } })
      const { imap, smtp, username, signIn } = chosen
      const mailbox = { address: email, username, signIn, imap, smtp, network }
      return records.addPerson({ name, email, origin: 'added', mailbox, secret: toKeep(secret, remember) })
    },
    checkSignIn: ({ target }, { signal }) => checkSignIn(deps, target, signal),
  }
}

async function withSecretState({ secrets }: HandlerDeps, mailbox: Mailbox) {
  const place = await secrets.find(secretRefOf(mailbox.mailboxId))
  if (place === 'unknown')
    return { ...mailbox, secret: { state: 'unknown' as const, store: 'vault' as const } }
  const state = place === null ? ('missing' as const) : ('stored' as const)
  return { ...mailbox, secret: { state, store: place } }
}

function toKeep(secret: string | null, remember: boolean): SecretToKeep | null {
  return secret === null ? null : { secret: new Secret(secret), how: remember ? 'kept' : 'session' }
}
