import type { StoredMessage } from '../../mail-store.ts'
import { fetchItem, fetchItems, marksSeen } from '../fetch.ts'
import { searchMessages } from '../search.ts'
import { formatSet, parseSet } from '../sequence.ts'
import { announceChanges, mailOf, Refused, selectedOf, writableOf } from '../session.ts'
import type { Command, Session } from '../session.ts'
import { itemsOf, SyntaxRefused, textOf } from '../tokens.ts'
import type { Token } from '../tokens.ts'
import { folderOf } from './folders.ts'

/** SELECT and EXAMINE. */
export const select: Command = (session, args) => open(session, args, false)
export const examine: Command = (session, args) => open(session, args, true)

/** CLOSE expunges and leaves; UNSELECT only leaves (RFC 3691). */
export const close: Command = (session) => {
  const selected = selectedOf(session)
  session.selected = null
  if (!selected.readOnly) mailOf(session).remove(selected.folder, deletedIn(selected.folder.messages))
  return 'OK Closed.'
}
export const unselect: Command = (session) => {
  selectedOf(session)
  session.selected = null
  return 'OK Left.'
}

/** FETCH and UID FETCH. */
export function fetch(byUid: boolean): Command {
  return (session, args) => {
    const selected = selectedOf(session)
    const asked = fetchItems(itemsOf(args[1]).map(textOf))
    const items = byUid && !asked.includes('UID') ? ['UID', ...asked] : asked
    for (const [sequence, message] of inSet(session, args[0], byUid)) {
      const becomesSeen = !selected.readOnly && !message.flags.has('\\Seen') && items.some(marksSeen)
      if (becomesSeen) message.flags.add('\\Seen')
      const all = becomesSeen && !items.includes('FLAGS') ? [...items, 'FLAGS'] : items
      const parts = all.flatMap((item, index) => [index === 0 ? '' : ' ', ...fetchItem(message, item)])
      session.untagged(`${sequence} FETCH (`, ...parts, ')')
    }
    return 'OK Fetched.'
  }
}

/** STORE and UID STORE: FLAGS, +FLAGS, -FLAGS, each with or without .SILENT. */
export function store(byUid: boolean): Command {
  return (session, args) => {
    writableOf(session)
    const match = /^([+-]?)FLAGS(\.SILENT)?$/i.exec(textOf(args[1]))
    if (match === null) throw new SyntaxRefused('Only flags can be stored.')
    const flags = args.slice(2).flatMap(itemsOf).map(textOf)
    for (const [sequence, message] of inSet(session, args[0], byUid)) {
      if (match[1] === '') message.flags.clear()
      for (const flag of flags) {
        if (match[1] === '-') message.flags.delete(flag)
        else message.flags.add(flag)
      }
      const uid = byUid ? `UID ${message.uid} ` : ''
      if (match[2] === undefined)
        session.untagged(`${sequence} FETCH (${uid}FLAGS (${[...message.flags].join(' ')}))`)
    }
    return 'OK Stored.'
  }
}

/** SEARCH and UID SEARCH. */
export function search(byUid: boolean): Command {
  return (session, args) => {
    const found = searchMessages(selectedOf(session).view, args)
    const numbers = found.map(({ message, sequence }) => (byUid ? message.uid : sequence))
    session.untagged(['SEARCH', ...numbers].join(' '))
    return 'OK Searched.'
  }
}

/** COPY and UID COPY, with COPYUID (RFC 4315). */
export function copy(byUid: boolean): Command {
  return (session, args) => `OK ${copyTo(session, args, byUid).code} Copied.`
}

/** MOVE and UID MOVE (RFC 6851). */
export function move(byUid: boolean): Command {
  return (session, args) => {
    const { folder } = writableOf(session)
    const { code, originals } = copyTo(session, args, byUid)
    if (code !== '') session.untagged(`OK ${code} Moved.`)
    mailOf(session).remove(folder, new Set(originals))
    announceChanges(session)
    return 'OK Moved.'
  }
}

/** EXPUNGE, and UID EXPUNGE with its set (RFC 4315). */
export function expunge(byUid: boolean): Command {
  return (session, args) => {
    const { folder } = writableOf(session)
    const chosen = byUid ? inSet(session, args[0], true).map(([, message]) => message) : folder.messages
    mailOf(session).remove(folder, deletedIn(chosen))
    announceChanges(session)
    return 'OK Expunged.'
  }
}

function open(session: Session, args: readonly Token[], readOnly: boolean): string {
  session.selected = null
  const folder = folderOf(session, args[0])
  const view = folder.messages
  session.selected = { folder, readOnly, view }
  const flags = '\\Answered \\Flagged \\Deleted \\Seen \\Draft'
  session.untagged(`FLAGS (${flags})`)
  session.untagged(`${view.length} EXISTS`)
  session.untagged('0 RECENT')
  const unseen = view.findIndex((message) => !message.flags.has('\\Seen'))
  if (unseen >= 0) session.untagged(`OK [UNSEEN ${unseen + 1}] The first that was not read.`)
  session.untagged(`OK [PERMANENTFLAGS (${readOnly ? '' : `${flags} \\*`})] These are kept.`)
  session.untagged(`OK [UIDVALIDITY ${folder.uidValidity}] UIDs are valid.`)
  session.untagged(`OK [UIDNEXT ${folder.uidNext}] The next one.`)
  return `OK [${readOnly ? 'READ-ONLY' : 'READ-WRITE'}] Opened.`
}

function inSet(session: Session, token: Token | undefined, byUid: boolean): [number, StoredMessage][] {
  const { view } = selectedOf(session)
  const fits = parseSet(textOf(token), byUid ? (view.at(-1)?.uid ?? 0) : view.length)
  const numbered = view.map((message, index): [number, StoredMessage] => [index + 1, message])
  return numbered.filter(([sequence, message]) => fits(byUid ? message.uid : sequence))
}

function copyTo(session: Session, args: readonly Token[], byUid: boolean) {
  const target = folderOf(session, args[1])
  const mail = mailOf(session)
  const originals = inSet(session, args[0], byUid).map(([, message]) => message)
  const sizeBytes = originals.reduce((sum, message) => sum + message.bytes.length, 0)
  if (!mail.fits(sizeBytes)) throw new Refused('[OVERQUOTA] The mailbox is full.')
  const copies = originals.map((message) => mail.append(target, message))
  const [from, to] = [originals, copies].map((messages) => formatSet(messages.map((message) => message.uid)))
  return { code: copies.length === 0 ? '' : `[COPYUID ${target.uidValidity} ${from} ${to}]`, originals }
}

function deletedIn(messages: readonly StoredMessage[]): Set<StoredMessage> {
  return new Set(messages.filter((message) => message.flags.has('\\Deleted')))
}
