import type { MailServer } from '../../core/accounts/types.ts'
import { AppError } from '../../core/errors.ts'

/** Reads `imap.example.org:993/tls`; an IPv6 address stands in brackets. Errors: `usage.invalid`. */
export function parseServer(text: string): MailServer {
  const [, host = '', port = '', security = ''] =
    /^\[?([^\]]+?)\]?:(\d+)\/(tls|starttls|none)$/.exec(text) ?? []
  if (host === '')
    throw new AppError('usage.invalid', {
      details: { problem: `${text} is not host:port/security, where security is tls, starttls or none.` },
    })
  return { host, port: Number(port), security: security as MailServer['security'] }
}
