import type { CatalogueEntry } from './entry.ts'
import { quoted } from './entry.ts'

const server = (say: (fact: string, otherwise: string) => string) => say('host', 'The server')

/** IMAP from the greeting to the offer of a sign-in. */
export const greetingFindings = {
  'imap.greeting_bye': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: (say) => `${server(say)} says good-bye instead of hello`,
    detail: quoted,
    nextStep: () =>
      'Ask whoever runs the server why it turns connections from here away; its words are the best lead.',
  },
  'imap.no_greeting': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'likely',
    title: (say) => `${server(say)} accepts the connection and says nothing`,
    detail: (say) =>
      `No IMAP greeting came from ${say('target', 'it')} in ${say('seconds', 'the allowed')} seconds. An overloaded server or a firewall in between does this.`,
    nextStep: () =>
      'Try again in a few minutes. If it stays so, whoever runs the server must look at its load and its log.',
  },
  'imap.closed_early': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'likely',
    title: (say) => `${server(say)} hangs up in the middle of the conversation`,
    detail: (say) =>
      `The connection ended ${say('phase', 'before sign-in')}. The last words were: “${say('text', 'none')}”.`,
    nextStep: () => 'Whoever runs the server must look at its log for this time and address.',
  },
  'imap.stalled': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'likely',
    title: (say) => `${server(say)} stops answering in the middle of the conversation`,
    detail: (say) =>
      `Nothing came ${say('phase', 'to the next command')} in ${say('seconds', 'the allowed')} seconds.`,
    nextStep: () =>
      'Try again in a few minutes. If it stays so, whoever runs the server must look at its load and its log.',
  },
  'imap.not_imap': {
    actor: 'device',
    area: 'mailbox',
    confidence: 'certain',
    title: (say) => `Port ${say('port', '')} of ${say('host', 'the server')} does not speak IMAP`,
    detail: (say) => `It answered with ${say('looksLike', 'something else')}: “${say('text', '')}”.`,
    nextStep: () =>
      'Check the server name and the port in the settings: IMAP is at 993 (TLS) or 143 (STARTTLS).',
  },
  'imap.breaks_protocol': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: (say) => `${server(say)} sends what no IMAP server may send`,
    detail: (say) =>
      `The conversation was ended here, because ${say('text', 'its answer breaks the limits')}.`,
    nextStep: () =>
      'Whoever runs the server must look at it; something may also stand in between and alter the connection.',
  },
  'imap.preauth': {
    actor: 'server',
    area: 'mailbox',
    confidence: 'certain',
    title: (say) => `${server(say)} lets everyone in without a password`,
    detail: (say) =>
      `Its greeting is PREAUTH: “${say('text', '')}”. Over the network that is a mistake or an attack, and programs refuse it before TLS.`,
    nextStep: () => 'Whoever runs the server must switch this off at once for network connections.',
  },
  'imap.no_starttls': {
    actor: 'server',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `${server(say)} does not offer STARTTLS for IMAP`,
    detail: (say) =>
      `The settings ask for it at port ${say('port', '143')}; the server announces only: ${say('capabilities', 'other capabilities')}. No password was sent.`,
    nextStep: () =>
      'Set the mailbox to port 993 with TLS if the server has it; otherwise whoever runs the server must switch encryption on.',
  },
  'imap.login_disabled': {
    actor: 'device',
    area: 'auth',
    confidence: 'certain',
    title: (say) => `${server(say)} accepts no password over this connection`,
    detail: () =>
      'It announces LOGINDISABLED: it wants encryption before sign-in, and the settings have none.',
    nextStep: () =>
      'Change the connection security in the settings to TLS (port 993) or STARTTLS, then run this again.',
  },
  'imap.no_usable_mechanism': {
    actor: 'server',
    area: 'auth',
    confidence: 'certain',
    title: (say) => `${server(say)} offers no way to sign in that this mailbox can use`,
    detail: (say) =>
      `It announces ${say('mechanisms', 'no mechanism')}; the mailbox is set to ${say('signIn', 'another')}.`,
    nextStep: () =>
      'Whoever runs the server must switch on a suitable mechanism, or the mailbox must be set to the one that is offered.',
  },
} as const satisfies Record<string, CatalogueEntry>
