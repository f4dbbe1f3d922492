import type { CatalogueEntry } from './entry.ts'

/** What the domain publishes about its mail. */
export const domainFindings = {
  'dns.mx_null': {
    actor: 'domain_owner',
    area: 'dns',
    confidence: 'certain',
    title: (say) => `${say('domain', 'The domain')} says that it takes no mail`,
    detail: () => 'Its MX record is “.” (RFC 7505), so senders give up at once.',
    nextStep: () =>
      'If the domain is to receive mail, its owner must publish the MX record of its mail server.',
  },
  'dns.mx_missing': {
    actor: 'domain_owner',
    area: 'dns',
    confidence: 'certain',
    title: (say) => `${say('domain', 'The domain')} has no MX record`,
    detail: (say) => `Senders cannot learn where its mail goes${say('fallback', '')}.`,
    nextStep: () => 'The owner of the domain must publish the MX record that the mail provider names.',
  },
  'dns.mx_unresolvable': {
    actor: 'domain_owner',
    area: 'dns',
    confidence: 'certain',
    title: (say) => `The MX record of ${say('domain', 'the domain')} points to a name without an address`,
    detail: (say) =>
      `${say('host', 'The mail server')} cannot be found, so mail to the domain waits and comes back.`,
    nextStep: () => 'The owner of the domain must correct the MX record or give that name an address.',
  },
  'dns.mx_address': {
    actor: 'domain_owner',
    area: 'dns',
    confidence: 'certain',
    title: (say) => `The MX record of ${say('domain', 'the domain')} is an address instead of a name`,
    detail: (say) =>
      `It says ${say('host', 'an IP address')}; a host name is required (RFC 5321), and many senders refuse.`,
    nextStep: () => 'The owner of the domain must publish a host name as MX, with that address.',
  },
  'dns.mx_cname': {
    actor: 'domain_owner',
    area: 'dns',
    confidence: 'certain',
    title: (say) => `The MX record of ${say('domain', 'the domain')} points to an alias`,
    detail: (say) =>
      `${say('host', 'It')} is a CNAME of ${say('alias', 'another name')}; that is not allowed (RFC 2181), and some senders refuse.`,
    nextStep: () => 'The owner of the domain must publish the real name of the mail server as MX.',
  },
  'dns.srv_differs': {
    actor: 'domain_owner',
    area: 'dns',
    confidence: 'likely',
    title: (say) => `${say('domain', 'The domain')} publishes other servers than the ones in use`,
    detail: (say) =>
      `${say('record', 'Its SRV record')} says ${say('published', 'something else')}; this mailbox uses ${say('used', 'another server')}.`,
    nextStep: () =>
      'If the settings are right, the owner of the domain should correct the record: new devices are set up by it.',
  },
  'dns.autoconfig_differs': {
    actor: 'domain_owner',
    area: 'dns',
    confidence: 'likely',
    title: (say) =>
      `The automatic set-up of ${say('domain', 'the domain')} gives other servers than the ones in use`,
    detail: (say) =>
      `${say('url', 'Its autoconfig file')} says ${say('published', 'something else')}; this mailbox uses ${say('used', 'another server')}.`,
    nextStep: () =>
      'If the settings are right, the owner of the domain should correct the file: new devices are set up by it.',
  },
} as const satisfies Record<string, CatalogueEntry>
