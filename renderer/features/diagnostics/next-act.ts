import type { MailServer } from '../../../core/accounts/types.ts'
import type { FindingCode } from '../../../core/diagnostics/findings.ts'
import type { Facts, Finding, Run } from '../../../core/diagnostics/types.ts'
import { serverAt, type MailboxAct } from '../accounts/index.tsx'

/** What the first button of a finding does. */
export type NextAct = 'edit' | 'secret' | 'archive' | 'report' | 'again'

/** Device and account mean the mailbox's settings, except where the finding's next step says otherwise. */
const actByCode: Partial<Record<FindingCode, NextAct>> = {
  'imap.auth_failed': 'secret',
  'imap.password_expired': 'secret',
  'imap.app_password_needed': 'secret',
  'imap.token_refused': 'secret',
  'secret.missing': 'secret',
  'smtp.auth_failed': 'secret',
  'smtp.password_expired': 'secret',
  'smtp.app_password_needed': 'secret',
  'smtp.token_refused': 'secret',
  'imap.over_quota': 'archive',
  'imap.quota_nearly_full': 'archive',
  // An administrator must act, and wants to see what was seen.
  'imap.contact_admin': 'report',
  'imap.account_disabled': 'report',
  'imap.not_enabled': 'report',
  'imap.authenticated_not_connected': 'report',
  'imap.no_folders': 'report',
  'imap.alert': 'report',
  'smtp.auth_disabled': 'report',
  'smtp.account_disabled': 'report',
  'smtp.mailbox_disabled': 'report',
  'smtp.mailbox_full': 'report',
  // The user acts elsewhere; then one looks again.
  'device.clock_skew': 'again',
  'imap.too_many_connections': 'again',
  'imap.web_login_required': 'again',
  'imap.in_use': 'again',
  'imap.cleanup_failed': 'again',
  'imap.special_use_missing': 'again',
  'roundtrip.in_other_folder': 'again',
}

/** What must be done now; null when nobody has to act, and then no button stands out. */
export function nextActOf(run: Pick<Run, 'state' | 'mailboxId' | 'finding'>): NextAct | null {
  const { finding, mailboxId, state } = run
  if (finding === null) return state === 'running' ? null : 'again'
  if (finding.actor === null) return null
  if (finding.actor !== 'device' && finding.actor !== 'account') return 'report'
  const byCode: Partial<Record<string, NextAct>> = actByCode
  const act = byCode[finding.code] ?? 'edit'
  // Servers that were given on the spot are corrected in the form that "Run again" brings back.
  return mailboxId === null && act !== 'report' ? 'again' : act
}

/** The form of the mailbox that the act opens, filled with the server that the finding names. */
export function mailboxActOf(mailboxId: string, act: 'edit' | 'secret', finding: Finding | null): MailboxAct {
  const service = finding?.facts['service']
  const server = finding === null ? null : serverNamedBy(finding)
  if (act === 'secret' || server === null) return { mailboxId, act }
  return {
    mailboxId,
    act,
    ...(service === 'imap' && { imap: server }),
    ...(service === 'smtp' && { smtp: server }),
  }
}

function serverNamedBy({ code, facts }: Finding): MailServer | null {
  if (code === 'settings.server_name_wrong')
    return serverAt(textOf(facts, 'published'), facts['encryption'] === 'STARTTLS' ? 'starttls' : 'tls')
  return null
}

function textOf(facts: Facts, name: string): string {
  const value = facts[name]
  return typeof value === 'string' ? value : ''
}
