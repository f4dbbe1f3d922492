import { AppError } from '../../../../core/errors.ts'
import { listRestorableFolders, listRestorableMessages } from '../../../../db/archive-index/restorable.ts'
import type { Restorable } from '../../../../db/archive-index/restorable.ts'
import type { MessagePlace } from '../../../../db/archive-index/read.ts'
import type { ArchiveReader } from '../store/reader.ts'
import type { ThreadContext } from './thread.ts'

/** A message in a slab, in the order in which it was asked for; or why it could not be read. */
export type BatchEntry =
  { readonly problem: null; readonly start: number; readonly length: number } | { readonly problem: string }

/** Functions of a thread that gives mail out to be restored. */
export function createRestoring(reader: (root: string) => ArchiveReader) {
  return {
    restorableFolders: (_: ThreadContext, root: string, restorable: Restorable) =>
      listRestorableFolders(reader(root).index, restorable),
    restorableMessages: (_: ThreadContext, root: string, restorable: Restorable, folderId: number) =>
      listRestorableMessages(reader(root).index, restorable, folderId),
    /** Many messages in one buffer, each compared with its hash. A damaged one is named and does not stop the rest. */
    readBatch: (_: ThreadContext, root: string, places: readonly MessagePlace[]) => {
      const slab = new ArrayBuffer(places.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))
      let end = 0
      const entries = places.map((place): BatchEntry => {
        try {
          const start = end
          reader(root).readInto(place, new Uint8Array(slab, start, place.sizeBytes))
          end += place.sizeBytes
          return { problem: null, start, length: place.sizeBytes }
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          return {
            problem: `${error.code}: ${String(error.details['place'] ?? error.details['file'] ?? '')}`,
          }
        }
      })
      return { slab, entries }
    },
  }
}
