import type { archiveContract } from '../../../core/archive/contract.ts'
import { AppError } from '../../../core/errors.ts'
import type { KeptReport, KnownArchive } from '../../../db/queries/archive.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import type { Secrets } from '../secrets/index.ts'
import type { ServerPlace } from '../../../db/archive-index/stored.ts'
import { startBundleCheck, startExport } from './exports.ts'
import type { ExportsDeps } from './exports.ts'
import { findHandlers } from './find.ts'
import { keyHandlers } from './keys/handlers.ts'
import { withKeys } from './keys/hand-over.ts'
import { createArchiveKeys } from './keys/service.ts'
import { inspectImport, startImport } from './imports.ts'
import { createMailParser } from './parser.ts'
import type { MailParser } from './parser.ts'
import { startPull } from './pull-run.ts'
import { createRegistry } from './registry.ts'
import type { ArchiveRegistry } from './registry.ts'
import { createRetention } from './retention/handlers.ts'
import type { RetentionService } from './retention/handlers.ts'
import { createRuns } from './runs.ts'
import type { RunsDeps } from './runs.ts'
import { createSafety } from './safety/index.ts'
import type { SafetyService } from './safety/index.ts'
import { createSources } from './source.ts'
import type { ArchiveSource } from './source.ts'
import { createTextIndexing, publishAndIndex } from './text-indexing.ts'
import type { TextIndexing } from './text-indexing.ts'
import type { ArchiveFunctions, ArchiveThread } from './worker/functions.ts'
import type { StoredProof } from './worker/stored.ts'
import { restingThread } from './worker/resting.ts'
import { startThread } from './worker/thread.ts'

export { splitMbox } from './bundle/mbox-split.ts'
export type { ArchiveSource, Restorable, RestorableMessage } from './source.ts'

type Handlers = HandlersOf<typeof archiveContract>

const hostRestsAfterMs = 5 * 60_000
/** A command reads what it needs and then waits for one run. */
const visitorRestsAfterMs = 200

/** What the archive is built from. */
export type ArchiveDeps = Omit<ExportsDeps, 'reader' | 'inThread' | 'finishText' | 'keepInStep'> & {
  readonly secrets: Secrets
  /** The code of the archive's threads. */
  readonly workerUrl: URL
  /** Whether this desk stays: only then is text made searchable by itself. */
  readonly isHost: boolean
}

/** What other features may ask of the archive. */
export interface ArchiveService extends RetentionService, SafetyService {
  /** Errors: `record.not_found`. */
  readonly find: (archiveId: string) => Promise<KnownArchive>
  readonly pull: (request: {
    readonly archiveId: string
    readonly mailboxId: string
    readonly folders: readonly string[] | null
  }) => Promise<{ readonly runId: string }>
  /** Takes mail out of an archive, in a thread of its own. Errors: `record.not_found`. */
  readonly withSource: <T>(archiveId: string, work: (source: ArchiveSource) => Promise<T>) => Promise<T>
  /** Works with what was archived from given places on a server, in a thread of its own. */
  readonly withStored: <T>(archiveId: string, work: (stored: StoredMail) => Promise<T>) => Promise<T>
}

/** What was archived from a place on a server: proved, or read. */
export interface StoredMail {
  readonly prove: (places: readonly ServerPlace[]) => Promise<readonly StoredProof[]>
  /** Errors: `record.not_found`, `archive.damaged`. */
  readonly read: (at: ServerPlace) => Promise<{ readonly sha256: string; readonly message: Uint8Array }>
}

/**
 * The archive: what it knows stands in its folders, and threads do the work. One thread reads for the screens, one
 * takes mail apart, both started when they are first needed; each long run has a thread of its own.
 */
export function createArchive(deps: ArchiveDeps): {
  readonly handlers: Handlers
  readonly service: ArchiveService
  readonly dispose: () => Promise<void>
} {
  const keys = createArchiveKeys(deps)
  const start = () => withKeys(startThread<ArchiveFunctions>(deps.workerUrl), keys)
  const { reader, inThread, end } = createThreads(start, deps.isHost)
  const parser = createMailParser(start)
  const registry = createRegistry({ ...deps, keys, reader, inThread })
  const indexing = createTextIndexing({ ...deps, reader, inThread })
  const runsDeps: RunsDeps & ArchiveDeps = {
    ...deps,
    reader,
    inThread,
    publish: publishAndIndex(deps.publish, registry.find, indexing),
    keepInStep: (archive, run) => safety.keepInStep(archive, run),
  }
  const safety = createSafety({ ...runsDeps, registry })
  const runs = createRuns(runsDeps)
  const retention = createRetention({ ...runsDeps, registry })
  return {
    handlers: {
      ...listHandlers(deps, registry, indexing),
      ...browseHandlers(registry, reader, parser),
      ...findHandlers(runsDeps, registry, indexing),
      ...keyHandlers({ ...runsDeps, keys, registry }),
      ...retention.handlers,
      ...safety.handlers,
      ...workHandlers({ ...runsDeps, finishText: indexing.finish }, registry, runs),
    },
    service: {
      ...createSources(registry, inThread, indexing.finish),
      ...retention.service,
      ...safety.service,
      find: registry.find,
      pull: async ({ archiveId, mailboxId, folders }) =>
        startPull(runsDeps, await registry.find(archiveId), mailboxId, folders),
      withStored: withStored(registry, inThread),
    },
    dispose: async () => {
      await indexing.dispose()
      await parser.dispose()
      await end()
      keys.dispose()
    },
  }
}

/** The thread that reads for the screens, there while it is needed; and one for each long run. */
function createThreads(start: () => ArchiveThread, isHost: boolean) {
  const reading = restingThread(start, isHost ? hostRestsAfterMs : visitorRestsAfterMs)
  return {
    reader: () => reading,
    inThread: async <T>(work: (thread: ArchiveThread) => Promise<T>): Promise<T> => {
      const thread = start()
      try {
        return await work(thread)
      } finally {
        // Lets go of the archive's lock also when the work failed; a thread that died has let go already.
        await thread.call('closeWriter', []).catch(() => undefined)
        await thread.end()
      }
    },
    end: () => reading.end(),
  }
}

function withStored(registry: ArchiveRegistry, inThread: RunsDeps['inThread']): ArchiveService['withStored'] {
  return async (archiveId, work) => {
    const { path } = await registry.find(archiveId)
    return inThread((thread) =>
      work({
        prove: (places) => thread.call('proveStored', [path, places]),
        read: (at) => thread.call('readStored', [path, at]),
      }),
    )
  }
}

function listHandlers(deps: ArchiveDeps, registry: ArchiveRegistry, indexing: TextIndexing) {
  const { publish } = deps
  return {
    list: async ({ totals }) => ({ archives: [...(await registry.list(totals))] }),
    get: async ({ archiveId }) => registry.summarize(await registry.find(archiveId)),
    create: async (request) => {
      const { known, recoveryKey } = await registry.create(request)
      publish('archive.listChanged', {})
      return { ...(await registry.summarize(known)), recoveryKey }
    },
    open: async ({ path, secret }) => {
      const known = await registry.open(path, secret)
      // The copy of a bundle is new mail to this desk; another archive brings its text index along.
      if (known.kind === 'bundle') indexing.start(known)
      publish('archive.listChanged', {})
      return registry.summarize(known)
    },
    forget: async ({ archiveId }) => {
      await indexing.stop(archiveId)
      await registry.forget(archiveId)
      publish('archive.listChanged', {})
      return {}
    },
  } satisfies Partial<Handlers>
}

function browseHandlers(registry: ArchiveRegistry, reader: () => ArchiveThread, parser: MailParser) {
  const rootOf = async (archiveId: string) => (await registry.find(archiveId)).path
  const open = async (archiveId: string, occurrenceId: number) =>
    reader().call('readMessage', [await rootOf(archiveId), occurrenceId])
  return {
    folders: async ({ archiveId }) => ({
      folders: await reader().call('folders', [await rootOf(archiveId)]),
    }),
    coverage: async ({ archiveId }) => ({
      folders: await reader().call('coverage', [await rootOf(archiveId)]),
    }),
    messages: async ({ archiveId, ...query }) => reader().call('messages', [await rootOf(archiveId), query]),
    readMessage: async ({ archiveId, occurrenceId }) => {
      const { row, message } = await open(archiveId, occurrenceId)
      return parser.read(row, message)
    },
    history: async ({ archiveId, occurrenceId }) => ({
      events: await reader().call('history', [await rootOf(archiveId), occurrenceId]),
    }),
    failurePart: async ({ archiveId, maxBytes, ...failure }) =>
      reader().call('failurePart', [await rootOf(archiveId), failure, maxBytes]),
    readSource: async ({ archiveId, occurrenceId, maxBytes }) =>
      reader().call('readSource', [await rootOf(archiveId), occurrenceId, maxBytes]),
    readAttachment: async ({ archiveId, occurrenceId, index }) => {
      const { row, message } = await open(archiveId, occurrenceId)
      // Of a message that is too large only the head was read.
      if (message.length < row.sizeBytes)
        throw new AppError('file.too_large', { details: { file: 'The message', limit: '64 MiB' } })
      return parser.attachment(message, index)
    },
  } satisfies Partial<Handlers>
}

function workHandlers(deps: ExportsDeps, registry: ArchiveRegistry, runs: ReturnType<typeof createRuns>) {
  return {
    serverFolders: async ({ mailboxId }, { signal }) => {
      const { mailbox, secret } = await deps.mailboxes.open(mailboxId)
      const source = await deps.connect(mailbox, secret, signal)
      try {
        const folders = await source.listFolders()
        return { folders: folders.map(({ path, specialUse }) => ({ path, specialUse })) }
      } finally {
        await source.close()
      }
    },
    pull: async ({ archiveId, mailboxId, folders }) =>
      startPull(deps, await registry.find(archiveId), mailboxId, folders),
    verify: async ({ archiveId }) => runs.verify(await registry.find(archiveId)),
    rebuildIndex: async ({ archiveId }) => runs.rebuild(await registry.find(archiveId)),
    export: async ({ archiveId, ...request }) => startExport(deps, await registry.find(archiveId), request),
    verifyBundle: (request) => startBundleCheck(deps, request),
    inspectImport: (request, { signal }) => inspectImport(deps, request, signal),
    import: async ({ archiveId, ...request }, { signal }) =>
      startImport(deps, await registry.find(archiveId), request, signal),
    report: async ({ runId }): Promise<KeptReport> => {
      const kept = await deps.db.archive.getArchiveReport(runId)
      if (kept === null) throw new AppError('record.not_found', { details: { what: 'report' } })
      return kept
    },
    reports: async ({ archiveId, limit }) => ({
      reports: [...(await deps.db.archive.listArchiveReports(archiveId, limit))],
    }),
  } satisfies Partial<Handlers>
}
