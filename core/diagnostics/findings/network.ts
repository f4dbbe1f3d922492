import type { CatalogueEntry } from './entry.ts'

/** The computer and the network that it is in: whatever is wrong here explains everything above. */
export const networkFindings = {
  'network.offline': {
    actor: 'network',
    area: 'network',
    confidence: 'likely',
    title: () => 'This computer has no connection to the internet',
    detail: (say) =>
      `Neither the mail servers nor any of the control addresses answered (${say('controls', 'none was reached')}).`,
    nextStep: () => 'Check the cable, the wireless network or the VPN, then run this again.',
  },
  'network.captive_portal': {
    actor: 'network',
    area: 'network',
    confidence: 'certain',
    title: () => 'The network wants a sign-in page to be filled in first',
    detail: (say) =>
      `A page that always gives a known answer (${say('url', 'the control page')}) gave something else: ${say('got', 'another page')}.`,
    nextStep: () =>
      'Open any web page in a browser, complete the sign-in of this network, then run this again.',
  },
  'device.clock_skew': {
    actor: 'device',
    area: 'device',
    confidence: 'certain',
    title: (say) => `The clock of this computer is ${say('skew', 'far')} ${say('direction', 'wrong')}`,
    detail: (say) =>
      `${say('source', 'A server')} says that it is ${say('serverTime', 'another time')}; this computer says ${say('deviceTime', 'otherwise')}. Certificates and sign-in tokens are judged by the clock.`,
    nextStep: () => 'Switch on automatic date and time on this computer, then run this again.',
  },
  'dns.no_answers': {
    actor: 'network',
    area: 'dns',
    confidence: 'likely',
    title: () => 'No DNS server answers',
    detail: (say) =>
      `Names that always exist could not be looked up (${say('names', 'control names')}): ${say('text', 'no answer')}.`,
    nextStep: (say) =>
      `Check the DNS servers of this network (${say('servers', 'as the system has them')}), or use others, then run this again.`,
  },
  'network.port_blocked': {
    actor: 'network',
    area: 'network',
    confidence: 'likely',
    title: (say) => `This network blocks port ${say('port', 'of the mail server')}`,
    detail: (say) =>
      `Port ${say('port', '')} gives no connection to ${say('host', 'the mail server')}, nor to ${say('control', 'a control server')} that is known to listen there; other ports pass.`,
    nextStep: (say) =>
      `Whoever runs this network must let outgoing port ${say('port', '')} through. Until then use another network, or another port of the same server.`,
  },
  'network.unreachable': {
    actor: 'network',
    area: 'network',
    confidence: 'likely',
    title: (say) => `There is no way from this network to ${say('host', 'the mail server')}`,
    detail: (say) =>
      `The connection to ${say('target', 'its address')} ended with: ${say('text', 'no route')}.`,
    nextStep: () => 'Check the VPN and the routes of this network, then run this again.',
  },
  'network.ipv6_broken': {
    actor: 'network',
    area: 'network',
    confidence: 'likely',
    title: () => 'IPv6 is switched on here but leads nowhere',
    detail: (say) =>
      `${say('target', 'A control address')} answers over IPv4 and not over IPv6, although this computer has an IPv6 address.`,
    nextStep: () =>
      'Whoever runs this network must repair or switch off IPv6; mail programs may wait long before they try IPv4.',
  },
} as const satisfies Record<string, CatalogueEntry>
