import type { CatalogueEntry } from './entry.ts'

/** From the name of a server to an open connection. */
export const reachFindings = {
  'settings.no_server': {
    actor: 'device',
    area: 'device',
    confidence: 'certain',
    title: () => 'No server is set for this mailbox',
    detail: () => 'Neither an IMAP nor an SMTP server is known, so there is nothing to connect to.',
    nextStep: () => 'Enter the servers of the mailbox, or let the desk discover them from the address.',
  },
  'settings.server_name_wrong': {
    actor: 'device',
    area: 'dns',
    confidence: 'likely',
    title: (say) => `The server name ${say('host', 'in the settings')} is wrong`,
    detail: (say) =>
      `${say('host', 'It')} does not exist. The domain itself publishes ${say('published', 'another server')}.`,
    nextStep: (say) =>
      `Change the server in the settings to ${say('published', 'the published one')} with ${say('encryption', 'encryption')}, then run this again.`,
  },
  'dns.domain_not_found': {
    actor: 'domain_owner',
    area: 'dns',
    confidence: 'certain',
    title: (say) => `The domain ${say('domain', 'of the address')} does not exist`,
    detail: (say) =>
      `DNS answers that there is no ${say('domain', 'such name')}. No mail can be sent to it, and its servers cannot be found.`,
    nextStep: () =>
      'Check the spelling of the address. If it is right, the owner of the domain must renew it or restore its zone.',
  },
  'dns.host_not_found': {
    actor: 'domain_owner',
    area: 'dns',
    confidence: 'certain',
    title: (say) => `The server name ${say('host', '')} does not exist`,
    detail: (say) =>
      `DNS answers that there is no such name (asked ${say('servers', 'the servers of this computer')}).`,
    nextStep: () =>
      'Check the spelling in the settings. If it is right, the owner of the domain must restore the record.',
  },
  'dns.host_no_address': {
    actor: 'domain_owner',
    area: 'dns',
    confidence: 'certain',
    title: (say) => `The server name ${say('host', '')} has no address`,
    detail: () => 'The name exists in DNS, with neither an A nor an AAAA record.',
    nextStep: (say) =>
      `The owner of the domain must add the address of the server to ${say('host', 'the name')}.`,
  },
  'dns.lookup_failed': {
    actor: 'domain_owner',
    area: 'dns',
    confidence: 'likely',
    title: (say) => `The name servers cannot say where ${say('host', 'the server')} is`,
    detail: (say) =>
      `Other names are answered; for this one the answer was: ${say('text', 'a failure')}. DNSSEC errors and broken name servers look like this.`,
    nextStep: () => 'The owner of the domain must check its name servers and its DNSSEC signatures.',
  },
  'settings.port_wrong': {
    actor: 'device',
    area: 'network',
    confidence: 'likely',
    title: (say) => `Port ${say('port', '')} in the settings is wrong`,
    detail: (say) =>
      `${say('host', 'The server')} accepts no connection at port ${say('port', '')}, but does at ${say('openPorts', 'another port')}.`,
    nextStep: (say) =>
      `Change the port in the settings to ${say('openPorts', 'the one that is open')}, then run this again.`,
  },
  'tcp.refused': {
    actor: 'server',
    area: 'network',
    confidence: 'certain',
    title: (say) => `${say('host', 'The server')} refuses connections at port ${say('port', '')}`,
    detail: (say) => `${say('target', 'It')} is there and answers that nothing listens at this port.`,
    nextStep: () =>
      'Whoever runs the server must start the service or open the port; check also that the port in the settings is right.',
  },
  'tcp.timed_out': {
    actor: 'server',
    area: 'network',
    confidence: 'possible',
    title: (say) => `${say('host', 'The server')} does not answer at port ${say('port', '')}`,
    detail: (say) =>
      `Nothing came back from ${say('target', 'it')} within ${say('seconds', 'the time allowed')} seconds: the server is down, or a firewall drops the connection.`,
    nextStep: () =>
      'Ask whoever runs the server whether it is up. Try from another network: if it answers there, this network blocks it.',
  },
  'tcp.reset': {
    actor: 'network',
    area: 'network',
    confidence: 'possible',
    title: (say) => `The connection to ${say('host', 'the server')} is cut off`,
    detail: (say) =>
      `${say('target', 'It')} accepts the connection at port ${say('port', '')} and ends it before a word is said. Firewalls and overloaded servers do this.`,
    nextStep: () =>
      'Try from another network. If it is the same there, whoever runs the server must look at its log for this address.',
  },
  'tcp.some_addresses_fail': {
    actor: 'server',
    area: 'network',
    confidence: 'certain',
    title: (say) => `${say('host', 'The server')} answers at some of its addresses only`,
    detail: (say) =>
      `${say('target', 'One address')}: ${say('text', 'no connection')}. Its other addresses answer, so connecting is slow or fails now and then.`,
    nextStep: () => 'Whoever runs the server must repair that address or take it out of DNS.',
  },
} as const satisfies Record<string, CatalogueEntry>
