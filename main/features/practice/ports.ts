import type { MailServer, NetworkProfile } from '../../../core/accounts/types.ts'
import type { CaseDiagnosis } from '../../../core/practice/case-state.ts'
import type { PracticeCase } from '../../../core/practice/cases.ts'
import type { Secret } from '../../lib/secret.ts'

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

/** A person and their mailbox as People should hold them. Ids are null for somebody new. */
export interface PersonToKeep {
  readonly personId: string | null
  readonly mailboxId: string | null
  readonly name: string
  readonly address: string
  readonly username: string
  readonly imap: MailServer
  readonly smtp: MailServer
  readonly network: NetworkProfile
  /** Kept until the program ends, never in the keychain or the vault. */
  readonly secret: Secret
}

/** People and mailboxes, marked as practice. */
export interface PracticePeople {
  /** Adds the person, or brings what is there up to date when the ids are still known. */
  keep(person: PersonToKeep): Promise<{ readonly personId: string; readonly mailboxId: string }>
  /** Removing somebody who is gone is no error. */
  remove(personId: string): Promise<void>
}

/** What the diagnostics know of a mailbox: its last finished run since a moment, or null. */
export interface PracticeDiagnoses {
  last(mailboxId: string, sinceMs: number): Promise<CaseDiagnosis | null>
}
