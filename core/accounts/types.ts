import { z } from 'zod'

/** How a connection is protected: TLS from the first byte, upgraded by STARTTLS, or not at all. */
export const transportSecurity = z.enum(['tls', 'starttls', 'none'])
export type TransportSecurity = z.infer<typeof transportSecurity>

/** Where a protocol is spoken: one IMAP or one submission server. */
export const mailServer = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.number().int().min(1).max(65535),
  security: transportSecurity,
})
export type MailServer = z.infer<typeof mailServer>

/** Password (LOGIN or SASL PLAIN) or an OAuth 2 bearer token (SASL XOAUTH2). */
export const signInMethod = z.enum(['password', 'xoauth2'])
export type SignInMethod = z.infer<typeof signInMethod>

/**
 * The network as this mailbox sees it. Empty means: as the system does.
 * `dnsServers` are `address` or `address:port`; `trustedCaPem` is a private CA trusted beside the public ones.
 */
export const networkProfile = z.strictObject({
  dnsServers: z.array(z.string().max(100)).max(8),
  trustedCaPem: z.string().max(200_000).nullable(),
})
export type NetworkProfile = z.infer<typeof networkProfile>

/** An employee whose mail we keep working. `origin` tells invented people from real ones. */
export const person = z.strictObject({
  personId: z.string(),
  name: z.string().max(200),
  email: z.string().max(320),
  origin: z.enum(['added', 'practice']),
  createdAtMs: z.number(),
})
export type Person = z.infer<typeof person>

/** One mailbox of a person. The secret itself is in the secret store under `mailbox:<mailboxId>`. */
export const mailbox = z.strictObject({
  mailboxId: z.string(),
  personId: z.string(),
  address: z.string().max(320),
  username: z.string().max(320),
  signIn: signInMethod,
  imap: mailServer.nullable(),
  smtp: mailServer.nullable(),
  network: networkProfile,
  createdAtMs: z.number(),
})
export type Mailbox = z.infer<typeof mailbox>
