import type { TextCoverage } from '../../../core/archive/find-endpoints.ts'
import type { Publish } from '../../../core/contract/index.ts'
import { describeError } from '../../../core/error-text.ts'
import { AppError } from '../../../core/errors.ts'
import type { KnownArchive } from '../../../db/queries/archive.ts'
import type { Run } from '../jobs/index.ts'
import type { RunsDeps } from './runs.ts'

/** Makes the text of archives searchable, in the background and when it is asked for. */
export interface TextIndexing {
  /** Starts if nothing runs; what goes wrong is said by `coverage`. In a visitor's desk nothing starts by itself. */
  readonly start: (archive: KnownArchive) => void
  /** Starts behind a run that goes on for long; short ones are not held up, and followed by `start`. */
  readonly follow: (archive: KnownArchive) => void
  /** Resolves when the text of everything that is archived now is searchable. Errors: `archive.*`, `db.*`. */
  readonly finish: (archive: KnownArchive, run: Pick<Run, 'signal' | 'progress'>) => Promise<void>
  readonly coverage: (archive: KnownArchive) => Promise<TextCoverage>
  /** Ends what runs on one archive, before its folder goes away. */
  readonly stop: (archiveId: string) => Promise<void>
  /** Ends what runs; it goes on from there another time. */
  readonly dispose: () => Promise<void>
}

/** What the background work needs. */
export interface TextIndexingDeps extends Pick<RunsDeps, 'publish' | 'reader' | 'inThread' | 'clock'> {
  /** A desk that comes for one command leaves the background work to the one that stays. */
  readonly isHost: boolean
}

type Follow = (done: number, total: number | null) => void

/** What is known of the work on one archive. */
interface State {
  running: { readonly ended: Promise<void>; readonly abort: AbortController } | null
  problem: string | null
  /** Before this time nothing is started by itself again: another program works on it. */
  restUntilMs: number
  /** When a run was first heard of that adds to the archive; null when none goes on. */
  followedSinceMs: number | null
}

const publishEveryMs = 2_000
const restMs = 10_000
/** Both cores are the pull's for so long. */
const holdBackMs = 30_000

/** One run at a time for an archive; it goes on until nothing is left. */
export function createTextIndexing(deps: TextIndexingDeps): TextIndexing {
  const states = new Map<string, State>()
  const stateOf = ({ archiveId }: KnownArchive): State => {
    const known = states.get(archiveId)
    if (known !== undefined) return known
    const fresh = { running: null, problem: null, restUntilMs: 0, followedSinceMs: null }
    states.set(archiveId, fresh)
    return fresh
  }
  const start = (archive: KnownArchive): void => {
    const state = stateOf(archive)
    state.followedSinceMs = null
    if (!deps.isHost || state.running !== null || deps.clock.monotonicMs() < state.restUntilMs) return
    begin(deps, state, archive, () => undefined).catch((error: unknown) => {
      note(deps, state, error)
      deps.publish('archive.changed', { archiveId: archive.archiveId })
    })
  }
  return {
    start,
    follow: (archive) => {
      const state = stateOf(archive)
      const now = deps.clock.monotonicMs()
      const since = (state.followedSinceMs ??= now)
      if (now - since < holdBackMs) return
      start(archive)
      state.followedSinceMs = since
    },
    finish: async (archive, run) => {
      const state = stateOf(archive)
      // What runs already may have begun before the last message came.
      await state.running?.ended.catch(() => undefined)
      const ended = begin(deps, state, archive, (done, total) =>
        run.progress({ done, total, unit: 'messages' }),
      )
      const stop = () => state.running?.abort.abort()
      run.signal.addEventListener('abort', stop, { once: true })
      await ended.finally(() => run.signal.removeEventListener('abort', stop))
    },
    coverage: async (archive) => {
      const { running, problem } = stateOf(archive)
      const known = await deps.reader().call('textCoverage', [archive.path])
      return { ...known, running: running !== null, problem }
    },
    stop: async (archiveId) => end(states.get(archiveId)),
    dispose: async () => {
      await Promise.all([...states.values()].map(end))
    },
  }
}

async function end(state: State | undefined): Promise<void> {
  state?.running?.abort.abort()
  await state?.running?.ended.catch(() => undefined)
}

function begin(deps: TextIndexingDeps, state: State, archive: KnownArchive, follow: Follow): Promise<void> {
  const abort = new AbortController()
  const ended = index(deps, archive, abort.signal, follow).finally(() => {
    state.running = null
    deps.publish('archive.changed', { archiveId: archive.archiveId })
  })
  state.running = { ended, abort }
  return ended.then(() => {
    state.problem = null
  })
}

async function index(
  deps: TextIndexingDeps,
  archive: KnownArchive,
  signal: AbortSignal,
  follow: Follow,
): Promise<void> {
  const { archiveId, path } = archive
  let publishedAtMs = deps.clock.monotonicMs()
  const onProgress: Follow = (done, total) => {
    follow(done, total)
    if (deps.clock.monotonicMs() - publishedAtMs < publishEveryMs) return
    publishedAtMs = deps.clock.monotonicMs()
    deps.publish('archive.changed', { archiveId })
  }
  await deps.inThread((thread) => thread.call('indexText', [path], { signal, onProgress }))
}

/** Keeps why text is not searchable, for people; ended on purpose, or done elsewhere, is no reason to worry. */
function note(deps: TextIndexingDeps, state: State, error: unknown): void {
  if (!(error instanceof AppError)) {
    state.problem = 'Making the text searchable ended with an error of the program.'
    return
  }
  if (error.code === 'archive.busy') state.restUntilMs = deps.clock.monotonicMs() + restMs
  else if (error.code !== 'contract.cancelled')
    state.problem = describeError(error.code, error.details).sentence
}

/** Tells everybody, and makes searchable what came: behind a run that takes long, and when a run has ended. */
export function publishAndIndex(
  publish: Publish,
  find: (archiveId: string) => Promise<KnownArchive>,
  indexing: TextIndexing,
): Publish {
  return (name, payload) => {
    publish(name, payload)
    const archiveId = 'archiveId' in payload ? payload.archiveId : null
    if (typeof archiveId !== 'string' || (name !== 'archive.changed' && name !== 'archive.reported')) return
    const act = name === 'archive.changed' ? indexing.follow : indexing.start
    // An archive that is off the list by now has nothing to be made searchable.
    find(archiveId).then(act, () => undefined)
  }
}
