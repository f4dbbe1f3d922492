import type { ImapFlowError } from 'imapflow'
import { AppError } from '../../../core/errors.ts'
import type { AppErrorCode } from '../../../core/errors.ts'
import type { Conceal } from '../line/conceal.ts'

/** Node's and imapflow's codes (imapflow/errors, nodejs.org/api/errors.html) as the program's. */
const byCode: Readonly<Record<string, AppErrorCode>> = {
  ECONNREFUSED: 'network.refused',
  ECONNRESET: 'network.reset',
  EPIPE: 'network.reset',
  ETIMEDOUT: 'network.timed_out',
  EHOSTUNREACH: 'network.unreachable',
  ENETUNREACH: 'network.unreachable',
  NoConnection: 'network.reset',
  EConnectionClosed: 'network.reset',
  ClosedAfterConnectText: 'network.reset',
  ClosedAfterConnectTLS: 'network.reset',
  CONNECT_TIMEOUT: 'network.timed_out',
  GREETING_TIMEOUT: 'network.timed_out',
  UPGRADE_TIMEOUT: 'network.timed_out',
  ETIMEOUT: 'network.timed_out',
  ETHROTTLE: 'imap.throttled',
  CERT_HAS_EXPIRED: 'tls.expired',
  CERT_NOT_YET_VALID: 'tls.expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls.name_mismatch',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls.untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls.untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls.untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls.untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls.untrusted',
}

/** Failures that may pass by themselves. */
const passing: ReadonlySet<AppErrorCode> = new Set([
  'network.reset',
  'network.timed_out',
  'network.unreachable',
  'imap.throttled',
  'imap.unavailable',
])

/** Where something failed, and what takes the secret out of what the server said about it. */
export interface ImapPlace {
  readonly host: string
  readonly conceal: Conceal
  /** The folder, where one was asked about. */
  readonly path?: string | undefined
}

/** What imapflow or the socket beneath it raised, as the program's own failure. Bugs pass through. */
export function translateImapError(error: unknown, { host, conceal, path }: ImapPlace): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error
  const raised = error as ImapFlowError
  const code = codeOf(raised)
  if (code === null) return error
  const details = {
    host,
    response: conceal(raised.responseText ?? raised.reason ?? raised.message),
    ...(raised.serverResponseCode === undefined ? {} : { responseCode: raised.serverResponseCode }),
    ...(path === undefined ? {} : { folder: path }),
  }
  return new AppError(code, { details, cause: error, retryable: passing.has(code) })
}

function codeOf(raised: ImapFlowError): AppErrorCode | null {
  if (raised.authenticationFailed === true) return signInCode(raised)
  if (raised.mailboxMissing === true || raised.serverResponseCode === 'NONEXISTENT')
    return 'imap.folder_missing'
  if (raised.serverResponseCode === 'UNAVAILABLE' || raised.serverResponseCode === 'INUSE')
    return 'imap.unavailable'
  if (raised.serverResponseCode === 'THROTTLED' || raised.serverResponseCode === 'LIMIT')
    return 'imap.throttled'
  const known = raised.code === undefined ? undefined : byCode[raised.code]
  if (known !== undefined) return known
  if (raised.tlsFailed === true) return 'tls.failed'
  if (raised.code?.startsWith('ERR_SSL_') === true || raised.code?.startsWith('ERR_TLS_') === true)
    return 'tls.failed'
  return raised.code !== undefined || raised.responseStatus !== undefined ? 'imap.protocol' : null
}

/** RFC 5530: a sign-in that fails with [UNAVAILABLE] was not a refusal. */
function signInCode(raised: ImapFlowError): AppErrorCode {
  return raised.serverResponseCode === 'UNAVAILABLE' ? 'imap.unavailable' : 'auth.refused'
}
