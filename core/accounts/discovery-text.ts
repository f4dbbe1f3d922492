import { assertNever } from '../errors.ts'
import type { DiscoverySource, ProposalReason } from './discovery.ts'

/** A reason in words, as the person who chooses reads it. */
export function describeReason(reason: ProposalReason): string {
  switch (reason) {
    case 'published_by_domain':
      return 'The domain itself publishes these settings.'
    case 'published_unprotected':
      return 'Published in a way that somebody on the network could have changed: compare the server names with what the provider says.'
    case 'known_provider':
      return 'The domain’s mail goes to this provider, whose settings are known.'
    case 'guessed':
      return 'Nothing was published; these are the usual names.'
    case 'both_answer':
      return 'Both servers answer, with valid certificates where TLS is used.'
    case 'imap_answers':
      return 'The IMAP server answers.'
    case 'no_answer':
      return 'A server does not answer from this computer.'
    case 'untrusted_certificate':
      return 'The certificate of a server is not valid for its name, or nobody trusted has signed it.'
    case 'unencrypted':
      return 'Without TLS the password can be read on the way.'
    case 'no_submission':
      return 'No server for sending is named.'
    case 'agrees_with_others':
      return 'More than one source says the same.'
    default:
      return assertNever(reason)
  }
}

/** The name of a source, as a heading over its attempts. */
export function describeSource(source: DiscoverySource): string {
  switch (source) {
    case 'autoconfig':
      return 'Settings that the provider publishes'
    case 'srv':
      return 'Service records in DNS'
    case 'autodiscover':
      return 'Autodiscover'
    case 'mx':
      return 'Known providers'
    case 'guess':
      return 'Usual server names'
    default:
      return assertNever(source)
  }
}
