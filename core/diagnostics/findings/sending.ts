import type { CatalogueEntry } from './entry.ts'
import { quoted } from './entry.ts'

/** SMTP from the envelope on: who may send, to whom, how much. Enhanced codes are RFC 3463 and its registry. */
export const sendingFindings = {
  'smtp.rate_limited': {
    actor: 'sender',
    area: 'sending',
    confidence: 'certain',
    title: () => 'This mailbox has sent too much in a short time',
    detail: quoted,
    nextStep: () =>
      'Wait until the limit is over (often an hour or a day). If nobody sent that much, change the password: someone else may be sending.',
  },
  'smtp.sender_refused': {
    actor: 'sender',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `The server does not let this account send as ${say('sender', 'this address')}`,
    detail: quoted,
    nextStep: () =>
      'Send as the account’s own address, or let the administrator grant the right to send as this one.',
  },
  'smtp.relay_denied': {
    actor: 'device',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `${say('host', 'The server')} does not pass mail on for this connection`,
    detail: (say) => `It takes it for a stranger’s, who wants to send elsewhere. ${quoted(say)}`,
    nextStep: () => 'Switch on sign-in for the outgoing server in the settings, at port 587 or 465.',
  },
  'smtp.mailbox_full': {
    actor: 'account',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `The mailbox ${say('recipient', '')} is full and takes no mail`,
    detail: quoted,
    nextStep: () => 'Archive or delete mail in that mailbox, or let its administrator raise the quota.',
  },
  'smtp.mailbox_disabled': {
    actor: 'account',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `The mailbox ${say('recipient', '')} is switched off and takes no mail`,
    detail: quoted,
    nextStep: () => 'The administrator of that mailbox must re-enable it.',
  },
  'smtp.greylisted': {
    actor: 'server',
    area: 'sending',
    confidence: 'likely',
    title: () => 'The server asks to try again later, because it does not know the sender yet',
    detail: quoted,
    nextStep: () =>
      'Wait 5 to 15 minutes and try again; servers do so by themselves. Users who sign in should be exempt: tell whoever runs the server.',
  },
  'smtp.server_full': {
    actor: 'server',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `${say('host', 'The sending server')} has no room left`,
    detail: quoted,
    nextStep: () => 'Whoever runs the server must free disk space.',
  },
  'smtp.size_limit': {
    actor: 'sender',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `The server takes only messages up to ${say('limit', 'a small size')}`,
    detail: (say) => `${say('text', 'It announces so')}. Larger ones are refused.`,
    nextStep: () => 'Send large files as links, or let the administrator raise the limit.',
  },
  'smtp.policy_refused': {
    actor: 'sender',
    area: 'sending',
    confidence: 'certain',
    title: () => 'The server refuses the message by its rules',
    detail: quoted,
    nextStep: () =>
      'Read the server’s words: content, links, attachments or the sender’s domain are the usual reasons. The administrator can see which rule it was.',
  },
  'smtp.recipient_refused': {
    actor: 'sender',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `The server does not accept mail for ${say('recipient', 'the recipient')}`,
    detail: quoted,
    nextStep: () => 'Check the address; the mailbox may have been deleted or renamed.',
  },
  'smtp.temporary_failure': {
    actor: 'server',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `${say('host', 'The sending server')} asks to try again later`,
    detail: quoted,
    nextStep: () =>
      'Try again in a few minutes; if it stays so, whoever runs the server must look at its log.',
  },
  'smtp.refused': {
    actor: 'server',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `${say('host', 'The sending server')} refuses to send`,
    detail: quoted,
    nextStep: () => 'Ask whoever runs the server what its answer means.',
  },
} as const satisfies Record<string, CatalogueEntry>
