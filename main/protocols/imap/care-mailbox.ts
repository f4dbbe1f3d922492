import type { ImapFlow } from 'imapflow'
import type { QuotaUse } from '../../../core/care/types.ts'
import { AppError } from '../../../core/errors.ts'
import type { CareFolder, CareMailbox, ConnectCare } from '../../features/care/ports.ts'
import { concealSignIn } from '../line/conceal.ts'
import { openCareFolder, refused } from './care-folder.ts'
import { connectImap } from './connect.ts'
import { translateImapError } from './translate.ts'
import type { ImapPlace } from './translate.ts'

const timeoutMs = 20_000

/** A mailbox on an IMAP server as care works on it: facts are read with EXAMINE, and what is removed is named by UID. */
export const connectCareMailbox: ConnectCare = async (mailbox, secret, signal) => {
  const server = mailbox.imap
  if (server === null)
    throw new AppError('record.not_found', { details: { what: 'IMAP server of this mailbox' } })
  const { username, signIn, network } = mailbox
  const client = await connectImap({ server, username, signIn, secret, network, signal, timeoutMs })
  return createCareMailbox(client, { host: server.host, conceal: concealSignIn(username, secret) })
}

function createCareMailbox(client: ImapFlow, place: ImapPlace): CareMailbox {
  const ask = async <T>(work: () => Promise<T>, path?: string): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw translateImapError(error, { ...place, path })
    }
  }
  const abilities = {
    uidPlus: client.capabilities.has('UIDPLUS'),
    move: client.capabilities.has('MOVE'),
    labels: client.capabilities.has('X-GM-EXT-1'),
  }
  return {
    abilities,
    listFolders: () => ask(() => listFolders(client)),
    quota: () => ask(() => readQuota(client)),
    open: (path, access) => ask(() => openCareFolder(client, place, abilities, path, access), path),
    makeFolder: (path) =>
      ask(async () => {
        const listed = await client.list()
        if (!listed.some((folder) => folder.path === path)) await client.mailboxCreate(path)
      }, path),
    append: (path, bytes, flags, internalDateMs) =>
      ask(async () => {
        const date = internalDateMs === null ? undefined : new Date(internalDateMs)
        const stored = await client.append(path, Buffer.from(bytes), [...flags], date)
        if (stored === false) throw refused(place, path, 'APPEND')
      }, path),
    close: async () => {
      // Ending politely is a courtesy; a server that does not answer must not hold up the end of a run.
      await Promise.race([
        client.logout().catch(() => undefined),
        new Promise((end) => setTimeout(end, 2_000).unref()),
      ])
      client.close()
    },
  }
}

async function listFolders(client: ImapFlow): Promise<readonly CareFolder[]> {
  const listed = await client.list()
  return listed
    .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
    .map(({ path, delimiter, specialUse }) => ({
      path,
      delimiter: delimiter === '' ? null : delimiter,
      specialUse: specialUse ?? null,
    }))
}

/** STORAGE of the quota root of INBOX (RFC 9208 5.1); imapflow gives bytes. */
async function readQuota(client: ImapFlow): Promise<QuotaUse | null> {
  const quota = await client.getQuota('INBOX')
  if (quota === false || quota.storage?.usage === undefined) return null
  return { usedBytes: quota.storage.usage, limitBytes: quota.storage.limit ?? null }
}
