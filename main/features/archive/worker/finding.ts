import { parseQuery, wantedTexts } from '../../../../core/archive/query.ts'
import type { QueryNode } from '../../../../core/archive/query.ts'
import { countFacets, searchText } from '../../../../db/archive-text/search.ts'
import type { TextSearch } from '../../../../db/archive-text/search.ts'
import { listFolders } from '../../../../db/archive-index/read.ts'
import { readCoverage, readProblems, readThread } from '../../../../db/archive-text/read.ts'
import { catchUpText, forgetText } from '../text/catch-up.ts'
import { createExtractor } from '../text/extractor.ts'
import { createFoundView } from '../text/found.ts'
import type { ArchiveReader } from '../store/reader.ts'
import type { ThreadContext } from './thread.ts'

/** What a person asked. */
export interface Question {
  readonly text: string
  readonly folderId: number | null
}

/** Functions of a thread that finds messages by their text, and makes them searchable. */
export function createFinding(reader: (root: string) => ArchiveReader) {
  const view = createFoundView()
  const nothing = { total: 0, totalIsExact: true }
  return {
    search: (_: ThreadContext, root: string, question: Question & Omit<TextSearch, 'node'>) => {
      const { node, problems } = parseQuery(question.text, Date.now())
      if (node === null || problems.length > 0) return { problems: [...problems], ...nothing, messages: [] }
      const { found, ...totals } = searchText(reader(root).index, { ...question, node })
      const wanted = wantedTexts(node)
      return { problems: [], ...totals, messages: found.map((one) => view(reader(root), one, wanted)) }
    },
    searchFacets: (_: ThreadContext, root: string, { text, folderId }: Question) => {
      const { node, problems } = parseQuery(text, Date.now())
      const wrong = problems.length > 0 ? null : node
      return { problems: [...problems], ...facetsOf(reader(root), wrong, folderId) }
    },
    thread: (_: ThreadContext, root: string, occurrenceId: number) =>
      readThread(reader(root).index, occurrenceId),
    textCoverage: (_: ThreadContext, root: string) => readCoverage(reader(root).index),
    textProblems: (_: ThreadContext, root: string, occurrenceId: number) => {
      const problems = readProblems(reader(root).index, occurrenceId)
      return { indexed: problems !== null, problems: [...(problems ?? [])] }
    },
    /** Makes searchable what is not yet. */
    indexText: async ({ progress }: ThreadContext, root: string) => {
      const extractor = createExtractor()
      try {
        return await catchUpText(root, extractor, progress)
      } finally {
        await extractor.dispose()
      }
    },
    forgetText: (_: ThreadContext, root: string, messageIds: readonly number[]) =>
      forgetText(root, messageIds),
  }
}

function facetsOf({ index }: ArchiveReader, node: QueryNode | null, folderId: number | null) {
  if (node === null)
    return {
      total: 0,
      totalIsExact: true,
      folders: [],
      sources: [],
      senders: [],
      years: [],
      withAttachment: 0,
    }
  const facets = countFacets(index, node, folderId)
  const folders = listFolders(index).flatMap(({ folderId: id, source, path }) => {
    const count = facets.folders.get(id)
    return count === undefined ? [] : [{ folderId: id, source, path, count }]
  })
  const sources = new Map<string, number>()
  for (const { source, count } of folders) sources.set(source, (sources.get(source) ?? 0) + count)
  const { total, totalIsExact, withAttachment } = facets
  return {
    ...{ total, totalIsExact, withAttachment },
    folders: folders.sort((a, b) => b.count - a.count),
    sources: [...sources].map(([source, count]) => ({ source, count })),
    senders: facets.senders.map(([sender, count]) => ({ sender, count })),
    years: [...facets.years].map(([year, count]) => ({ year, count })).sort((a, b) => b.year - a.year),
  }
}
