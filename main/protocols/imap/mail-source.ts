import type { ImapFlow, ListResponse } from 'imapflow'
import { AppError } from '../../../core/errors.ts'
import type { ConnectSource, MailSource, SourceFolder, SourceState } from '../../features/archive/ports.ts'
import { concealSignIn } from '../line/conceal.ts'
import { connectImap } from './connect.ts'
import { whileItComes, slowestPace } from './progress.ts'
import type { Pace } from './progress.ts'
import { salvageMessage } from './salvage.ts'
import { openSourceFolder } from './source-folder.ts'
import { translateImapError } from './translate.ts'

const timeoutMs = 20_000

/** A mailbox on an IMAP server, as the archive reads it: EXAMINE and BODY.PEEK only, so nothing changes there. */
export const connectMailSource: ConnectSource = createSourceConnector(slowestPace)

/** Connects like `connectMailSource`; a server that sends less than the pace is given up. */
export function createSourceConnector(pace: Pace): ConnectSource {
  return async (mailbox, secret, signal, { compress } = { compress: false }) => {
    const server = mailbox.imap
    if (server === null)
      throw new AppError('record.not_found', { details: { what: 'IMAP server of this mailbox' } })
    const { username, signIn, network } = mailbox
    const options = { server, username, signIn, secret, network, signal, timeoutMs, qresync: true }
    const client = await connectImap({ ...options, compress })
    const conceal = concealSignIn(username, secret)
    const ask: Ask = async (work, path) => {
      try {
        return await whileItComes(client, pace, server.host, work())
      } catch (error) {
        throw translateImapError(error, { host: server.host, conceal, path })
      }
    }
    const salvage: MailSource['salvage'] = (path, uid) =>
      salvageMessage(options, pace, path, uid).catch((error: unknown) => {
        throw translateImapError(error, { host: server.host, conceal, path })
      })
    return createMailSource(client, { host: server.host, ask }, salvage)
  }
}

/** Asks the server; failures come as the program's own. */
export type Ask = <T>(work: () => Promise<T>, path?: string) => Promise<T>

/** One connection's place: its host, for what is said of failures, and the way to ask. */
export interface SourcePlace {
  readonly host: string
  readonly ask: Ask
}

function createMailSource(client: ImapFlow, place: SourcePlace, salvage: MailSource['salvage']): MailSource {
  const { ask } = place
  return {
    offers: {
      gmailLabels: client.capabilities.has('X-GM-EXT-1'),
      compression: client.capabilities.has('COMPRESS=DEFLATE'),
    },
    listFolders: () => ask(() => listFolders(client)),
    status: (path) => ask(() => readStatus(client, place, path), path),
    open: (path) => ask(() => openSourceFolder(client, place, path), path),
    salvage,
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
  // Without LIST-STATUS imapflow would ask for each folder's state here, and one that fails would be lost in the crowd.
  const withState = client.capabilities.has('LIST-STATUS')
  const listed = await client.list(withState ? { statusQuery: stateQuery(client) } : {})
  return listed
    .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
    .map(({ path, delimiter, specialUse, status }) => ({
      path,
      delimiter: delimiter === '' ? null : delimiter,
      specialUse: specialUse ?? null,
      state: status === undefined ? null : toState(status),
    }))
}

function stateQuery(client: ImapFlow) {
  const highestModseq = client.capabilities.has('CONDSTORE') || client.enabled.has('CONDSTORE')
  return { messages: true, uidNext: true, uidValidity: true, highestModseq }
}

async function readStatus(client: ImapFlow, place: SourcePlace, path: string): Promise<SourceState> {
  const status = await client.status(path, stateQuery(client))
  // imapflow keeps to itself why STATUS was refused; opening the folder tells, or tells the state.
  if (status === false) return (await openSourceFolder(client, place, path)).state
  const state = toState(status)
  if (state === null)
    throw new AppError('imap.protocol', {
      details: { host: place.host, folder: path, response: 'its STATUS answer lacks what was asked for' },
    })
  return state
}

/** A count that the server did not give is unknown, not 0; without it nothing can be said of the folder. */
function toState(status: NonNullable<ListResponse['status']>): SourceState | null {
  const { uidValidity, uidNext, messages, highestModseq } = status
  if (uidValidity === undefined || uidNext === undefined || messages === undefined) return null
  const modseq = highestModseq === undefined ? null : String(highestModseq)
  return { uidValidity: String(uidValidity), uidNext, messages, highestModseq: modseq }
}
