import { createAuthority, expiredSince, selfSigned, validFor } from '../../main/practice/certificates.ts'
import type { Authority, KeyPair } from '../../main/practice/certificates.ts'

/** The certificates that tests of TLS need, all for the same names but one. */
export interface TestCertificates {
  readonly authority: Authority
  readonly caPem: string
  readonly valid: KeyPair
  /** Ended three days ago. */
  readonly expired: KeyPair
  /** Valid, but for `somebody-else.test` only. */
  readonly wrongName: KeyPair
  /** Right names, signed by nobody that anyone trusts. */
  readonly selfSigned: KeyPair
  /** Starts to be valid in a month. */
  readonly notYetValid: KeyPair
}

/** Makes an own authority and certificates of every kind for these DNS names and addresses. */
export async function makeCertificates(
  names: readonly string[],
  nowMs: number = Date.now(),
): Promise<TestCertificates> {
  const authority = await createAuthority('Mail Desk test authority', validFor(400, nowMs))
  const monthMs = 30 * 86_400_000
  return {
    authority,
    caPem: authority.caPem,
    valid: await authority.issue(names, validFor(90, nowMs)),
    expired: await authority.issue(names, expiredSince(3, nowMs)),
    wrongName: await authority.issue(['somebody-else.test'], validFor(90, nowMs)),
    selfSigned: await selfSigned(names, validFor(90, nowMs)),
    notYetValid: await authority.issue(names, validFor(90, nowMs + monthMs)),
  }
}
