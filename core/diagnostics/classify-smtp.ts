import type { FindingCode } from './findings.ts'
import type { SmtpReply } from './smtp-reply.ts'

/** Where in the conversation the server said no. */
export type SmtpPhase = 'banner' | 'ehlo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data'

type Rule = readonly [RegExp, FindingCode]

/** Words that mean the same in every phase. */
const anywhere: readonly Rule[] = [
  [
    /spamhaus|spamcop|barracuda|block ?list|blacklist|\brbl\b|dnsbl|listed (at|in|on|by)/i,
    'smtp.blocked_address',
  ],
  [
    /must issue a starttls|starttls (command )?first|encryption (is )?required|requires? (tls|encryption)|secure connection/i,
    'smtp.encryption_required',
  ],
]

const inAuth: readonly Rule[] = [
  [/app(lication)?[- ]?(specific )?password/i, 'smtp.app_password_needed'],
  [
    /smtpclientauthentication is disabled|smtp ?auth\w* (is )?(disabled|not enabled)|disabled for the (tenant|mailbox)/i,
    'smtp.auth_disabled',
  ],
  [/basic auth\w* is disabled|legacy auth|modern auth|oauth/i, 'smtp.oauth_needed'],
  [/password .*(expired|change (is )?required|must be changed)|expired password/i, 'smtp.password_expired'],
  [/(account|user|mailbox).*(locked|disabled|suspended|blocked|deactivated)/i, 'smtp.account_disabled'],
  [/too many|rate ?limit|throttl/i, 'smtp.rate_limited'],
]

const inEnvelope: readonly Rule[] = [
  // Postfix judges the sender only when it hears the recipient.
  [
    /sender address rejected|not owned by user|send[- ]?as (denied|permission)|not (allowed|permitted|authori[sz]ed) to send as/i,
    'smtp.sender_refused',
  ],
  [/grey-?list|gray-?list/i, 'smtp.greylisted'],
  [
    /too many|rate ?limit|throttl|(daily|hourly|sending|message|recipient)s? (limit|quota)|limit exceeded|exceeded .*limit/i,
    'smtp.rate_limited',
  ],
  [/(account|user|sender).*(locked|disabled|suspended|blocked|deactivated)/i, 'smtp.account_disabled'],
  [
    /relay(ing)? (access )?(denied|not permitted|not allowed)|unable to relay|not permitted to relay|authentication (is )?required|not authenticated/i,
    'smtp.relay_denied',
  ],
  [/over ?quota|mailbox (is )?full|quota (is )?exceeded/i, 'smtp.mailbox_full'],
]

/** The registry of enhanced codes (iana.org/assignments/smtp-enhanced-status-codes), as far as it settles a cause. */
function byEnhanced(enhanced: string, phase: SmtpPhase): FindingCode | null {
  const subject = enhanced.slice(2)
  const asked = phase === 'rcpt' || phase === 'data' ? 'recipient' : 'sender'
  switch (subject) {
    case '2.1':
      return asked === 'recipient' ? 'smtp.mailbox_disabled' : 'smtp.account_disabled'
    case '2.2':
      return 'smtp.mailbox_full'
    case '2.3':
    case '3.4':
      return 'smtp.size_limit'
    case '3.1':
      return 'smtp.server_full'
    case '1.1':
    case '1.2':
    case '1.6':
    case '1.10':
      return asked === 'recipient' ? 'smtp.recipient_refused' : 'smtp.sender_refused'
    case '1.7':
    case '1.8':
    case '7.60':
    case '7.23':
      return 'smtp.sender_refused'
    case '7.26':
    case '7.20':
    case '7.21':
      return 'smtp.policy_refused'
    case '7.28':
      return 'smtp.rate_limited'
    default:
      return null
  }
}

/** What a reply of 4xx or 5xx means. */
export function classifySmtpRefusal(
  reply: SmtpReply,
  phase: SmtpPhase,
  offered: 'password' | 'token' = 'password',
): FindingCode {
  const words = (rules: readonly Rule[]) => rules.find(([pattern]) => pattern.test(reply.text))?.[1]
  const told = words(anywhere)
  if (told !== undefined) return told
  switch (phase) {
    case 'banner':
      return reply.code < 500 ? 'smtp.unavailable' : 'smtp.banner_refused'
    case 'ehlo':
      return reply.code < 500 ? 'smtp.unavailable' : 'smtp.ehlo_refused'
    case 'starttls':
      return 'tls.starttls_failed'
    case 'auth':
      return words(inAuth) ?? byAuthCode(reply, offered)
    case 'mail':
    case 'rcpt':
    case 'data':
      return words(inEnvelope) ?? byEnvelopeCode(reply, phase)
  }
}

function byAuthCode({ code, enhanced }: SmtpReply, offered: 'password' | 'token'): FindingCode {
  if (code === 421) return 'smtp.unavailable'
  if (code === 432) return 'smtp.password_expired'
  if (code === 538 || code === 530) return 'smtp.encryption_required'
  if (code === 534 && enhanced === '5.7.9') return 'smtp.app_password_needed'
  if (code < 500) return 'smtp.auth_unavailable'
  return offered === 'token' ? 'smtp.token_refused' : 'smtp.auth_failed'
}

function byEnvelopeCode(reply: SmtpReply, phase: SmtpPhase): FindingCode {
  const known = reply.enhanced === null ? null : byEnhanced(reply.enhanced, phase)
  if (known !== null) return known
  const { code, enhanced } = reply
  if (code === 421) return 'smtp.unavailable'
  if (code === 530) return 'smtp.relay_denied'
  if (code === 452 || code === 431) return phase === 'rcpt' ? 'smtp.mailbox_full' : 'smtp.server_full'
  if (code === 552) return phase === 'rcpt' ? 'smtp.mailbox_full' : 'smtp.size_limit'
  if (code < 500) return code === 450 && phase === 'rcpt' ? 'smtp.greylisted' : 'smtp.temporary_failure'
  if (phase === 'data')
    return enhanced?.startsWith('5.7.') === true || code === 554 ? 'smtp.policy_refused' : 'smtp.refused'
  return phase === 'mail' ? 'smtp.sender_refused' : 'smtp.recipient_refused'
}
