import type { FetchMessageObject, ImapFlow } from 'imapflow'
import { AppError } from '../../../core/errors.ts'
import type {
  ConnectSource,
  ListedMessage,
  MailSource,
  OpenSourceFolder,
  SourceFolder,
  SourceState,
} from '../../features/archive/ports.ts'
import { connectImap } from './connect.ts'
import { concealSignIn } from '../line/conceal.ts'
import { translateImapError } from './translate.ts'
import type { ImapPlace } from './translate.ts'

const timeoutMs = 20_000

/** A mailbox on an IMAP server, as the archive reads it: EXAMINE and BODY.PEEK only, so nothing changes there. */
export const connectMailSource: ConnectSource = async (mailbox, secret, signal) => {
  const server = mailbox.imap
  if (server === null)
    throw new AppError('record.not_found', { details: { what: 'IMAP server of this mailbox' } })
  const { username, signIn, network } = mailbox
  const client = await connectImap({ server, username, signIn, secret, network, signal, timeoutMs })
  return createMailSource(client, { host: server.host, conceal: concealSignIn(username, secret) })
}

/** Wraps a connection that is signed in. */
function createMailSource(client: ImapFlow, place: ImapPlace): MailSource {
  const ask = async <T>(work: () => Promise<T>, path?: string): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw translateImapError(error, { ...place, path })
    }
  }
  return {
    listFolders: () => ask(() => listFolders(client)),
    status: (path) => ask(() => readStatus(client, place, path), path),
    open: (path) => ask(() => openFolder(client, place, path), path),
    close: async () => {
      // Ending politely is a courtesy; a server that does not answer must not hold up the end of a pull.
      await Promise.race([
        client.logout().catch(() => undefined),
        new Promise((end) => setTimeout(end, 2_000).unref()),
      ])
      client.close()
    },
  }
}

async function listFolders(client: ImapFlow): Promise<readonly SourceFolder[]> {
  const listed = await client.list()
  return listed
    .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
    .map(({ path, delimiter, specialUse }) => ({
      path,
      delimiter: delimiter === '' ? null : delimiter,
      specialUse: specialUse ?? null,
    }))
}

async function readStatus(client: ImapFlow, place: ImapPlace, path: string): Promise<SourceState> {
  const query = {
    messages: true,
    uidNext: true,
    uidValidity: true,
    highestModseq: client.capabilities.has('CONDSTORE'),
  }
  const status = await client.status(path, query)
  if (status === false)
    throw new AppError('imap.folder_missing', { details: { host: place.host, folder: path } })
  const { uidValidity, uidNext, messages } = status
  // A count that the server did not give is unknown, not 0; without it nothing can be said of the folder.
  if (uidValidity === undefined || uidNext === undefined || messages === undefined)
    throw new AppError('imap.protocol', {
      details: { host: place.host, folder: path, response: 'its STATUS answer lacks what was asked for' },
    })
  return {
    uidValidity: String(uidValidity),
    uidNext,
    messages,
    highestModseq: status.highestModseq === undefined ? null : String(status.highestModseq),
  }
}

async function openFolder(client: ImapFlow, place: ImapPlace, path: string): Promise<OpenSourceFolder> {
  const mailbox = await client.mailboxOpen(path, { readOnly: true })
  const { uidValidity, uidNext, exists, highestModseq, noModseq } = mailbox
  const modseq = noModseq === true || highestModseq === undefined ? null : String(highestModseq)
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw translateImapError(error, { ...place, path })
    }
  }
  return {
    state: { uidValidity: String(uidValidity), uidNext, messages: exists, highestModseq: modseq },
    listUids: () =>
      guard(async () => {
        if (exists === 0) return []
        const uids = await client.search({ all: true }, { uid: true })
        if (!Array.isArray(uids))
          throw new AppError('imap.protocol', { details: { host: place.host, folder: path } })
        return uids.toSorted((a, b) => a - b)
      }),
    list: (uidSet, withMessageId) =>
      guard(() =>
        collect(
          client,
          uidSet,
          { flags: true, internalDate: true, size: true, envelope: withMessageId },
          toListed,
        ),
      ),
    listFlags: (uidSet, changedSince) =>
      guard(async () => {
        const options =
          changedSince === null ? { uid: true } : { uid: true, changedSince: BigInt(changedSince) }
        const flags = new Map<number, readonly string[]>()
        for await (const message of client.fetch(uidSet, { flags: true }, options))
          flags.set(message.uid, flagsOf(message))
        return flags
      }),
    fetch: (uidSet) => fetchBytes(client, place, path, uidSet),
  }
}

async function* fetchBytes(client: ImapFlow, place: ImapPlace, path: string, uidSet: string) {
  try {
    for await (const message of client.fetch(uidSet, { source: true }, { uid: true }))
      if (message.source !== undefined) yield { uid: message.uid, bytes: message.source }
  } catch (error) {
    throw translateImapError(error, { ...place, path })
  }
}

async function collect<T>(
  client: ImapFlow,
  uidSet: string,
  query: Parameters<ImapFlow['fetch']>[1],
  convert: (message: FetchMessageObject) => T,
): Promise<readonly T[]> {
  const all: T[] = []
  for await (const message of client.fetch(uidSet, query, { uid: true })) all.push(convert(message))
  return all
}

function toListed(message: FetchMessageObject): ListedMessage {
  const date = message.internalDate === undefined ? NaN : new Date(message.internalDate).getTime()
  return {
    uid: message.uid,
    flags: flagsOf(message),
    internalDateMs: Number.isNaN(date) ? null : date,
    sizeBytes: message.size ?? 0,
    messageId: message.envelope?.messageId ?? null,
  }
}

/** \Recent says something of the session, not of the message (RFC 3501 2.3.2). */
function flagsOf(message: FetchMessageObject): readonly string[] {
  return [...(message.flags ?? [])].filter((flag) => flag !== '\\Recent').toSorted()
}
