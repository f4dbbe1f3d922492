import type { CatalogueEntry } from './entry.ts'
import { quoted } from './entry.ts'

/** Encryption: between the open connection and the first word of IMAP or SMTP. */
export const tlsFindings = {
  'tls.intercepted': {
    actor: 'network',
    area: 'tls',
    confidence: 'likely',
    title: (say) =>
      `${say('interceptor', 'A security product')} opens the encrypted connection to ${say('host', 'the server')}`,
    detail: (say) =>
      `The certificate was issued by “${say('issuer', 'an inspection authority')}”, not by a public authority: something between this computer and the server reads along.`,
    nextStep: () =>
      'Whoever runs the network or the security software must exempt the mail server, or install its authority on this computer.',
  },
  'tls.not_yet_valid': {
    actor: 'server',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `The certificate of ${say('host', 'the server')} is not valid yet`,
    detail: (say) =>
      `It is valid from ${say('validFrom', 'a later day')}; this computer says that it is ${say('now', 'earlier')}.`,
    nextStep: () =>
      'Check the date of this computer first. If it is right, whoever runs the server must install a valid certificate.',
  },
  'tls.expired': {
    actor: 'server',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `The certificate of ${say('host', 'the server')} has expired`,
    detail: (say) =>
      `${say('what', 'It')} was valid until ${say('validTo', 'an earlier day')}. Mail programs refuse to connect.`,
    nextStep: () =>
      'Whoever runs the server must renew the certificate; nothing has to be changed on the device.',
  },
  'tls.name_mismatch': {
    actor: 'server',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `The certificate is not for ${say('host', 'this server name')}`,
    detail: (say) => `It names ${say('names', 'other servers')}. Mail programs refuse to connect.`,
    nextStep: (say) =>
      `If ${say('names', 'one of those')} is the proper name of this server, change the server name in the settings to it; otherwise whoever runs the server must install a certificate for ${say('host', 'this name')}.`,
  },
  'tls.self_signed': {
    actor: 'server',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `The certificate of ${say('host', 'the server')} is signed by itself`,
    detail: (say) =>
      `“${say('subject', 'It')}” vouches for itself; no authority that this computer trusts does.`,
    nextStep: () =>
      'Whoever runs the server must install a certificate of a trusted authority. If the company means this one, add it to the mailbox’s trusted certificates.',
  },
  'tls.incomplete_chain': {
    actor: 'server',
    area: 'tls',
    confidence: 'likely',
    title: (say) => `${say('host', 'The server')} sends its certificate without the one above it`,
    detail: (say) =>
      `The certificate was issued by “${say('issuer', 'an intermediate authority')}”, whose own certificate the server does not send. Some programs cope, others refuse.`,
    nextStep: () =>
      'Whoever runs the server must install the full chain (the certificate followed by the intermediate ones).',
  },
  'tls.untrusted_chain': {
    actor: 'server',
    area: 'tls',
    confidence: 'certain',
    title: (say) =>
      `The certificate of ${say('host', 'the server')} comes from an authority that is not trusted`,
    detail: (say) =>
      `Its chain ends at “${say('root', 'an unknown authority')}”, which this computer does not know.`,
    nextStep: () =>
      'If that is the company’s own authority, add it to the mailbox’s trusted certificates and to the device; otherwise whoever runs the server must use a public one.',
  },
  'tls.bad_certificate': {
    actor: 'server',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `The certificate of ${say('host', 'the server')} does not pass the check`,
    detail: (say) => `The check ended with: ${say('text', 'a refusal')}.`,
    nextStep: () => 'Whoever runs the server must install a certificate that is right for a mail server.',
  },
  'tls.plaintext_on_tls_port': {
    actor: 'device',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `Port ${say('port', '')} of ${say('host', 'the server')} does not start with TLS`,
    detail: (say) =>
      `The settings say TLS from the first byte; the server speaks first, in the clear: “${say('text', '')}”.`,
    nextStep: () =>
      'Change the connection security in the settings to STARTTLS, or the port to the one for TLS (993 for IMAP, 465 for SMTP).',
  },
  'tls.tls_on_plaintext_port': {
    actor: 'device',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `Port ${say('port', '')} of ${say('host', 'the server')} wants TLS from the first byte`,
    detail: (say) =>
      `The settings say ${say('security', 'STARTTLS')}, so the program waits for a greeting that never comes; a TLS handshake at the same port succeeds.`,
    nextStep: () => 'Change the connection security in the settings to TLS, then run this again.',
  },
  'tls.old_version': {
    actor: 'server',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `${say('host', 'The server')} speaks only ${say('version', 'an old version of TLS')}`,
    detail: () =>
      'Versions before TLS 1.2 are broken, and current programs and phones refuse them (RFC 8996).',
    nextStep: () => 'Whoever runs the server must switch on TLS 1.2 or newer.',
  },
  'tls.starttls_stripped': {
    actor: 'network',
    area: 'tls',
    confidence: 'likely',
    title: (say) =>
      `Something on the way takes the encryption out of the connection to ${say('host', 'the server')}`,
    detail: (say) =>
      `${say('text', 'The offer of STARTTLS is missing or overwritten')}. Firewalls that “inspect” mail do this. No password was sent.`,
    nextStep: () =>
      'Whoever runs the network must switch off mail inspection (SMTP/IMAP fixup). Until then use the port with TLS from the first byte.',
  },
  'tls.starttls_failed': {
    actor: 'server',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `${say('host', 'The server')} offers STARTTLS and then does not do it`,
    detail: quoted,
    nextStep: () =>
      'Whoever runs the server must look at its TLS settings and log. Until then use the port with TLS from the first byte.',
  },
  'tls.starttls_injection': {
    actor: 'server',
    area: 'tls',
    confidence: 'certain',
    title: (say) =>
      `${say('host', 'The server')} sends words before the encryption that would count as encrypted`,
    detail: (say) =>
      `After agreeing to STARTTLS it sent “${say('text', 'more text')}” in the clear: someone on the way can put words in its mouth.`,
    nextStep: () =>
      'Do not sign in over this connection. Whoever runs the server must update it; use the port with TLS from the first byte.',
  },
  'tls.handshake_failed': {
    actor: 'server',
    area: 'tls',
    confidence: 'likely',
    title: (say) => `No encrypted connection to ${say('host', 'the server')} comes about`,
    detail: (say) =>
      `The TLS handshake at ${say('target', 'its port')} ended with: ${say('text', 'a failure')}.`,
    nextStep: () => 'Whoever runs the server must look at its TLS settings and log.',
  },
  'tls.timed_out': {
    actor: 'server',
    area: 'tls',
    confidence: 'possible',
    title: (say) => `${say('host', 'The server')} does not answer the TLS handshake`,
    detail: (say) =>
      `The connection to ${say('target', 'it')} is open, but nothing came back to the first TLS message. Overloaded servers and inspecting firewalls do this.`,
    nextStep: () =>
      'Try from another network. If it is the same there, whoever runs the server must look at it.',
  },
  'tls.weak_key': {
    actor: 'server',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `The certificate of ${say('host', 'the server')} has a weak key`,
    detail: (say) =>
      `Its RSA key has ${say('bits', 'too few')} bits; 2048 is the least that programs accept.`,
    nextStep: () => 'Whoever runs the server must replace the certificate with one that has a stronger key.',
  },
  'tls.expires_soon': {
    actor: 'server',
    area: 'tls',
    confidence: 'certain',
    title: (say) =>
      `The certificate of ${say('host', 'the server')} expires in ${say('daysLeft', 'a few')} days`,
    detail: (say) =>
      `It is valid until ${say('validTo', 'soon')}. After that mail programs refuse to connect.`,
    nextStep: () => 'Whoever runs the server should renew it now.',
  },
  'tls.not_used': {
    actor: 'device',
    area: 'tls',
    confidence: 'certain',
    title: (say) => `The connection to ${say('host', 'the server')} is not encrypted`,
    detail: () => 'The settings say no encryption: the password and all mail can be read on the way.',
    nextStep: () => 'Change the connection security in the settings to TLS or STARTTLS.',
  },
} as const satisfies Record<string, CatalogueEntry>
