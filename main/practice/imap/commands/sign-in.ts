import { signInByImap } from '../../account.ts'
import type { SignInResult } from '../../account.ts'
import { Refused } from '../session.ts'
import type { Command, Session } from '../session.ts'
import { SyntaxRefused, textOf } from '../tokens.ts'

/** What the server can do, in the state the session is in. Before TLS nobody may sign in (RFC 9051, 6.2.3). */
export function capabilities({ secure, account, offersStartTls }: Session): string {
  const base = 'IMAP4rev1 LITERAL+ SASL-IR ID'
  if (account !== null) return `${base} NAMESPACE UIDPLUS MOVE SPECIAL-USE IDLE UNSELECT CHILDREN QUOTA`
  if (secure) return `${base} AUTH=PLAIN`
  return `${base} ${offersStartTls ? 'STARTTLS ' : ''}LOGINDISABLED`
}

/** CAPABILITY. */
export const capability: Command = (session) => {
  session.untagged(`CAPABILITY ${capabilities(session)}`)
  return 'OK These are all.'
}

/** ID (RFC 2971). */
export const id: Command = (session) => {
  session.untagged('ID ("name" "Practice company")')
  return 'OK Pleased to meet you.'
}

/** LOGIN. */
export const login: Command = (session, args) => {
  requireTls(session)
  return signIn(session, textOf(args[0]), textOf(args[1]))
}

/** AUTHENTICATE PLAIN, with or without the initial response (RFC 4616, 4959). */
export const authenticate: Command = async (session, args) => {
  requireTls(session)
  if (textOf(args[0]).toUpperCase() !== 'PLAIN') throw new Refused('[CANNOT] Only PLAIN is spoken here.')
  const response = args[1] === undefined ? await session.prompt('') : textOf(args[1])
  if (response === null || response === '*') throw new SyntaxRefused('Cancelled.')
  const [, username, password] = Buffer.from(response, 'base64').toString('utf8').split('\0')
  if (username === undefined || password === undefined) throw new SyntaxRefused('This is not PLAIN.')
  return signIn(session, username, password)
}

function signIn(session: Session, username: string, password: string): string {
  const result: SignInResult = signInByImap(session.accounts, username, password)
  if (!result.ok) throw new Refused(`[${result.code}] ${result.text}`)
  result.account.openSessions++
  session.account = result.account
  return `OK [CAPABILITY ${capabilities(session)}] Welcome.`
}

function requireTls(session: Session): void {
  if (session.account !== null) throw new SyntaxRefused('You are signed in already.')
  if (!session.secure) throw new Refused('[PRIVACYREQUIRED] Start TLS first.')
}
