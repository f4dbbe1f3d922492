import type { archiveContract } from '../../../core/archive/contract.ts'
import type { TextCoverage } from '../../../core/archive/find-endpoints.ts'
import { count } from '../../../core/archive/outcomes.ts'
import { describeError } from '../../../core/error-text.ts'
import { AppError } from '../../../core/errors.ts'
import type { KnownArchive } from '../../../db/queries/archive.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import type { Run } from '../jobs/index.ts'
import type { ArchiveRegistry } from './registry.ts'
import type { RunsDeps, Started } from './runs.ts'

type Handlers = HandlersOf<typeof archiveContract>

/** Makes the text of archives searchable, in the background and when it is asked for. */
export interface TextIndexing {
  /** Starts soon what is not running yet; what goes wrong is said by `coverage`. */
  readonly start: (archive: KnownArchive) => void
  /** Resolves when the text of everything that is archived now is searchable. Errors: `archive.*`, `db.*`. */
  readonly finish: (archive: KnownArchive, run: Pick<Run, 'signal' | 'progress'>) => Promise<void>
  readonly coverage: (archive: KnownArchive) => Promise<TextCoverage>
  /** Ends what runs; it goes on from there another time. */
  readonly dispose: () => Promise<void>
}

type IndexingDeps = Pick<RunsDeps, 'publish' | 'reader' | 'inThread' | 'clock'>

interface Running {
  readonly ended: Promise<void>
  readonly abort: AbortController
}

const publishEveryMs = 2_000

/** One run at a time for an archive; it goes on until nothing is left. */
export function createTextIndexing(deps: IndexingDeps): TextIndexing {
  const running = new Map<string, Running>()
  const problems = new Map<string, string>()

  const index = async (
    { archiveId, path }: KnownArchive,
    signal: AbortSignal,
    follow: (done: number, total: number | null) => void,
  ) => {
    let publishedAtMs = deps.clock.monotonicMs()
    const onProgress = (done: number, total: number | null) => {
      follow(done, total)
      if (deps.clock.monotonicMs() - publishedAtMs < publishEveryMs) return
      publishedAtMs = deps.clock.monotonicMs()
      deps.publish('archive.changed', { archiveId })
    }
    await deps.inThread((thread) => thread.call('indexText', [path], { signal, onProgress }))
    problems.delete(archiveId)
    deps.publish('archive.changed', { archiveId })
  }
  const begin = (archive: KnownArchive, follow: (done: number, total: number | null) => void): Running => {
    const abort = new AbortController()
    const ended = index(archive, abort.signal, follow).finally(() => running.delete(archive.archiveId))
    const started = { ended, abort }
    running.set(archive.archiveId, started)
    return started
  }
  const start = (archive: KnownArchive): void => {
    if (running.has(archive.archiveId)) return
    begin(archive, () => undefined).ended.catch((error: unknown) => {
      const problem = problemOf(error)
      if (problem !== null) problems.set(archive.archiveId, problem)
      deps.publish('archive.changed', { archiveId: archive.archiveId })
    })
  }
  return {
    start,
    finish: async (archive, run) => {
      // What runs already may have begun before the last message came.
      await running.get(archive.archiveId)?.ended.catch(() => undefined)
      const mine = begin(archive, (done, total) => run.progress({ done, total, unit: 'messages' }))
      const stop = () => mine.abort.abort()
      run.signal.addEventListener('abort', stop, { once: true })
      try {
        await mine.ended
      } finally {
        run.signal.removeEventListener('abort', stop)
      }
    },
    coverage: async ({ archiveId, path }) => ({
      ...(await deps.reader().call('textCoverage', [path])),
      running: running.has(archiveId),
      problem: problems.get(archiveId) ?? null,
    }),
    dispose: async () => {
      for (const { abort } of running.values()) abort.abort()
      await Promise.allSettled([...running.values()].map(({ ended }) => ended))
    },
  }
}

/** Why text is not searchable, for people; null where there is no reason to worry: ended on purpose, or done elsewhere. */
function problemOf(error: unknown): string | null {
  if (!(error instanceof AppError)) return 'Making the text searchable ended with an error of the program.'
  if (error.code === 'contract.cancelled' || error.code === 'archive.busy') return null
  return describeError(error.code, error.details).sentence
}

/** Finding messages by their text. What is not searchable yet is begun with when somebody looks. */
export function findHandlers(deps: RunsDeps, registry: ArchiveRegistry, indexing: TextIndexing) {
  const { reader } = deps
  const coverageOf = async (archive: KnownArchive): Promise<TextCoverage> => {
    const now = await indexing.coverage(archive)
    if (now.indexed >= now.total || now.running || now.problem !== null) return now
    indexing.start(archive)
    return { ...now, running: true }
  }
  return {
    search: async ({ archiveId, ...question }) => {
      const archive = await registry.find(archiveId)
      const found = await reader().call('search', [archive.path, question])
      return { ...found, text: await coverageOf(archive) }
    },
    searchFacets: async ({ archiveId, ...question }) =>
      reader().call('searchFacets', [(await registry.find(archiveId)).path, question]),
    thread: async ({ archiveId, occurrenceId }) =>
      reader().call('thread', [(await registry.find(archiveId)).path, occurrenceId]),
    textCoverage: async ({ archiveId }) => coverageOf(await registry.find(archiveId)),
    textProblems: async ({ archiveId, occurrenceId }) =>
      reader().call('textProblems', [(await registry.find(archiveId)).path, occurrenceId]),
    indexText: async ({ archiveId }) => startIndexing(deps, await registry.find(archiveId), indexing),
  } satisfies Partial<Handlers>
}

function startIndexing(deps: RunsDeps, archive: KnownArchive, indexing: TextIndexing): Started {
  const title = `Make the text of “${archive.name}” searchable`
  return deps.jobs.start({ kind: 'archive.indexText', title, pausable: false }, async (run) => {
    await indexing.finish(archive, run)
    const { indexed, total } = await indexing.coverage(archive)
    return indexed >= total
      ? `The text of ${count(total, 'message')} is searchable.`
      : `The text of ${count(indexed, 'message')} of ${count(total, 'message')} is searchable; more came meanwhile.`
  })
}
