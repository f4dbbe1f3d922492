import type { MailServer } from '../../../core/accounts/types.ts'
import type { CaseDiagnosis } from '../../../core/practice/case-state.ts'
import type { PracticeCase } from '../../../core/practice/cases.ts'

/** A user as their mail program is set up. */
export interface CompanyUser {
  readonly localPart: string
  readonly name: string
  readonly role: string
  readonly address: string
  readonly username: string
  readonly password: string
  readonly problem: string | null
  readonly imap: MailServer
  readonly smtp: MailServer
}

/** The company while its servers run. Disposing stops them. */
export interface RunningCompany extends AsyncDisposable {
  readonly dnsServer: string
  readonly caPem: string
  readonly users: readonly CompanyUser[]
  phone(practiceCase: PracticeCase): string
  act(practiceCase: PracticeCase): Promise<string>
}

/** What the diagnostics know of a mailbox: its last finished run since a moment, or null. */
export interface PracticeDiagnoses {
  last(mailboxId: string, sinceMs: number): Promise<CaseDiagnosis | null>
}
