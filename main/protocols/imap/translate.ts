import type { ImapFlowError } from 'imapflow'
import { AppError } from '../../../core/errors.ts'
import type { AppErrorCode } from '../../../core/errors.ts'
import type { Conceal } from '../line/conceal.ts'

/** imapflow's ETHROTTLE under another name; see `leaveThrottlingToUs` in connect.ts. */
export const throttledCode = 'THROTTLED'

/** Node's and imapflow's codes (imapflow/errors, nodejs.org/api/errors.html) as the program's. */
const byCode: Readonly<Record<string, AppErrorCode>> = {
  ECONNREFUSED: 'network.refused',
  ECONNRESET: 'network.reset',
  EPIPE: 'network.reset',
  ETIMEDOUT: 'network.timed_out',
  EHOSTUNREACH: 'network.unreachable',
  ENETUNREACH: 'network.unreachable',
  NotFound: 'imap.folder_missing',
  NoConnection: 'network.reset',
  EConnectionClosed: 'network.reset',
  ClosedAfterConnectText: 'network.reset',
  ClosedAfterConnectTLS: 'network.reset',
  CONNECT_TIMEOUT: 'network.timed_out',
  GREETING_TIMEOUT: 'network.timed_out',
  UPGRADE_TIMEOUT: 'network.timed_out',
  ETIMEOUT: 'network.timed_out',
  ETHROTTLE: 'imap.throttled',
  [throttledCode]: 'imap.throttled',
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
  const said = raised.responseText ?? raised.reason ?? raised.message
  const waitMs = code === 'imap.throttled' || code === 'imap.unavailable' ? suggestedWaitMs(said) : null
  const details = {
    host,
    response: conceal(said),
    ...(waitMs === null ? {} : { waitMs }),
    ...(raised.serverResponseCode === undefined ? {} : { responseCode: raised.serverResponseCode }),
    ...(path === undefined ? {} : { folder: path }),
  }
  return new AppError(code, { details, cause: error, retryable: passing.has(code) })
}

/** "Suggested Backoff Time: 92415 milliseconds", as Exchange Online asks; null where no time is named. */
export function suggestedWaitMs(said: string): number | null {
  const named = /backoff time[:=\s]+(\d{1,9})/i.exec(said)?.[1]
  return named === undefined ? null : Number(named)
}

/**
 * Words by which providers say "too much": Gmail (bandwidth, simultaneous connections; its OVERQUOTA
 * alone would mean a full mailbox, RFC 5530), Exchange Online
 * (throttled), Dovecot (mail_max_userip_connections), Yahoo ([LIMIT]). Their codes differ or are missing.
 */
const tooMuch =
  /\[?(?:throttled|limit)\]|too many (?:simultaneous |concurrent )?(?:connections|logins|sessions|requests)|maximum number of (?:simultaneous |concurrent )?(?:connections|sessions)|exceeded (?:command or )?bandwidth|command or bandwidth limits|request is throttled|backoff time|rate limit/i

function codeOf(raised: ImapFlowError): AppErrorCode | null {
  if (isTooMuch(raised)) return 'imap.throttled'
  if (raised.authenticationFailed === true) return signInCode(raised)
  if (raised.mailboxMissing === true || raised.serverResponseCode === 'NONEXISTENT')
    return 'imap.folder_missing'
  if (/^(UNAVAILABLE|INUSE)$/.test(responseCodeOf(raised) ?? '')) return 'imap.unavailable'
  const known = raised.code === undefined ? undefined : byCode[raised.code]
  if (known !== undefined) return known
  if (raised.tlsFailed === true) return 'tls.failed'
  if (raised.code?.startsWith('ERR_SSL_') === true || raised.code?.startsWith('ERR_TLS_') === true)
    return 'tls.failed'
  return raised.code !== undefined || raised.responseStatus !== undefined ? 'imap.protocol' : null
}

function isTooMuch(raised: ImapFlowError): boolean {
  return (
    /^(THROTTLED|LIMIT)$/.test(responseCodeOf(raised) ?? '') ||
    tooMuch.test(raised.responseText ?? '') ||
    tooMuch.test(raised.reason ?? '')
  )
}

/** RFC 5530 code of the answer. imapflow names it for most commands; for FETCH it is in the parsed answer only. */
function responseCodeOf({ serverResponseCode, response }: ImapFlowError): string | undefined {
  if (serverResponseCode !== undefined) return serverResponseCode
  const parsed = response as { attributes?: { section?: { value?: unknown }[] }[] } | string | undefined
  const code = typeof parsed === 'object' ? parsed.attributes?.[0]?.section?.[0]?.value : undefined
  return typeof code === 'string' ? code.toUpperCase() : undefined
}

/** RFC 5530: a sign-in that fails with [UNAVAILABLE] was not a refusal. */
function signInCode(raised: ImapFlowError): AppErrorCode {
  return raised.serverResponseCode === 'UNAVAILABLE' ? 'imap.unavailable' : 'auth.refused'
}
