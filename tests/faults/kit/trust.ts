import {
  createAuthority,
  createLeaf,
  createSelfSigned,
  inDays,
  type Authority,
  type Credentials,
} from './certificates.ts'

/** The authorities of the lab: one that the mailbox trusts, and those that it does not. */
export interface Trust {
  readonly authority: Authority
  readonly intermediate: Authority
  /** Known to nobody. */
  readonly stranger: Authority
  /** What a firewall or a virus scanner signs with when it reads TLS. */
  readonly interceptor: Authority
}

/** Made once for a whole run of the lab. */
export async function createTrust(): Promise<Trust> {
  const authority = await createAuthority('Harbour Example Root CA')
  return {
    authority,
    intermediate: await createAuthority('Harbour Example Issuing CA', authority),
    stranger: await createAuthority('Backroom Lab CA'),
    interceptor: await createAuthority('FortiGate SSL Inspection CA'),
  }
}

/** What is the matter with a server's certificate. */
export type CertificateKind =
  | 'good'
  | 'with_intermediate'
  | 'expired'
  | 'not_yet_valid'
  | 'expires_soon'
  | 'wrong_name'
  | 'self_signed'
  | 'unknown_authority'
  | 'missing_intermediate'
  | 'intercepted'
  | 'weak_key'
  | 'for_clients'

/** Makes the certificate of a server with these names. */
export function certificateFor(
  kind: CertificateKind,
  names: readonly string[],
  trust: Trust,
): Promise<Credentials> {
  switch (kind) {
    case 'good':
      return createLeaf({ names, issuer: trust.authority })
    case 'with_intermediate':
      return createLeaf({ names, issuer: trust.intermediate, chain: [trust.intermediate] })
    case 'expired':
      return createLeaf({ names, issuer: trust.authority, notBefore: inDays(-90), notAfter: inDays(-2) })
    case 'not_yet_valid':
      return createLeaf({ names, issuer: trust.authority, notBefore: inDays(3), notAfter: inDays(90) })
    case 'expires_soon':
      return createLeaf({ names, issuer: trust.authority, notAfter: inDays(3) })
    case 'wrong_name':
      return createLeaf({ names: ['other.example', 'www.other.example'], issuer: trust.authority })
    case 'self_signed':
      return createSelfSigned(names)
    case 'unknown_authority':
      return createLeaf({ names, issuer: trust.stranger })
    case 'missing_intermediate':
      return createLeaf({
        names,
        issuer: trust.intermediate,
        issuerUrl: 'http://ca.harbour.example/issuing.crt',
      })
    case 'for_clients':
      return createLeaf({ names, issuer: trust.authority, forClients: true })
    case 'weak_key':
      return createLeaf({ names, issuer: trust.authority, rsaBits: 1024 })
    case 'intercepted':
      return createLeaf({ names, issuer: trust.interceptor })
  }
}
