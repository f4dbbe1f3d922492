import type { ArchiveFolder, FolderCoverage } from '../../../core/archive/types.ts'
import type { KnownArchive } from '../../../db/queries/archive.ts'
import type { MessagePlace } from '../../../db/archive-index/read.ts'
import type { Restorable, RestorableMessage } from '../../../db/archive-index/restorable.ts'
import type { ArchiveRegistry } from './registry.ts'
import type { TextIndexing } from './text-indexing.ts'
import type { ArchiveThread } from './worker/functions.ts'

export type { Restorable, RestorableMessage } from '../../../db/archive-index/restorable.ts'

/** A message as it was read: its bytes, or why they could not be had. */
export type ReadMessage =
  { readonly bytes: Uint8Array; readonly problem: null } | { readonly bytes: null; readonly problem: string }

/** An archive from which mail is taken to be put elsewhere; it works in a thread of its own. */
export interface ArchiveSource {
  readonly archive: KnownArchive
  coverage(): Promise<readonly FolderCoverage[]>
  folders(restorable: Restorable): Promise<readonly ArchiveFolder[]>
  messages(restorable: Restorable, folderId: number): Promise<readonly RestorableMessage[]>
  /** The bytes of messages, compared with their hashes, in the order asked for. Their memory is shared. */
  read(places: readonly MessagePlace[]): Promise<readonly ReadMessage[]>
}

const unfollowed = { signal: new AbortController().signal, progress: () => undefined }

/** Opens archives for restoring. */
export function createSources(
  registry: Pick<ArchiveRegistry, 'find'>,
  inThread: <T>(work: (thread: ArchiveThread) => Promise<T>) => Promise<T>,
  finishText: TextIndexing['finish'],
) {
  return {
    /** Errors: `record.not_found`, `archive.*` from the work. */
    withSource: async <T>(archiveId: string, work: (source: ArchiveSource) => Promise<T>): Promise<T> => {
      const archive = await registry.find(archiveId)
      return inThread(async (thread) => {
        try {
          return await work(sourceOf(archive, thread, finishText))
        } finally {
          await thread.call('closeReader', [archive.path]).catch(() => undefined)
        }
      })
    },
  }
}

function sourceOf(
  archive: KnownArchive,
  thread: ArchiveThread,
  finishText: TextIndexing['finish'],
): ArchiveSource {
  const { path } = archive
  return {
    archive,
    coverage: () => thread.call('coverage', [path]),
    folders: async (restorable) => {
      // What a search selects is known only when the text of everything is searchable.
      if (restorable.selection.kind === 'search') await finishText(archive, unfollowed)
      return thread.call('restorableFolders', [path, restorable])
    },
    messages: (restorable, folderId) => thread.call('restorableMessages', [path, restorable, folderId]),
    read: async (places) => {
      const { slab, entries } = await thread.call('readBatch', [path, places])
      return entries.map((entry) =>
        entry.problem === null
          ? { bytes: new Uint8Array(slab, entry.start, entry.length), problem: null }
          : { bytes: null, problem: entry.problem },
      )
    },
  }
}
