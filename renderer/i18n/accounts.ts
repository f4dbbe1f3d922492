import { assertNever } from '../../core/errors.ts'
import { formatCount, plural } from './format.ts'

const people = { one: 'person', other: 'people' }
const mailboxes = { one: 'mailbox', other: 'mailboxes' }
const questions = { one: 'question', other: 'questions' }

/** Words of the People screen: the list and a person's page. */
export const peopleWords = {
  title: 'People',
  list: 'People',
  search: 'Find by name or address',
  total: (count: number) => plural(count, people),
  totalMatching: (count: number) => `${plural(count, people)} found`,
  mailboxes: (count: number) => (count === 0 ? 'no mailbox' : plural(count, mailboxes)),
  add: 'Add a person',
  nothingTitle: 'Nobody here yet',
  nothingText: 'People and their mailboxes are kept here, so that each can be diagnosed and archived.',
  noMatchTitle: 'Nobody matches',
  noMatchText: 'Every word has to be in the name or in one of the addresses.',
  chooseTitle: 'Choose a person',
  chooseText: 'Their mailboxes, tickets and archives are shown here.',
  practice: 'Practice company',
  shortcuts: 'People',
} as const

/** Words of one person. */
export const personWords = {
  edit: 'Edit name and address',
  remove: 'Remove person',
  addMailbox: 'Add a mailbox',
  more: 'More',
  mailboxes: 'Mailboxes',
  noMailboxTitle: 'No mailbox yet',
  noMailboxText: 'With one, it can be diagnosed and archived.',
  save: 'Save name and address',
  saved: (name: string) => `${name} was saved.`,
  name: 'Name',
  email: 'E-mail address',
  removeTitle: (name: string) => `Remove ${name}?`,
  removeWhat: (name: string) => `${name} and everything that Mail Desk needs to reach their mail:`,
  removeCannot: 'Stored passwords and tokens are deleted.',
  removeWayBack: 'Add the person again. Mail on the server, archives and tickets stay as they are.',
  removed: (name: string) => `${name} was removed.`,
  tickets: 'Tickets',
  noTickets: 'No tickets from this person.',
  newTicket: 'Open a ticket',
  context: 'What is linked to this person',
} as const

/** Words of one mailbox. */
export const mailboxWords = {
  receiving: 'Receiving',
  sending: 'Sending',
  noServer: 'No server is set',
  username: 'User name',
  signIn: 'Sign-in',
  signIns: { password: 'Password', xoauth2: 'OAuth 2 token' },
  secret: 'Secret',
  secretStates: {
    stored: { keychain: 'In the keychain', vault: 'In the vault', session: 'Until the program ends' },
    missing: 'Not stored',
    unknown: 'The vault is locked',
  },
  securities: { tls: 'TLS', starttls: 'STARTTLS', none: 'Not encrypted' },
  ownDns: 'Name servers',
  ownCa: 'Private CA',
  ownCaYes: 'A certificate of its own is trusted',
  diagnose: 'Diagnose mailbox',
  archive: 'Archive mailbox',
  check: 'Check sign-in',
  setSecret: { password: 'Set password', xoauth2: 'Set token' },
  edit: 'Edit servers',
  forget: 'Delete the stored secret',
  forgotten: 'The stored secret was deleted.',
  remove: 'Remove mailbox',
  removeTitle: (address: string) => `Remove ${address}?`,
  removeWhat: 'The servers and the sign-in of this mailbox are removed from Mail Desk.',
  removeCannot: 'The stored password or token is deleted.',
  removeWayBack: 'Add the mailbox again. Mail on the server, archives and tickets stay as they are.',
  removed: (address: string) => `${address} was removed.`,
  lastDiagnosis: 'Last diagnosis',
  noDiagnosis: 'Never diagnosed',
  notKnown: 'Not known now',
  running: 'A diagnosis is running',
  noFinding: 'It came to no conclusion',
  archived: 'Archive',
  notArchived: 'Not archived',
  archivedCount: (count: number, name: string) =>
    `${plural(count, { one: 'message', other: 'messages' })} in ${name}`,
  missingCount: (count: number) => `${plural(count, { one: 'message', other: 'messages' })} missing`,
  more: (address: string) => `More acts for ${address}`,
} as const

/** Words of the form with servers and sign-in. */
export const mailboxFormWords = {
  editTitle: (address: string) => `Servers of ${address}`,
  address: 'E-mail address',
  addressBad: 'Write a whole address, such as ana@example.org.',
  username: 'User name',
  usernameHint: 'Usually the whole address.',
  usernameOptional: 'Only when it differs from the address.',
  signIn: 'Sign-in',
  signInHint: 'A token is what a command or the provider’s page prints.',
  receiving: 'Receiving: IMAP server',
  sending: 'Sending: SMTP server',
  host: 'Server name',
  port: 'Port',
  portBad: 'A port is a number from 1 to 65535.',
  security: 'Encryption',
  hostHint: 'A server name that is left empty leaves that part out.',
  network: 'Advanced: own network',
  networkHint: 'For a company with its own name servers or its own certificate authority. Usually empty.',
  dns: 'Name servers',
  dnsHint: 'Addresses, separated by commas; a port may follow a colon.',
  ca: 'Certificate of the private authority (PEM)',
  save: 'Save servers',
  saved: 'The servers were saved.',
  noneOfBoth: 'Give at least one server.',
} as const

/** Words of the field that chooses a mailbox. */
export const mailboxFieldWords = {
  someOf: (shown: number, total: number) =>
    `${formatCount(shown)} of ${formatCount(total)} are shown; type to find the others.`,
} as const

/** Words of storing a password or token. */
export const secretWords = {
  title: { password: 'Set password', xoauth2: 'Set token' },
  label: { password: 'Password', xoauth2: 'OAuth 2 access token' },
  hint: {
    password: 'Some providers want a password that was made for one program (an app password).',
    xoauth2: 'As a token command prints it. It works until it expires.',
  },
  remember: 'Keep it',
  rememberHint: { on: 'It is stored where Settings says.', off: 'It is forgotten when the program ends.' },
  save: { password: 'Store password', xoauth2: 'Store token' },
  stored: {
    keychain: 'Stored in the keychain of this computer.',
    vault: 'Stored in the encrypted vault.',
    session: 'Kept until the program ends.',
  },
  needed: 'Type it first.',
  vaultLocked: 'The vault is locked. Open it to keep this, or keep it only until the program ends.',
  vaultMissing:
    'This computer has no keychain that works, so passwords are kept in a vault with a passphrase. Make it now, or keep this one only until the program ends.',
} as const

/** Words of the flow that adds a mailbox. */
export const addWords = {
  title: 'Add a person',
  titleFor: (name: string) => `Add a mailbox for ${name}`,
  who: 'Whose mailbox?',
  email: 'E-mail address',
  lead: 'The servers are found from the address. No password is asked for or sent meanwhile.',
  name: 'Name',
  find: 'Find servers',
  again: 'Find servers again',
  byHand: 'Enter servers by hand',
  cancel: 'Cancel',
  found: 'Servers',
  looking: 'Asking the domain, its name servers and the usual places.',
  lookingCount: (done: number, total: number) => `${done} of ${plural(total, questions)} answered`,
  noneTitle: 'No servers were found',
  noneText: 'Nothing is published, and the usual names do not answer. Enter the servers by hand.',
  stop: 'Stop looking',
  attempts: 'What was asked, and what came back',
  proposal: 'Settings to use',
  best: 'Best',
  outcomes: {
    asking: 'asking',
    found: 'found',
    nothing: 'nothing',
    failed: 'failed',
    cancelled: 'stopped',
  },
  unprotected: 'not protected on the way',
  settings: 'Settings',
  change: 'Change these settings',
  signIn: 'Sign-in',
  check: 'Check sign-in',
  checkAgain: 'Check again',
  save: 'Save person and mailbox',
  saveMailbox: 'Save mailbox',
  saveUnchecked: 'The sign-in was not checked yet; you can save all the same.',
  saved: (name: string) => `${name} was added.`,
  savedMailbox: (address: string) => `${address} was added.`,
  answers: {
    answered: 'answers',
    untrusted: 'certificate not trusted',
    failed: 'no answer',
    unchecked: 'not asked yet',
  },
} as const

/** The result of trying a sign-in. */
export const signInWords = {
  accepted: 'The server accepts the sign-in.',
  refused: 'The server refuses the sign-in.',
  refusedNext: 'Check the user name and the password. Some providers want an app password or a token.',
  said: 'It says',
  unreachable: 'The server was not reached, so nothing is known about the password.',
  notTried: (reason: 'no_server' | 'no_secret' | 'vault_locked'): string => {
    switch (reason) {
      case 'no_server':
        return 'No IMAP server is set, so there is nowhere to sign in.'
      case 'no_secret':
        return 'No password or token is stored. Set it first.'
      case 'vault_locked':
        return 'The vault is locked. Open it in Settings first.'
      default:
        return assertNever(reason)
    }
  },
} as const
