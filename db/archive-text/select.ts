import { parseQuery } from '../../core/archive/query.ts'
import type { Selection } from '../../core/archive/types.ts'
import { AppError } from '../../core/errors.ts'
import { shown } from '../archive-index/read.ts'
import { compileQuery } from './compile.ts'

/**
 * A search as a condition on `occurrences o` and `messages m`: the same messages as on the screen. A question that
 * lacks something is refused: what is exported or removed by it must not be more than was meant.
 */
export function searchConditionOf(selection: Selection & { kind: 'search' }): {
  readonly where: string
  readonly parameters: Record<string, string | number>
} {
  const { node, problems } = parseQuery(selection.text, Date.now())
  if (node === null || problems.length > 0)
    throw new AppError('archive.bad_query', { details: { problem: problems.join(' ') } })
  const { match, where, parameters } = compileQuery(node)
  const conditions = [
    shown,
    where,
    ...(match === null
      ? []
      : [
          `m.message_id IN (SELECT d.message_id FROM text.texts JOIN text.documents d ON d.doc_id = texts.rowid
            WHERE texts MATCH @match)`,
        ]),
    ...(selection.folderId === null ? [] : ['o.folder_id = @inFolder']),
  ]
  return {
    where: conditions.join(' AND '),
    parameters: {
      ...parameters,
      ...(match === null ? {} : { match }),
      ...(selection.folderId === null ? {} : { inFolder: selection.folderId }),
    },
  }
}
