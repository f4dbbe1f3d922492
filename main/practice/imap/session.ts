import type { PracticeAccount } from '../account.ts'
import type { Folder, MailStore, StoredMessage } from '../mail-store.ts'
import type { Token } from './tokens.ts'

/** The folder a session has open. `view` is what it has been told: sequence numbers count in it. */
export interface Selected {
  readonly folder: Folder
  readonly readOnly: boolean
  view: readonly StoredMessage[]
}

/** One connection as the commands see it. */
export interface Session {
  readonly accounts: readonly PracticeAccount[]
  /** Whether TLS is on now. */
  readonly secure: boolean
  readonly offersStartTls: boolean
  account: PracticeAccount | null
  selected: Selected | null
  /** Sends `* ...`. */
  untagged(...parts: readonly (string | Buffer)[]): void
  /** Sends `+ ...` and waits for the next line; null when the connection ended. */
  prompt(text: string): Promise<string | null>
}

/** Answers a command: `OK ...`. Throws `Refused` for NO, `SyntaxRefused` for BAD. */
export type Command = (session: Session, args: readonly Token[]) => string | Promise<string>

/** A command that is understood and not done: answered with NO. The message starts with its response code, if any. */
export class Refused extends Error {}

/** The mail of whoever is signed in. @throws Refused */
export function mailOf(session: Session): MailStore {
  if (session.account === null) throw new Refused('Sign in first.')
  return session.account.mail
}

/** The open folder. @throws Refused */
export function selectedOf(session: Session): Selected {
  if (session.selected === null) throw new Refused('Select a folder first.')
  return session.selected
}

/** The open folder, when it may be changed. @throws Refused */
export function writableOf(session: Session): Selected {
  const selected = selectedOf(session)
  if (selected.readOnly) throw new Refused('[READ-ONLY] The folder was opened for reading only.')
  return selected
}

/** Tells the client what changed in its open folder, and counts anew (RFC 9051, 7.5.1). */
export function announceChanges(session: Session): void {
  const { selected } = session
  if (selected === null) return
  const now = new Set(selected.folder.messages)
  const kept = [...selected.view]
  for (let index = kept.length - 1; index >= 0; index--) {
    const message = kept[index]
    if (message === undefined || now.has(message)) continue
    kept.splice(index, 1)
    session.untagged(`${index + 1} EXPUNGE`)
  }
  selected.view = selected.folder.messages
  if (selected.view.length !== kept.length) session.untagged(`${selected.view.length} EXISTS`)
}
