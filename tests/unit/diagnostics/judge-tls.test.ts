import { describe, expect, test } from 'vitest'
import { judgeTls } from '../../../core/diagnostics/judge-tls.ts'
import type { CertificateFacts, TlsFacts } from '../../../core/diagnostics/judge-tls.ts'

const nowMs = Date.UTC(2026, 10, 24)
const dayMs = 86_400_000
const certificate = (changes: Partial<CertificateFacts> = {}): CertificateFacts => ({
  subject: 'imap.harbour.example',
  issuer: 'Harbour CA',
  validFromMs: nowMs - 30 * dayMs,
  validToMs: nowMs + 60 * dayMs,
  selfIssued: false,
  namesIssuerUrl: false,
  ...changes,
})
const session = (changes: Partial<TlsFacts> = {}, leaf: Partial<CertificateFacts> = {}): TlsFacts => ({
  version: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  verifyError: null,
  names: ['imap.harbour.example'],
  nameMatches: true,
  chain: [certificate(leaf)],
  rsaBits: null,
  ...changes,
})

describe('What a certificate is worth', () => {
  test.each<[string, TlsFacts, string]>([
    ['a good one', session(), 'pass null'],
    ['an old version', session({ version: 'TLSv1.1' }), 'fail tls.old_version'],
    [
      'one that is over',
      session({ verifyError: 'CERT_HAS_EXPIRED' }, { validToMs: nowMs - dayMs }),
      'fail tls.expired',
    ],
    ['one that has not begun', session({}, { validFromMs: nowMs + dayMs }), 'fail tls.not_yet_valid'],
    ['one for another name', session({ nameMatches: false }), 'fail tls.name_mismatch'],
    [
      'one that vouches for itself',
      session({ verifyError: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, { selfIssued: true }),
      'fail tls.self_signed',
    ],
    [
      'one of an unknown authority',
      session({ verifyError: 'SELF_SIGNED_CERT_IN_CHAIN' }),
      'fail tls.untrusted_chain',
    ],
    [
      'one without those above',
      session({ verifyError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, { namesIssuerUrl: true }),
      'fail tls.incomplete_chain',
    ],
    [
      'one of an inspecting firewall',
      session({ verifyError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, { issuer: 'FortiGate CA' }),
      'fail tls.intercepted',
    ],
    ['a weak one', session({ rsaBits: 1024 }), 'fail tls.weak_key'],
    ['one that ends next week', session({}, { validToMs: nowMs + 7 * dayMs }), 'warning tls.expires_soon'],
    [
      'a short-lived one in its middle',
      session({}, { validFromMs: nowMs - 3 * dayMs, validToMs: nowMs + 3 * dayMs }),
      'pass null',
    ],
    ['none', session({ chain: [] }), 'fail tls.bad_certificate'],
    [
      'one that OpenSSL dislikes for another reason',
      session({ verifyError: 'INVALID_PURPOSE' }),
      'fail tls.bad_certificate',
    ],
    ['one whose name tells of a firewall but is trusted', session({}, { issuer: 'Zscaler' }), 'pass null'],
  ])('%s', (_, tls, verdict) => {
    const { status, code } = judgeTls(tls, 'imap.harbour.example', nowMs)
    expect(`${status} ${code ?? 'null'}`).toBe(verdict)
  })

  test('an old certificate that is sent along and not needed does no harm', () => {
    const tls = session({ chain: [certificate(), certificate({ validToMs: nowMs - dayMs })] })
    expect(judgeTls(tls, 'imap.harbour.example', nowMs).status).toBe('pass')
  })
})
