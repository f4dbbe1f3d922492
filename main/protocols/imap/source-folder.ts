import type { ExpungeEvent, FetchMessageObject, ImapFlow, MailboxObject } from 'imapflow'
import { AppError } from '../../../core/errors.ts'
import type {
  ListedMessage,
  OpenSourceFolder,
  SourceChanges,
  SourceMarks,
  SourceState,
} from '../../features/archive/ports.ts'
import { createSweeper, giveBack } from '../../lib/buffer-memory.ts'
import type { SourcePlace } from './mail-source.ts'

/** imapflow puts a message together from the chunks that its socket was read in, and leaves those behind. */
const sweep = createSweeper()

/** Opens a folder for reading. Errors: `imap.folder_missing`, `imap.*`. */
export async function openSourceFolder(
  client: ImapFlow,
  place: SourcePlace,
  path: string,
): Promise<OpenSourceFolder> {
  const state = stateOf(await client.mailboxOpen(path, { readOnly: true }))
  if (state === null)
    throw new AppError('imap.protocol', {
      details: {
        host: place.host,
        folder: path,
        response: 'it opened the folder without saying what is in it',
      },
    })
  return {
    state,
    listUids: (range) =>
      place.ask(
        () => (state.messages === 0 ? Promise.resolve([]) : listUids(client, place.host, path, range)),
        path,
      ),
    list: (uidSet, withMessageId) => place.ask(() => list(client, uidSet, withMessageId), path),
    listChanges: (uidSet, since) => place.ask(() => listChanges(client, uidSet, since), path),
    fetch: (uidSet) => fetchBytes(client, place, path, uidSet),
    fetchPart: (uid, start, length) =>
      place
        .ask(() => fetchPart(client, uid, start, length), path)
        .catch((error: unknown) => {
          // Some servers do not know of pieces, and say so.
          if (error instanceof AppError && error.code === 'imap.protocol') return null
          throw error
        }),
  }
}

/** By the types all is there; what a server leaves out is not. */
function stateOf(mailbox: Partial<MailboxObject>): SourceState | null {
  const { uidValidity, uidNext, exists, highestModseq, noModseq } = mailbox
  if (uidValidity === undefined || uidNext === undefined || exists === undefined) return null
  const modseq = noModseq === true || highestModseq === undefined ? null : String(highestModseq)
  return { uidValidity: String(uidValidity), uidNext, messages: exists, highestModseq: modseq }
}

async function listUids(client: ImapFlow, host: string, path: string, range: string | undefined) {
  const uids = await client.search(range === undefined ? { all: true } : { uid: range }, { uid: true })
  if (!Array.isArray(uids)) throw new AppError('imap.protocol', { details: { host, folder: path } })
  // A server may say a UID twice; it is still one message.
  return [...new Set(uids)].sort((a, b) => a - b)
}

async function list(
  client: ImapFlow,
  uidSet: string,
  withMessageId: boolean,
): Promise<readonly ListedMessage[]> {
  const query = { flags: true, labels: true, internalDate: true, size: true, threadId: true }
  const listed: ListedMessage[] = []
  for await (const message of client.fetch(uidSet, { ...query, envelope: withMessageId }, { uid: true }))
    if (hasUid(message)) listed.push(toListed(message))
  return listed
}

async function listChanges(client: ImapFlow, uidSet: string, since: string | null): Promise<SourceChanges> {
  const vanished: number[] = []
  const onExpunge = (event: ExpungeEvent) => {
    if (event.vanished && event.uid !== undefined) vanished.push(event.uid)
  }
  const tells = since !== null && client.enabled.has('QRESYNC')
  client.on('expunge', onExpunge)
  try {
    const options = since === null ? { uid: true } : { uid: true, changedSince: BigInt(since) }
    const marks = new Map<number, SourceMarks>()
    for await (const message of client.fetch(uidSet, { flags: true, labels: true }, options))
      if (hasUid(message)) marks.set(message.uid, marksOf(message))
    return { marks, vanished: tells ? vanished : null }
  } finally {
    client.off('expunge', onExpunge)
  }
}

async function* fetchBytes(client: ImapFlow, place: SourcePlace, path: string, uidSet: string) {
  const messages = client.fetch(uidSet, { source: true }, { uid: true })
  try {
    for (;;) {
      // Only the wait for the server counts as its time; what the taker needs for a message is our own.
      const next = await place.ask(() => messages.next(), path)
      if (next.done === true) return
      const { uid, source } = next.value
      if (source === undefined) continue
      if (hasUid(next.value)) yield { uid, bytes: source }
      giveBack(source)
      sweep(source.length)
    }
  } finally {
    await messages.return(undefined)
  }
}

async function fetchPart(
  client: ImapFlow,
  uid: number,
  start: number,
  length: number,
): Promise<Uint8Array | null> {
  const source = { start, maxLength: length }
  let part: Uint8Array | null = null
  // Read to the end, so that the connection is free for the next question.
  for await (const message of client.fetch(String(uid), { source }, { uid: true }))
    if (message.uid === uid && message.source !== undefined) part ??= message.source
  sweep(part?.length ?? 0)
  return part === null || part.length > length ? null : part
}

/** A server may leave out what it was asked for; then nothing can be said of the message. */
function hasUid({ uid }: { readonly uid?: number | undefined }): boolean {
  return uid !== undefined
}

function toListed(message: FetchMessageObject): ListedMessage {
  const date = message.internalDate === undefined ? NaN : new Date(message.internalDate).getTime()
  return {
    uid: message.uid,
    ...marksOf(message),
    internalDateMs: Number.isNaN(date) ? null : date,
    sizeBytes: message.size ?? 0,
    messageId: message.envelope?.messageId ?? null,
    emailId: message.emailId ?? null,
    threadId: message.threadId ?? null,
  }
}

/** \Recent says something of the session, not of the message (RFC 3501 2.3.2). */
function marksOf(message: FetchMessageObject): SourceMarks {
  const flags = [...(message.flags ?? [])].filter((flag) => flag !== '\\Recent').toSorted()
  return { flags, labels: message.labels === undefined ? null : [...message.labels].toSorted() }
}
