import { announceChanges } from '../session.ts'
import type { Command } from '../session.ts'
import { append, idle } from './append.ts'
import {
  create,
  getQuota,
  getQuotaRoot,
  list,
  lsub,
  namespace,
  remove,
  rename,
  status,
  subscribe,
  unsubscribe,
} from './folders.ts'
import { close, copy, examine, expunge, fetch, move, search, select, store, unselect } from './selected.ts'
import { authenticate, capability, id, login } from './sign-in.ts'

const noop: Command = (session) => {
  announceChanges(session)
  return 'OK Here.'
}

/** Every command but STARTTLS and LOGOUT, which belong to the connection. */
export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['CAPABILITY', capability],
  ['NOOP', noop],
  ['CHECK', noop],
  ['ID', id],
  ['LOGIN', login],
  ['AUTHENTICATE', authenticate],
  ['NAMESPACE', namespace],
  ['LIST', list],
  ['LSUB', lsub],
  ['SUBSCRIBE', subscribe],
  ['UNSUBSCRIBE', unsubscribe],
  ['STATUS', status],
  ['CREATE', create],
  ['DELETE', remove],
  ['RENAME', rename],
  ['GETQUOTAROOT', getQuotaRoot],
  ['GETQUOTA', getQuota],
  ['APPEND', append],
  ['IDLE', idle],
  ['SELECT', select],
  ['EXAMINE', examine],
  ['CLOSE', close],
  ['UNSELECT', unselect],
  ['FETCH', fetch(false)],
  ['UID FETCH', fetch(true)],
  ['STORE', store(false)],
  ['UID STORE', store(true)],
  ['SEARCH', search(false)],
  ['UID SEARCH', search(true)],
  ['COPY', copy(false)],
  ['UID COPY', copy(true)],
  ['MOVE', move(false)],
  ['UID MOVE', move(true)],
  ['EXPUNGE', expunge(false)],
  ['UID EXPUNGE', expunge(true)],
])
