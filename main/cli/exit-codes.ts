import type { AppErrorCode } from '../../core/errors.ts'

/** What the command line's exit code says about the cause. */
export const exitCodes = {
  ok: 0,
  usage: 2,
  network: 10,
  tls: 12,
  authentication: 16,
  dns: 20,
  mailbox: 30,
  sending: 40,
  archive: 50,
  internal: 70,
} as const

/** A number from `exitCodes`. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const byArea: Readonly<Record<string, ExitCode>> = {
  contract: exitCodes.usage,
  usage: exitCodes.usage,
  record: exitCodes.usage,
  network: exitCodes.network,
  tls: exitCodes.tls,
  auth: exitCodes.authentication,
  secret: exitCodes.authentication,
  dns: exitCodes.dns,
  imap: exitCodes.mailbox,
  smtp: exitCodes.sending,
  archive: exitCodes.archive,
  bundle: exitCodes.archive,
  restore: exitCodes.archive,
}

/** The exit code for a failure, by the area of its code; files, the database and bugs are 70. */
export function exitCodeOf(code: AppErrorCode): ExitCode {
  if (code === 'contract.cancelled' || code === 'contract.disconnected') return exitCodes.internal
  return byArea[code.split('.')[0] ?? ''] ?? exitCodes.internal
}
