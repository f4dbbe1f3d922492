import type { CatalogueEntry } from './entry.ts'

/** A real message from the mailbox to itself. Accepted is not delivered; delivered is not in the inbox. */
export const roundTripFindings = {
  'roundtrip.bounced': {
    actor: 'server',
    area: 'sending',
    confidence: 'certain',
    title: () => 'The message came back as undeliverable',
    detail: (say) => `The server accepted it and then returned it: “${say('text', 'no reason given')}”.`,
    nextStep: () => 'The reason in the returned message says who must act; give it to the administrator.',
  },
  'roundtrip.lost': {
    actor: 'server',
    area: 'sending',
    confidence: 'likely',
    title: () => 'The message was accepted and has not arrived',
    detail: (say) =>
      `The server said “${say('accepted', 'accepted')}”; ${say('seconds', 'some')} seconds later it is in no folder of the mailbox (${say('folders', 'all folders')} were searched).`,
    nextStep: (say) =>
      `Whoever runs the server must look for the message ${say('messageId', '')} in its log: it may wait in a queue, or be dropped by a filter.`,
  },
  'roundtrip.in_junk': {
    actor: 'domain_owner',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `The message arrived in ${say('folder', 'the junk folder')}, not in the inbox`,
    detail: (say) => `Checks of the receiving server: ${say('authentication', 'it reports none')}.`,
    nextStep: () =>
      'The owner of the domain must check SPF, DKIM and DMARC; the administrator can see why the filter took it for junk.',
  },
  'roundtrip.authentication_failed': {
    actor: 'domain_owner',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `The message does not pass ${say('failed', 'the sender checks')}`,
    detail: (say) =>
      `The receiving server reports: ${say('authentication', 'a failure')}. Other receivers may refuse it or put it into junk.`,
    nextStep: () =>
      'The owner of the domain must correct the DNS records for SPF, DKIM and DMARC, or send through the server that they name.',
  },
  'roundtrip.in_other_folder': {
    actor: 'account',
    area: 'mailbox',
    confidence: 'certain',
    title: (say) => `The message arrived in ${say('folder', 'another folder')}, not in the inbox`,
    detail: () => 'A rule of the mailbox or of the server moves it there.',
    nextStep: () =>
      'Look at the rules of the mailbox (webmail, mail programs, Sieve); one that nobody made may be a break-in.',
  },
  'roundtrip.delayed': {
    actor: 'server',
    area: 'sending',
    confidence: 'certain',
    title: (say) => `The message took ${say('total', 'long')} to arrive`,
    detail: (say) => `The longest wait was ${say('slowest', 'at one server')}.`,
    nextStep: () =>
      'Whoever runs that server must look at its queue; greylisting and overload are the usual reasons.',
  },
} as const satisfies Record<string, CatalogueEntry>
