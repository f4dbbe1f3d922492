/** Takes secrets out of what the other side says. */
export type Conceal = (text: string) => string

/** Conceals nothing; for the time before a secret was sent. */
export const concealNothing: Conceal = (text) => text

/**
 * A server may echo what it was sent. Whatever it says after sign-in goes through this, so that a secret cannot
 * come into a transcript or an evidence by that way. Secrets shorter than three characters hide nothing.
 */
export function concealing(...secrets: readonly string[]): Conceal {
  const hidden = secrets.filter((secret) => secret.length >= 3).sort((a, b) => b.length - a.length)
  return (text) => hidden.reduce((shown, secret) => shown.replaceAll(secret, '[redacted]'), text)
}

/** The forms in which a secret crosses the wire: itself, and the SASL responses made of it. */
export function formsOf(secret: string, ...responses: readonly string[]): readonly string[] {
  return [secret, Buffer.from(secret).toString('base64'), ...responses]
}
