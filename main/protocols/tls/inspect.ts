import { checkServerIdentity } from 'node:tls'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import type { CertificateFacts, TlsFacts } from '../../../core/diagnostics/judge-tls.ts'

const maxChain = 10

/** Everything that a verdict needs of an established session; the socket is left as it is. */
export function inspectTls(socket: TLSSocket, host: string): TlsFacts {
  const leaf = socket.getPeerCertificate(true)
  const has = Object.keys(leaf).length > 0
  return {
    version: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    // With a trusted chain Node also puts a name mismatch here; that is judged apart, by `nameMatches`.
    verifyError: codeOf(socket.authorizationError),
    names: has ? namesOf(leaf) : [],
    nameMatches: has && checkServerIdentity(host, leaf) === undefined,
    chain: has ? chainOf(leaf).map(factsOf) : [],
    rsaBits: has && leaf.modulus !== undefined ? (leaf.bits ?? null) : null,
  }
}

/** Node gives the code itself, although its types say an Error. */
/** Node's types say Error; it is OpenSSL's code as a string, or an error with a code. */
function codeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : error
  return typeof code !== 'string' || code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? null : code
}

/** The server's certificate and those above it; a self-signed one points at itself, which ends the walk. */
function chainOf(leaf: DetailedPeerCertificate): readonly DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = []
  let next: DetailedPeerCertificate | undefined = leaf
  while (next !== undefined && Object.keys(next).length > 0 && chain.length < maxChain) {
    chain.push(next)
    const above: DetailedPeerCertificate | undefined = next.issuerCertificate
    next = above === next ? undefined : above
  }
  return chain
}

function factsOf(certificate: DetailedPeerCertificate): CertificateFacts {
  const [subject, issuer] = [nameOf(certificate.subject), nameOf(certificate.issuer)]
  return {
    subject,
    issuer,
    validFromMs: Date.parse(certificate.valid_from),
    validToMs: Date.parse(certificate.valid_to),
    selfIssued: JSON.stringify(certificate.subject) === JSON.stringify(certificate.issuer),
    namesIssuerUrl: Object.keys(certificate.infoAccess ?? {}).some((method) =>
      method.startsWith('CA Issuers'),
    ),
  }
}

function namesOf(leaf: DetailedPeerCertificate): readonly string[] {
  const alternative = (leaf.subjectaltname ?? '')
    .split(', ')
    .map((name) => name.replace(/^(DNS|IP Address):/, ''))
    .filter((name) => name !== '')
  const common = firstOf(leaf.subject.CN)
  return alternative.length > 0 ? alternative : common === '' ? [] : [common]
}

/** The name that people know a certificate by: common name and organization. */
function nameOf(name: DetailedPeerCertificate['subject']): string {
  const [common, organization] = [firstOf(name.CN), firstOf(name.O)]
  if (common === '' || common === organization) return organization || 'no name'
  return organization === '' ? common : `${common} (${organization})`
}

const firstOf = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : (value?.[0] ?? '')
