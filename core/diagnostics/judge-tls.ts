import type { FindingCode } from './findings.ts'
import type { Facts, VerdictStatus } from './types.ts'

/** A certificate as far as a verdict needs it. Times are milliseconds since the epoch. */
export interface CertificateFacts {
  readonly subject: string
  readonly issuer: string
  readonly validFromMs: number
  readonly validToMs: number
  /** It names itself as its issuer. */
  readonly selfIssued: boolean
  /** It says where its issuer's certificate can be fetched (RFC 5280 section 4.2.2.1), as public ones do. */
  readonly namesIssuerUrl: boolean
}

/** An established TLS session, whatever its certificate is worth. */
export interface TlsFacts {
  /** `TLSv1.3`. */
  readonly version: string
  readonly cipher: string
  /** OpenSSL's verdict on the chain (`CERT_HAS_EXPIRED`); null when it trusts it. */
  readonly verifyError: string | null
  /** The names that the certificate is for. */
  readonly names: readonly string[]
  readonly nameMatches: boolean
  /** The server's own first, then what it sent above. */
  readonly chain: readonly CertificateFacts[]
  /** RSA only; null for other keys. */
  readonly rsaBits: number | null
}

/** What the certificate and the session are worth. */
export interface TlsVerdict {
  readonly status: VerdictStatus
  readonly code: FindingCode | null
  readonly facts: Facts
  readonly evidence: string
}

const dayMs = 86_400_000
const warnDays = 14

/** Products that open TLS connections on the way, by the issuers that they sign with. */
const interceptors =
  /fortinet|fortigate|zscaler|sophos|kaspersky|eset|avast|\bavg\b|bitdefender|palo alto|netskope|blue ?coat|mcafee|trellix|untangle|checkpoint|check point|watchguard|sonicwall|barracuda|smoothwall|cisco umbrella|cisco secure|squid|mitmproxy|charles proxy|(ssl|tls|https) ?(deep )?inspection/i

/** Judges a session against the name that was asked for and the clock. The first thing that is wrong is the verdict. */
export function judgeTls(tls: TlsFacts, host: string, nowMs: number): TlsVerdict {
  const leaf = tls.chain[0]
  if (leaf === undefined)
    return verdict(
      'fail',
      'tls.bad_certificate',
      { text: 'the server sent no certificate' },
      'No certificate',
    )
  const facts = factsOf(tls, leaf, host, nowMs)
  const fail = (code: FindingCode, evidence: string) => verdict('fail', code, facts, evidence)
  if (/^(TLSv1(\.1)?|SSLv\d)$/.test(tls.version)) return fail('tls.old_version', `Only ${tls.version}`)
  const interceptor = tls.verifyError === null ? null : interceptorOf(tls)
  if (interceptor !== null)
    return verdict('fail', 'tls.intercepted', { ...facts, interceptor }, `Issued by ${leaf.issuer}`)
  const late = outOfDate(tls, nowMs)
  if (late !== undefined) return fail('tls.expired', `Expired on ${day(late.validToMs)}`)
  if (leaf.validFromMs > nowMs) return fail('tls.not_yet_valid', `Valid from ${day(leaf.validFromMs)}`)
  if (tls.verifyError !== null) return fail(distrust(tls, leaf), tls.verifyError)
  if (!tls.nameMatches)
    return fail('tls.name_mismatch', `For ${tls.names.slice(0, 5).join(', ') || 'no name'}`)
  if (isWeak(tls)) return fail('tls.weak_key', `RSA with ${tls.rsaBits ?? 0} bits`)
  const daysLeft = Math.floor((leaf.validToMs - nowMs) / dayMs)
  const evidence = `${tls.version}, ${tls.cipher}, valid until ${day(leaf.validToMs)}`
  // A short-lived certificate is renewed late in its life by design.
  const soon = daysLeft < Math.min(warnDays, (leaf.validToMs - leaf.validFromMs) / dayMs / 4)
  return soon
    ? verdict('warning', 'tls.expires_soon', facts, evidence)
    : verdict('pass', null, facts, evidence)
}

/** Servers send old certificates that nobody needs along with good ones: those count only where the chain fails. */
function outOfDate(tls: TlsFacts, nowMs: number): CertificateFacts | undefined {
  const judged = tls.verifyError === 'CERT_HAS_EXPIRED' ? tls.chain : tls.chain.slice(0, 1)
  return judged.find((certificate) => certificate.validToMs < nowMs)
}

function distrust(tls: TlsFacts, leaf: CertificateFacts): FindingCode {
  // Node has no name for OpenSSL's "EE certificate key too weak".
  if (tls.verifyError === 'UNSPECIFIED' && isWeak(tls)) return 'tls.weak_key'
  if (leaf.selfIssued) return 'tls.self_signed'
  switch (tls.verifyError) {
    case 'CERT_HAS_EXPIRED':
      return 'tls.expired'
    case 'CERT_NOT_YET_VALID':
      return 'tls.not_yet_valid'
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return 'tls.untrusted_chain'
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return tls.chain.length === 1 && leaf.namesIssuerUrl ? 'tls.incomplete_chain' : 'tls.untrusted_chain'
    default:
      return 'tls.bad_certificate'
  }
}

const isWeak = ({ rsaBits }: TlsFacts): boolean => rsaBits !== null && rsaBits < 2048

function interceptorOf(tls: TlsFacts): string | null {
  const issuers = tls.chain.map((certificate) => certificate.issuer).join(' ')
  return interceptors.exec(issuers)?.[0] ?? null
}

function factsOf(tls: TlsFacts, leaf: CertificateFacts, host: string, nowMs: number): Facts {
  const late = outOfDate(tls, nowMs)
  return {
    host,
    version: tls.version,
    cipher: tls.cipher,
    subject: leaf.subject,
    issuer: leaf.issuer,
    root: tls.chain.at(-1)?.issuer ?? leaf.issuer,
    names: tls.names.slice(0, 20),
    validFrom: day(leaf.validFromMs),
    validTo: day((late ?? leaf).validToMs),
    what: late === undefined || late === leaf ? 'It' : `The certificate above it (“${late.subject}”)`,
    daysLeft: Math.floor((leaf.validToMs - nowMs) / dayMs),
    now: day(nowMs),
    bits: tls.rsaBits,
    text: tls.verifyError,
    chainLength: tls.chain.length,
  }
}

function verdict(
  status: VerdictStatus,
  code: FindingCode | null,
  facts: Facts,
  evidence: string,
): TlsVerdict {
  return { status, code, facts, evidence }
}

const day = (ms: number): string =>
  Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 10) : 'an unknown day'
