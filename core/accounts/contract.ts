import { z } from 'zod'
import { command, feature, nothing, query, started } from '../contract/define.ts'
import { emailPattern } from './address.ts'
import { discovery } from './discovery.ts'
import { signInCheck } from './sign-in-check.ts'
import { mailServer, mailbox, networkProfile, person, signInMethod } from './types.ts'

const personRef = z.strictObject({ personId: z.string() })
const mailboxRef = z.strictObject({ mailboxId: z.string() })
const address = z.string().trim().max(320).regex(emailPattern, 'not an e-mail address')
const name = z.string().trim().min(1).max(200)
const page = {
  text: z.string().max(200).default(''),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(500).default(100),
}
const onPerson = (input: { readonly personId: string }) => `person:${input.personId}`
const onMailbox = (input: { readonly mailboxId: string }) => `mailbox:${input.mailboxId}`

/** A password or token on its way in. No endpoint gives one out. */
const secretInput = z.string().min(1).max(20_000)
/** False: only until the program ends. */
const remember = z.boolean().default(true)

/** What a mailbox is made of. `network` null: as the other mailboxes of this domain, else as the system. */
export const mailboxFields = z.strictObject({
  address,
  username: z.string().trim().min(1).max(320),
  signIn: signInMethod.default('password'),
  imap: mailServer.nullable().default(null),
  smtp: mailServer.nullable().default(null),
  network: networkProfile.nullable().default(null),
})
export type MailboxFields = z.infer<typeof mailboxFields>

/** A person as lists show them. */
const personRow = person.extend({ mailboxCount: z.number().int() })
/** A mailbox as pickers show it. */
const mailboxRow = mailbox
  .pick({ mailboxId: true, personId: true, address: true, signIn: true })
  .extend({ personName: z.string(), origin: person.shape.origin, imapHost: z.string().nullable() })

/** Whether the secret store has a secret for a mailbox. `unknown` while the vault is locked. */
const secretState = z.strictObject({
  state: z.enum(['stored', 'missing', 'unknown']),
  store: z.enum(['keychain', 'vault', 'session']).nullable(),
})
const mailboxDetail = mailbox.extend({ secret: secretState })

const people = {
  list: query(
    'People by name, whose name or an address contains a text.',
    z.strictObject(page),
    z.strictObject({ people: z.array(personRow), total: z.number().int() }),
  ),
  get: query(
    'A person with their mailboxes.',
    personRef,
    z.strictObject({ person, mailboxes: z.array(mailboxDetail) }),
  ),
  add: command(
    'Add a person, and their mailbox with its password or token if these are given.',
    z.strictObject({
      name,
      email: address,
      mailbox: mailboxFields.nullable().default(null),
      secret: secretInput.nullable().default(null),
      remember,
    }),
    z.strictObject({ personId: z.string(), mailboxId: z.string().nullable() }),
    () => 'people',
  ),
  edit: command(
    'Change the name or the address of a person; the rest stays.',
    personRef.extend({ name: name.optional(), email: address.optional() }),
    person,
    onPerson,
  ),
  remove: command(
    'Remove a person, their mailboxes here and the stored secrets. Nothing on a server changes; archives and tickets stay.',
    personRef,
    nothing,
    onPerson,
  ),
}

const mailboxes = {
  listMailboxes: query(
    'Mailboxes by address, whose address or person contains a text.',
    z.strictObject({ ...page, personId: z.string().nullable().default(null) }),
    z.strictObject({ mailboxes: z.array(mailboxRow), total: z.number().int() }),
  ),
  getMailbox: query(
    'One mailbox, its servers, and whether its secret is stored.',
    mailboxRef,
    z.strictObject({ person, mailbox: mailboxDetail }),
  ),
  addMailbox: command(
    'Add a mailbox to a person.',
    personRef.extend({ mailbox: mailboxFields, secret: secretInput.nullable().default(null), remember }),
    mailboxRef,
    onPerson,
  ),
  editMailbox: command(
    'Change servers, user name or sign-in of a mailbox; what is not given stays.',
    mailboxRef.extend({
      address: address.optional(),
      username: z.string().trim().min(1).max(320).optional(),
      signIn: signInMethod.optional(),
      imap: mailServer.nullable().optional(),
      smtp: mailServer.nullable().optional(),
      network: networkProfile.optional(),
    }),
    mailbox,
    onMailbox,
  ),
  removeMailbox: command(
    'Remove a mailbox here and its stored secret. Nothing on the server changes; archives stay.',
    mailboxRef,
    nothing,
    onMailbox,
  ),
  setSecret: command(
    'Store the password or token of a mailbox. It is never given out again.',
    mailboxRef.extend({ secret: secretInput, remember }),
    z.strictObject({ store: z.enum(['keychain', 'vault', 'session']) }),
    onMailbox,
  ),
  forgetSecret: command('Delete the stored password or token of a mailbox.', mailboxRef, nothing, onMailbox),
}

const connecting = {
  discover: command(
    'Find the servers for an address; the run asks no password and sends none. Follow it by `discovery`.',
    z.strictObject({ email: address, network: networkProfile.nullable().default(null) }),
    started,
  ),
  discovery: query(
    'A discovery: its attempts and proposals so far, best first.',
    z.strictObject({ runId: z.string() }),
    discovery,
  ),
  useDiscovered: command(
    'Add a person and their mailbox with the settings that a discovery proposed.',
    z.strictObject({
      runId: z.string(),
      proposalId: z.string(),
      name,
      secret: secretInput.nullable().default(null),
      remember,
    }),
    z.strictObject({ personId: z.string(), mailboxId: z.string().nullable() }),
    () => 'people',
  ),
  checkSignIn: command(
    'Try the sign-in at the IMAP server, of a stored mailbox or of settings that are not stored yet.',
    z.strictObject({
      target: z.discriminatedUnion('kind', [
        mailboxRef.extend({ kind: z.literal('mailbox') }),
        z.strictObject({ kind: z.literal('draft'), mailbox: mailboxFields, secret: secretInput }),
      ]),
    }),
    signInCheck,
  ),
}

/** People, their mailboxes, and how to reach these. */
export const accountsContract = feature(
  'accounts',
  { ...people, ...mailboxes, ...connecting },
  {
    /** Empty: many have changed; refresh everything. */
    changed: z.strictObject({ personIds: z.array(z.string()) }),
    attempted: z.strictObject({ runId: z.string(), attemptId: z.string() }),
    /** A discovery has ended, however it ended. */
    discovered: z.strictObject({ runId: z.string() }),
  },
)
