import type { ImapFlow, ImapFlowError } from 'imapflow'
import { toUidSet } from '../../../core/archive/batches.ts'
import { AppError } from '../../../core/errors.ts'
import type { NameRules } from '../../../core/restore/mapping.ts'
import type { TargetMark } from '../../../core/restore/present.ts'
import type {
  ConnectTarget,
  MailTarget,
  TargetAbilities,
  TargetFolderState,
} from '../../features/restore/ports.ts'
import { concealSignIn } from '../line/conceal.ts'
import { appendMessages, refusalOf } from './append.ts'
import { connectImap } from './connect.ts'
import { translateImapError } from './translate.ts'
import type { ImapPlace } from './translate.ts'

const timeoutMs = 20_000
/** With more in one APPEND, Dovecot gained nothing (measured with 10 to 200). */
const batchMessages = 50

/** A mailbox on an IMAP server, as a restore writes to it. */
export const connectMailTarget: ConnectTarget = async (mailbox, secret, signal) => {
  const server = mailbox.imap
  if (server === null)
    throw new AppError('record.not_found', { details: { what: 'IMAP server of this mailbox' } })
  const { username, signIn, network } = mailbox
  const client = await connectImap({ server, username, signIn, secret, network, signal, timeoutMs })
  return createMailTarget(client, { host: server.host, conceal: concealSignIn(username, secret) })
}

function createMailTarget(client: ImapFlow, place: ImapPlace): MailTarget {
  const ask = async <T>(work: () => Promise<T>, path?: string): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw translate(error, { ...place, path })
    }
  }
  const opened = (path: string) => openFolder(client, path)
  return {
    abilities: abilitiesOf(client),
    names: () => ask(() => readNames(client)),
    quota: () => ask(() => readQuota(client)),
    createFolder: (path) => ask(() => createFolder(client, path), path),
    deleteFolder: (path) =>
      ask(async () => {
        if (keepsDiscarded(client) && (await openFolder(client, path)).messages > 0)
          await discard(client, '1:*', false)
        await client.mailboxDelete(path)
      }, path),
    state: (path) => ask(() => opened(path), path),
    listMarks: (path) =>
      ask(async () => {
        const { messages } = await opened(path)
        return messages === 0 ? [] : listMarks(client)
      }, path),
    append: (path, messages) =>
      ask(async () => {
        const outcome = await appendMessages(client, path, messages)
        if (outcome.kind === 'appended') return outcome
        const words = place.conceal(outcome.refusal.words)
        return { kind: 'refused', refusal: { ...outcome.refusal, words } }
      }, path),
    fetch: (path, uids) => fetchBytes(client, place, path, uids),
    remove: (path, uidValidity, uids) =>
      ask(() => removeMessages(client, place, path, uidValidity, uids), path),
    close: async () => {
      // Ending politely is a courtesy; a server that does not answer must not hold up the end of a restore.
      await Promise.race([
        client.logout().catch(() => undefined),
        new Promise((end) => setTimeout(end, 2_000).unref()),
      ])
      client.close()
    },
  }
}

/** As `translateImapError`, with the time that a throttling server still wants to be left alone. */
function translate(error: unknown, place: ImapPlace): unknown {
  const translated = translateImapError(error, place)
  const raised = error as ImapFlowError & { readonly throttleWaited?: number }
  const words = raised.responseText ?? ''
  const isThrottle =
    translated instanceof AppError &&
    (translated.code === 'imap.throttled' || /thrott|too many|rate limit|slow down/i.test(words))
  if (!isThrottle) return translated
  // imapflow has waited for a part of what the server suggested.
  const backoffMs = Math.max(0, (raised.throttleReset ?? 0) - (raised.throttleWaited ?? 0))
  return new AppError('imap.throttled', {
    details: { ...translated.details, ...(backoffMs > 0 && { backoffMs }) },
    cause: error,
    retryable: true,
  })
}

function abilitiesOf(client: ImapFlow): TargetAbilities {
  const limit = client.capabilities.get('APPENDLIMIT')
  return {
    largestBytes: typeof limit === 'number' ? limit : null,
    undoable: client.capabilities.has('UIDPLUS'),
    batchMessages: client.capabilities.has('MULTIAPPEND') ? batchMessages : 1,
  }
}

async function readNames(client: ImapFlow): Promise<NameRules> {
  const listed = await client.list()
  const folders = listed
    .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
    .map(({ path, specialUse }) => ({ path, specialUse: specialUse ?? null }))
  const delimiter = client.namespace?.delimiter ?? listed[0]?.delimiter ?? ''
  return {
    folders,
    delimiter: delimiter === '' ? null : delimiter,
    namespace: client.namespace?.prefix ?? '',
  }
}

async function readQuota(client: ImapFlow) {
  const quota = await client.getQuota('INBOX')
  const storage = quota === false ? undefined : quota.storage
  if (storage?.limit === undefined || storage.limit === 0) return null
  return { usedBytes: storage.usage ?? 0, limitBytes: storage.limit }
}

async function createFolder(client: ImapFlow, path: string) {
  try {
    await client.mailboxCreate(path)
    return null
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === null) throw error
    return refusal.code?.toUpperCase() === 'ALREADYEXISTS' ? null : refusal
  }
}

async function openFolder(client: ImapFlow, path: string): Promise<TargetFolderState> {
  // Selected anew each time: a folder that is open already would be reported as it was then.
  if (client.mailbox !== false && client.mailbox.path === path) await client.mailboxClose()
  const mailbox = await client.mailboxOpen(path)
  return {
    uidValidity: String(mailbox.uidValidity),
    messages: mailbox.exists,
    permanentFlags: mailbox.permanentFlags === undefined ? null : [...mailbox.permanentFlags],
    readOnly: mailbox.readOnly === true,
  }
}

async function listMarks(client: ImapFlow): Promise<readonly TargetMark[]> {
  const marks: TargetMark[] = []
  const query = { size: true, internalDate: true, envelope: true } as const
  for await (const { uid, size, internalDate, envelope } of client.fetch('1:*', query)) {
    const date = internalDate === undefined ? NaN : new Date(internalDate).getTime()
    const messageId = envelope?.messageId ?? null
    marks.push({
      uid,
      sizeBytes: size ?? 0,
      internalDateMs: Number.isNaN(date) ? null : date,
      messageId: messageId === '' ? null : messageId,
      hashes: [],
    })
  }
  return marks
}

async function* fetchBytes(client: ImapFlow, place: ImapPlace, path: string, uids: readonly number[]) {
  if (uids.length === 0) return
  try {
    if (client.mailbox === false || client.mailbox.path !== path) await client.mailboxOpen(path)
    const set = toUidSet(uids.toSorted((a, b) => a - b))
    for await (const message of client.fetch(set, { source: true }, { uid: true }))
      if (message.source !== undefined) yield { uid: message.uid, bytes: message.source }
  } catch (error) {
    throw translate(error, { ...place, path })
  }
}

/** On Gmail a folder is a label: expunging takes the label off and leaves the message in All Mail. */
const keepsDiscarded = (client: ImapFlow): boolean => client.capabilities.has('X-GM-EXT-1')

/** Removes messages of the open folder. With UIDPLUS by UID EXPUNGE: what others have marked \Deleted stays. */
async function discard(client: ImapFlow, range: string, uid: boolean): Promise<boolean> {
  if (!keepsDiscarded(client)) return client.messageDelete(range, { uid })
  const bin = (await client.list()).find(({ specialUse }) => specialUse === '\\Trash')
  return bin === undefined ? false : (await client.messageMove(range, bin.path, { uid })) !== false
}

async function removeMessages(
  client: ImapFlow,
  place: ImapPlace,
  path: string,
  uidValidity: string,
  uids: readonly number[],
): Promise<number> {
  const state = await openFolder(client, path)
  if (state.uidValidity !== uidValidity)
    throw new AppError('imap.renumbered', { details: { host: place.host, folder: path } })
  const set = toUidSet(uids.toSorted((a, b) => a - b))
  const before = await client.search({ uid: set }, { uid: true })
  const there = Array.isArray(before) ? before.length : 0
  if (there === 0) return 0
  const done = await discard(client, set, true)
  if (!done)
    throw new AppError('imap.protocol', {
      details: { host: place.host, folder: path, response: 'EXPUNGE refused' },
    })
  const after = await client.search({ uid: set }, { uid: true })
  return there - (Array.isArray(after) ? after.length : 0)
}
