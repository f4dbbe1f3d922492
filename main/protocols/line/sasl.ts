import type { Credentials } from '../../features/diagnostics/ports.ts'

/** SASL PLAIN (RFC 4616), base64. */
export function plainResponse(username: string, password: string): string {
  return Buffer.from(`\0${username}\0${password}`).toString('base64')
}

/** XOAUTH2 (developers.google.com/gmail/imap/xoauth2-protocol), base64. */
export function xoauth2Response(username: string, token: string): string {
  return Buffer.from(`user=${username}\x01auth=Bearer ${token}\x01\x01`).toString('base64')
}

/** The mechanism to use out of those that are offered; null when none of them suits the mailbox. */
export function chooseMechanism(
  credentials: Pick<Credentials, 'signIn'>,
  offered: readonly string[],
): 'PLAIN' | 'LOGIN' | 'XOAUTH2' | null {
  if (credentials.signIn === 'xoauth2') return offered.includes('XOAUTH2') ? 'XOAUTH2' : null
  if (offered.includes('PLAIN')) return 'PLAIN'
  return offered.includes('LOGIN') ? 'LOGIN' : null
}
