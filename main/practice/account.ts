import type { MailStore } from './mail-store.ts'

/** A user of the practice company as its servers know it. Actions of the company change it while they run. */
export interface PracticeAccount {
  /** What signs in. */
  readonly username: string
  /** Every address that is delivered here. */
  readonly addresses: readonly string[]
  /** The password that the servers accept now. */
  password: string
  readonly mail: MailStore
  imapEnabled: boolean
  /** The addresses that this account may send as. */
  readonly sendAs: Set<string>
  /** Where new mail is put. */
  deliverTo: 'INBOX' | 'Junk'
  /** IMAP sessions that forgotten devices hold open, of the `maxSessions` that are allowed. */
  forgottenSessions: number
  readonly maxSessions: number
  /** IMAP sessions that clients of ours have open now. */
  openSessions: number
}

/** What comes of a sign-in by IMAP. The codes are those of RFC 5530. */
export type SignInResult =
  | { readonly ok: true; readonly account: PracticeAccount }
  | {
      readonly ok: false
      readonly code: 'AUTHENTICATIONFAILED' | 'CONTACTADMIN' | 'LIMIT'
      readonly text: string
    }

/** Checks a name and password, and whether this account may use IMAP now. */
export function signInByImap(
  accounts: readonly PracticeAccount[],
  username: string,
  password: string,
): SignInResult {
  const account = findAccount(accounts, username, password)
  if (account === null) {
    return { ok: false, code: 'AUTHENTICATIONFAILED', text: 'The user name or the password is wrong.' }
  }
  if (!account.imapEnabled) {
    const text = 'IMAP is disabled for this account. Ask your administrator.'
    return { ok: false, code: 'CONTACTADMIN', text }
  }
  if (account.openSessions + account.forgottenSessions >= account.maxSessions) {
    const text = `Too many connections: ${account.maxSessions} sessions of this account are open already.`
    return { ok: false, code: 'LIMIT', text }
  }
  return { ok: true, account }
}

/** The account of this name when the password is right, else null. */
export function findAccount(
  accounts: readonly PracticeAccount[],
  username: string,
  password: string,
): PracticeAccount | null {
  const account = accounts.find((one) => one.username === username.toLowerCase())
  return account?.password === password ? account : null
}

/** The account that an address is delivered to, or null. */
export function accountOfAddress(
  accounts: readonly PracticeAccount[],
  address: string,
): PracticeAccount | null {
  return accounts.find((one) => one.addresses.includes(address.toLowerCase())) ?? null
}
