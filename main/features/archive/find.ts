import type { archiveContract } from '../../../core/archive/contract.ts'
import type { TextCoverage } from '../../../core/archive/find-endpoints.ts'
import { count } from '../../../core/archive/outcomes.ts'
import type { KnownArchive } from '../../../db/queries/archive.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import type { ArchiveRegistry } from './registry.ts'
import type { RunsDeps, Started } from './runs.ts'
import type { TextIndexing } from './text-indexing.ts'

type Handlers = HandlersOf<typeof archiveContract>

/** Finding messages by their text. What is not searchable yet is begun with when somebody looks. */
export function findHandlers(deps: RunsDeps, registry: ArchiveRegistry, indexing: TextIndexing) {
  const { reader } = deps
  const coverageOf = async (archive: KnownArchive): Promise<TextCoverage> => {
    const now = await indexing.coverage(archive)
    if (now.indexed >= now.total || now.running || now.problem !== null) return now
    indexing.start(archive)
    return indexing.coverage(archive)
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
