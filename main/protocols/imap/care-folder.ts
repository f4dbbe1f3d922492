import type { ImapFlow } from 'imapflow'
import { toUidSet } from '../../../core/archive/batches.ts'
import { AppError } from '../../../core/errors.ts'
import type { CareAbilities, MoveOutcome, OpenCareFolder, RemoveOutcome } from '../../features/care/ports.ts'
import { factItems, toFact } from './care-facts.ts'
import { translateImapError } from './translate.ts'
import type { ImapPlace } from './translate.ts'

/** Opens a folder: EXAMINE to read, SELECT to change. */
export async function openCareFolder(
  client: ImapFlow,
  place: ImapPlace,
  abilities: CareAbilities,
  path: string,
  access: 'read' | 'write',
): Promise<OpenCareFolder> {
  const mailbox = await client.mailboxOpen(path, { readOnly: access === 'read' })
  const guard: Guard = async (work) => {
    try {
      return await work()
    } catch (error) {
      throw translateImapError(error, { ...place, path })
    }
  }
  const demand: Demand = (done, command) => {
    if (done === false || done === undefined) throw refused(place, path, command)
  }
  return {
    uidValidity: String(mailbox.uidValidity),
    uidNext: mailbox.uidNext,
    messages: mailbox.exists,
    keepsKeywords: mailbox.permanentFlags?.has('\\*') ?? false,
    facts: (pageSize) => pagesOf(client, guard, mailbox.exists, pageSize),
    ...reading(client, guard, demand),
    ...changing(client, guard, demand, abilities),
  }
}

/** The failure for a command that imapflow reports with `false`: the server said NO and imapflow keeps the words. */
export function refused(place: ImapPlace, path: string, command: string): AppError {
  return new AppError('imap.refused', { details: { host: place.host, folder: path, command } })
}

/** Runs a command and translates what imapflow raises. */
type Guard = <T>(work: () => Promise<T>) => Promise<T>
/** Fails where imapflow says with `false` that the server refused. */
type Demand = (done: unknown, command: string) => void

function reading(
  client: ImapFlow,
  guard: Guard,
  demand: Demand,
): Pick<OpenCareFolder, 'factsOf' | 'search' | 'header' | 'bytes'> {
  return {
    factsOf: (uids) => guard(() => collectFacts(client, toUidSet(uids), true)),
    search: ({ from, subject, messageId }) =>
      guard(async () => {
        const query = {
          ...(from !== '' && { from }),
          ...(subject !== '' && { subject }),
          ...(messageId !== '' && { header: { 'message-id': messageId } }),
        }
        const found = await client.search(query, { uid: true })
        demand(found, 'SEARCH')
        return Array.isArray(found) ? found.toSorted((a, b) => a - b) : []
      }),
    header: (uid, maxBytes) =>
      guard(async () => {
        const message = await client.fetchOne(String(uid), { headers: true }, { uid: true })
        return message === false ? null : (message.headers?.subarray(0, maxBytes) ?? null)
      }),
    bytes: (uid) =>
      guard(async () => {
        const message = await client.fetchOne(String(uid), { source: true }, { uid: true })
        return message === false ? null : (message.source ?? null)
      }),
  }
}

function changing(
  client: ImapFlow,
  guard: Guard,
  demand: Demand,
  abilities: CareAbilities,
): Pick<OpenCareFolder, 'storeFlags' | 'move' | 'remove'> {
  const options = { uid: true }
  return {
    storeFlags: (uids, add, remove) =>
      guard(async () => {
        const set = toUidSet(uids)
        if (add.length > 0) demand(await client.messageFlagsAdd(set, [...add], options), 'STORE')
        if (remove.length > 0) demand(await client.messageFlagsRemove(set, [...remove], options), 'STORE')
      }),
    move: (uids, toFolder) => guard(() => moveMessages(client, abilities, toUidSet(uids), toFolder, demand)),
    remove: (uids) => guard(() => removeMessages(client, abilities, toUidSet(uids), demand)),
  }
}

/**
 * MOVE, else COPY and then removal of the originals. imapflow's own way round a missing MOVE ends in EXPUNGE where
 * there is no UIDPLUS, which takes whatever anybody has marked; so that one is not used.
 */
async function moveMessages(
  client: ImapFlow,
  abilities: CareAbilities,
  uidSet: string,
  toFolder: string,
  demand: Demand,
): Promise<MoveOutcome> {
  const told = abilities.move
    ? await client.messageMove(uidSet, toFolder, { uid: true })
    : await client.messageCopy(uidSet, toFolder, { uid: true })
  demand(told, abilities.move ? 'MOVE' : 'COPY')
  const kind =
    abilities.move || (await removeMessages(client, abilities, uidSet, demand)) === 'removed'
      ? 'moved'
      : 'copied'
  const { uidValidity, uidMap } = told === false ? {} : told
  return {
    kind,
    uidValidity: uidValidity === undefined ? null : String(uidValidity),
    uids: uidMap ?? new Map<number, number>(),
  }
}

/** UID EXPUNGE of these messages (RFC 4315), else nothing but the \Deleted mark: never a plain EXPUNGE. */
async function removeMessages(
  client: ImapFlow,
  { uidPlus }: CareAbilities,
  uidSet: string,
  demand: Demand,
): Promise<RemoveOutcome> {
  if (uidPlus) {
    demand(await client.messageDelete(uidSet, { uid: true }), 'UID EXPUNGE')
    return 'removed'
  }
  demand(await client.messageFlagsAdd(uidSet, ['\\Deleted'], { uid: true }), 'STORE')
  return 'marked'
}

async function* pagesOf(client: ImapFlow, guard: Guard, exists: number, pageSize: number) {
  // By sequence number, so that no list of UIDs is needed: a server may not renumber messages while a client that
  // sends nothing but FETCH has the folder open (RFC 9051 7.5.1).
  for (let first = 1; first <= exists; first += pageSize) {
    const range = `${first}:${Math.min(exists, first + pageSize - 1)}`
    yield await guard(() => collectFacts(client, range, false))
  }
}

async function collectFacts(client: ImapFlow, range: string, uid: boolean) {
  const facts = new Map<number, ReturnType<typeof toFact>>()
  if (range === '') return []
  for await (const message of client.fetch(range, factItems, { uid })) facts.set(message.uid, toFact(message))
  return [...facts.values()]
}
