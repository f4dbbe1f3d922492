import type { Damage, RepairItem } from '../../../../core/archive/reports.ts'
import type { OccurrenceRecord } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import { describeError } from '../../../../core/error-text.ts'
import type { MessageOrigin } from '../../../../db/archive-index/whereabouts.ts'
import type { Run } from '../../jobs/index.ts'
import type { MailSource } from '../ports.ts'
import { sha256Of } from '../store/frame.ts'
import type { ArchiveThread } from '../worker/functions.ts'
import type { SafetyDeps } from './ports.ts'

interface Asking {
  /** The archive's folder. */
  readonly path: string
  readonly damage: readonly Damage[]
  readonly dryRun: boolean
  readonly run: Run
  readonly thread: ArchiveThread
}

/** What servers gave, and why they did not give the rest (by hash). */
export interface Asked {
  readonly items: readonly RepairItem[]
  readonly reasons: ReadonlyMap<string, string>
}

/** A damaged message and where it came from. */
interface Wanted {
  readonly damage: Damage
  readonly origin: MessageOrigin
}

/**
 * Asks the servers that damaged messages came from for them: by UID where the folder still has the same UIDVALIDITY,
 * else by Message-ID. Only what has the very hash is stored.
 */
export async function askServers(deps: SafetyDeps, asking: Asking): Promise<Asked> {
  const items: RepairItem[] = []
  const reasons = new Map<string, string>()
  const bySource = Map.groupBy(await findOrigins(asking), ({ origin }) => origin.places[0]?.source ?? '')
  for (const [source, wanted] of bySource) {
    try {
      const server = await connectTo(deps, source, asking.run)
      try {
        for (const one of wanted) items.push(...(await askFor(server, one, asking)))
      } finally {
        await server.close()
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const { sentence } = describeError(error.code, error.details)
      for (const { origin } of wanted) reasons.set(origin.sha256, sentence)
    }
  }
  return { items, reasons }
}

async function findOrigins({ thread, path, damage }: Asking): Promise<readonly Wanted[]> {
  const wanted: Wanted[] = []
  for (const one of damage) {
    if (one.kind !== 'message' || one.sha256 === null) continue
    const origin = await thread.call('originOf', [path, one.sha256])
    if (origin !== null && origin.onServer > 0) wanted.push({ damage: one, origin })
  }
  return wanted
}

/** Connects to the mailbox of this desk that has the address. Errors: `record.not_found`, and those of connecting. */
async function connectTo(deps: SafetyDeps, source: string, run: Run): Promise<MailSource> {
  const page = { text: source, offset: 0, limit: 100, personId: null }
  const { mailboxes } = await deps.db.accounts.listMailboxes(page)
  const found = mailboxes.find(({ address }) => address.toLowerCase() === source.toLowerCase())
  if (found === undefined)
    throw new AppError('record.not_found', { details: { what: `mailbox ${source} on this desk` } })
  const { mailbox, secret } = await deps.mailboxes.open(found.mailboxId)
  return deps.connect(mailbox, secret, run.signal)
}

async function askFor(
  server: MailSource,
  { damage, origin }: Wanted,
  asking: Asking,
): Promise<readonly RepairItem[]> {
  const { path, thread, dryRun, run } = asking
  for (const place of origin.places.slice(0, origin.onServer)) {
    await run.checkpoint()
    const bytes = await fetchFrom(server, place, origin)
    if (bytes === null) continue
    if (!dryRun) {
      await thread.call('storeAgain', [path, origin.sha256, bytes])
      await thread.call('enterRepair', [path, [damage], 'server'])
    }
    const says = `stored once more, from ${place.folder} of ${place.source} on the server`
    return [{ damage, outcome: 'stored_again', says }]
  }
  return []
}

/** The very message, from a folder; null when it is not there any more. */
async function fetchFrom(
  server: MailSource,
  { folder, uidValidity, uid }: OccurrenceRecord,
  { sha256, sizeBytes, messageId }: MessageOrigin,
): Promise<Uint8Array | null> {
  try {
    const opened = await server.open(folder)
    if (opened.state.uidValidity === uidValidity) return await fetchSame(opened.fetch(String(uid)), sha256)
    if (messageId === null || opened.state.messages === 0) return null
    const listed = await opened.list('1:*', true)
    const alike = listed.filter((one) => one.messageId === messageId && one.sizeBytes === sizeBytes)
    for (const one of alike) {
      const bytes = await fetchSame(opened.fetch(String(one.uid)), sha256)
      if (bytes !== null) return bytes
    }
    return null
  } catch (error) {
    if (error instanceof AppError && error.code === 'imap.folder_missing') return null
    throw error
  }
}

async function fetchSame(
  fetched: AsyncIterable<{ readonly bytes: Uint8Array }>,
  sha256: string,
): Promise<Uint8Array | null> {
  for await (const { bytes } of fetched) if (sha256Of(bytes) === sha256) return bytes
  return null
}
