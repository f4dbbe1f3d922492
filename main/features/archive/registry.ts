import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { v7 as uuid } from 'uuid'
import { safeSegment } from '../../../core/archive/bundle.ts'
import { archiveCardVersion } from '../../../core/archive/pack.ts'
import type { ArchiveCard } from '../../../core/archive/pack.ts'
import type { ArchiveState, ArchiveSummary } from '../../../core/archive/types.ts'
import { AppError } from '../../../core/errors.ts'
import type { AppErrorCode } from '../../../core/errors.ts'
import type { DbClient } from '../../../db/client.ts'
import type { KnownArchive } from '../../../db/queries/archive.ts'
import type { Clock } from '../../lib/clock.ts'
import { writeKeyFile } from './keys/key-file.ts'
import type { ArchiveKeys } from './keys/service.ts'
import { readCopyMark } from './store/copy-folder.ts'
import { createArchiveFolder, encryptedCard, readArchiveCard } from './store/folder.ts'
import type { ArchiveThread } from './worker/functions.ts'

/** The archives of this desk: those made here, those opened from elsewhere, and bundles opened for browsing. */
export interface ArchiveRegistry {
  /** Counts and sizes are null without `totals`: to know them the indexes are opened. */
  list(totals: boolean): Promise<readonly ArchiveSummary[]>
  /** Errors: `record.not_found`. */
  find(archiveId: string): Promise<KnownArchive>
  summarize(known: KnownArchive): Promise<ArchiveSummary>
  create(request: CreateRequest): Promise<CreatedArchive>
  /** An archive's folder, or a bundle's zip, of which a copy is made. */
  open(path: string, secret: string | null): Promise<KnownArchive>
  forget(archiveId: string): Promise<void>
}

/** What to make: encrypted or not, or as this desk can. */
export interface CreateRequest {
  readonly name: string
  readonly path: string | null
  readonly encryption: 'default' | 'on' | 'off'
}

/** A new archive, and its recovery key, which is nowhere else. */
export interface CreatedArchive {
  readonly known: KnownArchive
  readonly recoveryKey: string | null
}

interface RegistryDeps {
  readonly db: DbClient
  readonly dataDir: string
  readonly clock: Clock
  readonly keys: ArchiveKeys
  readonly reader: () => ArchiveThread
  readonly inThread: <T>(work: (thread: ArchiveThread) => Promise<T>) => Promise<T>
}

/** Keeps the list in the desk's database; what is true of an archive is asked of its folder each time. */
export function createRegistry(deps: RegistryDeps): ArchiveRegistry {
  const { db } = deps
  return {
    list: async (totals) =>
      Promise.all((await db.archive.listArchives()).map((known) => summarize(deps, known, totals))),
    find: async (archiveId) => {
      const known = await db.archive.getArchive(archiveId)
      if (known === null) throw new AppError('record.not_found', { details: { what: 'archive' } })
      return known
    },
    summarize: (known) => summarize(deps, known),
    create: (request) => create(deps, request),
    open: async (path, secret) => {
      const full = resolve(path)
      if (/\.zip(\.age)?$/i.test(full)) return openBundle(deps, full, secret)
      const card = readArchiveCard(full)
      await refuseCopyBesideArchive(db, full, card)
      return remember(deps, full, card)
    },
    forget: async (archiveId) => {
      const known = await db.archive.getArchive(archiveId)
      if (known !== null) {
        await deps.reader().call('closeReader', [known.path])
        await deps.reader().call('dropKeys', [known.path])
        deps.keys.drop(known.path)
      }
      await db.archive.removeArchive(archiveId)
      // A bundle's copy is the desk's own and of no use when it is off the list; the bundle itself stays.
      if (known?.kind === 'bundle') await rm(known.path, { recursive: true, force: true })
    },
  }
}

/** A second copy is looked at through its archive, while that is there. */
async function refuseCopyBesideArchive(db: DbClient, path: string, card: ArchiveCard): Promise<void> {
  if (readCopyMark(path) === null) return
  const known = await db.archive.getArchive(card.archiveId)
  if (known !== null && known.path !== path && stateOf(known.path) === 'ready')
    throw new AppError('archive.is_copy', { details: { file: path } })
}

async function remember(deps: RegistryDeps, path: string, card: ArchiveCard): Promise<KnownArchive> {
  const { archiveId, name, kind, createdAtMs } = card
  const known = { archiveId, name, path, kind, createdAtMs }
  await deps.db.archive.putArchive(known)
  return known
}

async function summarize(deps: RegistryDeps, known: KnownArchive, totals = true): Promise<ArchiveSummary> {
  const unknown = { messageCount: null, mailBytes: null, storedBytes: null, lastArchivedAtMs: null }
  const state = stateOf(known.path)
  if (state !== 'ready') return { ...known, state, ...unknown, encryption: null }
  const encryption = await deps.keys.status(known.path)
  if (!totals) return { ...known, state, ...unknown, encryption }
  try {
    return { ...known, state, ...(await deps.reader().call('totals', [known.path])), encryption }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ...known, state: stateBy[error.code] ?? 'not_readable', ...unknown, encryption }
  }
}

const stateBy: Partial<Record<AppErrorCode, ArchiveState>> = {
  'archive.index_missing': 'index_missing',
  'db.damaged': 'index_missing',
  'archive.key_missing': 'key_missing',
  'secret.vault_locked': 'key_locked',
  'secret.store_unavailable': 'key_locked',
  'archive.keys_damaged': 'keys_damaged',
}

async function create(deps: RegistryDeps, request: CreateRequest): Promise<CreatedArchive> {
  const { name, path, encryption } = request
  const own = join(deps.dataDir, 'archives')
  const folder = path === null ? freeFolder(own, name) : resolve(path)
  const createdAtMs = deps.clock.nowMs()
  const plain: ArchiveCard = { ...cardFormat, archiveId: uuid(), name, kind: 'archive', createdAtMs }
  const isEncrypted =
    encryption === 'on' || (encryption === 'default' && (await deps.keys.keeping()).place !== null)
  // The key is kept before there is anything that needs it.
  const prepared = isEncrypted ? await deps.keys.prepare(plain.archiveId) : null
  const card = prepared === null ? plain : encryptedCard(plain, createdAtMs)
  createArchiveFolder(folder, card)
  if (prepared !== null) writeKeyFile(folder, prepared.file)
  // An archive has its index from the beginning, so that "no index" always means that it was lost.
  await deps.reader().call('makeIndex', [folder])
  return { known: await remember(deps, folder, card), recoveryKey: prepared?.recoveryKey ?? null }
}

async function openBundle(deps: RegistryDeps, file: string, secret: string | null): Promise<KnownArchive> {
  const { manifest, id } = await deps.inThread((thread) => thread.call('identifyBundle', [file, secret]))
  const archiveId = `bundle-${id}`
  const path = join(deps.dataDir, 'opened-bundles', safeSegment(archiveId))
  const before = await deps.db.archive.getArchive(archiveId)
  if (before !== null && stateOf(path) === 'ready') return before
  // A copy that was cut off is not whole; it is made from the start.
  await rm(path, { recursive: true, force: true })
  const name = `${manifest.source.archiveName} (bundle of ${manifest.createdAt.slice(0, 10)})`
  const createdAtMs = Date.parse(manifest.createdAt)
  const card: ArchiveCard = { ...cardFormat, archiveId, name, kind: 'bundle', createdAtMs }
  createArchiveFolder(path, card)
  const report = await deps.inThread((thread) => thread.call('copyBundle', [file, secret, path]))
  const known = await remember(deps, path, card)
  // A copy that lacks messages says so for as long as it is there. One that does not is no proof of the bundle.
  if (report.problems.length > 0)
    await deps.db.archive.putArchiveReport({
      runId: uuid(),
      archiveId,
      endedAtMs: deps.clock.nowMs(),
      report,
    })
  return known
}

const cardFormat = { format: 'mail-desk-archive', version: archiveCardVersion } as const

function stateOf(path: string): ArchiveState {
  if (!existsSync(path)) return 'not_found'
  try {
    readArchiveCard(path)
    return 'ready'
  } catch (error) {
    return error instanceof AppError && error.code === 'archive.newer' ? 'newer' : 'not_readable'
  }
}

/** A folder with this name that is not there yet. */
export function freeFolder(parent: string, name: string): string {
  const wanted = safeSegment(name)
  for (let n = 1; ; n++) {
    const folder = join(parent, n === 1 ? wanted : `${wanted} ${n}`)
    if (!existsSync(folder)) return folder
  }
}
