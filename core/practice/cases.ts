import type { FindingCode } from '../diagnostics/findings.ts'
import type { TicketCategory, TicketPriority } from '../tickets/types.ts'
import { accessCases } from './cases-access.ts'
import { serverCases } from './cases-server.ts'
import type { LocalPart } from './people.ts'

/** What the company's people do when a trainee asks them to. `phone_user` only talks; the others change servers. */
export type CompanyAction =
  | 'phone_user'
  | 'renew_certificate'
  | 'raise_quota'
  | 'relax_spam_filter'
  | 'repair_starttls'
  | 'enable_imap'
  | 'close_sessions'
  | 'allow_sender'

/** What the company knows and a user may tell on the phone. */
export interface PhoneFacts {
  readonly password: string
  readonly imapHost: string
  readonly smtpHost: string
}

/** A problem of one person: how it is reported, found and put right. */
export interface PracticeCase {
  readonly caseId: string
  readonly localPart: LocalPart
  readonly title: string
  readonly ticket: {
    readonly subject: string
    readonly description: string
    readonly category: TicketCategory
    readonly priority: TicketPriority
  }
  /** Shown one after the other, when asked for. */
  readonly hints: readonly string[]
  /** What a good diagnosis finds, in plain words. */
  readonly finding: string
  /** What puts it right: for the trainer, and for a trainee who gives up. */
  readonly solution: string
  /** What the user says on the phone. */
  readonly phone: (facts: PhoneFacts) => string
  /** What the company can be asked to do here, beside taking the phone call. */
  readonly action: Exclude<CompanyAction, 'phone_user'> | null
  /** Whether a standard diagnosis shows it, or only one with a round trip. */
  readonly shownBy: 'standard' | 'round_trip'
  /** Findings of a diagnosis that show this problem. */
  readonly codes: readonly FindingCode[]
}

/** All cases, the easiest first. */
export const cases: readonly PracticeCase[] = [...accessCases, ...serverCases]
