import { tellHistory } from '../../../../core/archive/history.ts'
import { AppError } from '../../../../core/errors.ts'
import { readHistory } from '../../../../db/archive-index/history.ts'
import { findFailurePart } from '../../../../db/archive-index/failures.ts'
import { readPart } from '../store/parts.ts'
import type { ArchiveReader } from '../store/reader.ts'
import type { ThreadContext } from './thread.ts'

/** What pulls saw of a message, and what came of one that could not be had. */
export function createPulled(reader: (root: string) => ArchiveReader) {
  return {
    history: (_: ThreadContext, root: string, occurrenceId: number) => {
      const places = readHistory(reader(root).index, occurrenceId)
      if (places === null) throw new AppError('record.not_found', { details: { what: 'message' } })
      return [...tellHistory(places)]
    },
    failurePart: (
      _: ThreadContext,
      root: string,
      failure: { readonly folderId: number; readonly uidValidity: string; readonly uid: number },
      maxBytes: number,
    ) => {
      const { folderId, uidValidity, uid } = failure
      const path = findFailurePart(reader(root).index, folderId, uidValidity, uid)
      if (path === null) throw new AppError('record.not_found', { details: { what: 'rest of the message' } })
      return { path, text: readPart(root, path, maxBytes).toString('latin1') }
    },
  }
}
