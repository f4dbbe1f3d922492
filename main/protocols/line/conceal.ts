import type { Secret } from '../../lib/secret.ts'
import { plainResponse, xoauth2Response } from './sasl.ts'

/** Takes secrets out of what the other side says. */
export type Conceal = (text: string) => string

/** Conceals nothing; for the time before a secret was sent. */
export const concealNothing: Conceal = (text) => text

/**
 * A server may echo what it was sent. Whatever it says after sign-in goes through this, so that a secret cannot
 * come into a transcript or an evidence by that way. Secrets shorter than three characters hide nothing.
 */
function concealing(...secrets: readonly string[]): Conceal {
  const hidden = secrets.filter((secret) => secret.length >= 3).sort((a, b) => b.length - a.length)
  return (text) => hidden.reduce((shown, secret) => shown.replaceAll(secret, '[redacted]'), text)
}

/** Conceals a secret in every form in which a sign-in sends it: as it is, quoted, and as the SASL responses. */
export function concealSignIn(username: string, secret: Secret): Conceal {
  const opened = secret.open()
  return concealing(
    opened,
    opened.replace(/[\\"]/g, '\\$&'),
    Buffer.from(opened).toString('base64'),
    plainResponse(username, opened),
    xoauth2Response(username, opened),
  )
}
