import type { ArchiveRecord, OccurrenceRecord } from '../../../../core/archive/pack.ts'
import type { PullFailure } from '../../../../core/archive/types.ts'
import {
  finishFolder,
  getFolderState,
  listFailures,
  listOldUidValidities,
  listPresentFlags,
  listRenumbered,
  listSettled,
  putFailure,
} from '../../../../db/archive-index/sync.ts'
import type { IndexWriter } from '../../../../db/archive-index/open.ts'
import { countIndexed } from '../../../../db/archive-index/read.ts'
import type { FolderEnd } from '../../../../db/archive-index/sync.ts'
import { readArchiveCard } from '../store/folder.ts'
import { openArchiveWriter } from '../store/writer.ts'
import type { ArchiveWriter } from '../store/writer.ts'
import type { ThreadContext } from './thread.ts'

/** A message in a slab: where its bytes are, and where it belongs. */
export interface SlabMessage {
  readonly at: OccurrenceRecord
  readonly start: number
  readonly length: number
}

/** Functions of a thread that writes to one archive. The first call is `openWriter`, the last `closeWriter`. */
export function createWriting() {
  let open: ArchiveWriter | null = null
  const writer = (): ArchiveWriter => {
    if (open === null) throw new Error('The archive is not open for writing')
    return open
  }
  return {
    openWriter: async ({ progress }: ThreadContext, root: string, rebuild: boolean) => {
      const onProgress = (done: number) => progress(done, null)
      open = await openArchiveWriter({
        root,
        card: readArchiveCard(root),
        nowMs: Date.now,
        rebuild,
        onProgress,
      })
      return open.recovery
    },
    /** Stores the messages of a slab and gives the slab back. */
    append: (_: ThreadContext, slab: ArrayBuffer, messages: readonly SlabMessage[]) => {
      const incoming = messages.map(({ at, start, length }) => ({
        at,
        bytes: new Uint8Array(slab, start, length),
      }))
      return { slab, ...writer().append(incoming) }
    },
    /** A message that is too large for a slab: begun, then filled by the slab, then ended or abandoned. */
    beginLarge: (_: ThreadContext, at: OccurrenceRecord) => writer().large.begin(at),
    appendLarge: (_: ThreadContext, id: number, slab: ArrayBuffer, length: number) => {
      writer().large.append(id, new Uint8Array(slab, 0, length))
      return { slab }
    },
    endLarge: (_: ThreadContext, id: number) => writer().large.end(id),
    abandonLarge: (_: ThreadContext, id: number) => writer().large.abandon(id),
    record: (_: ThreadContext, records: readonly ArchiveRecord[]) => writer().record(records),
    countIndexed: () => countIndexed(writer().index),
    ...createSyncing(() => writer().index),
    closeWriter: () => {
      open?.close()
      open = null
    },
  }
}

/** What a pull asks and notes about folders on the server. */
function createSyncing(index: () => IndexWriter) {
  return {
    folderState: (_: ThreadContext, source: string, path: string) => getFolderState(index(), source, path),
    presentFlags: (_: ThreadContext, folderId: number, uidValidity: string) =>
      listPresentFlags(index(), folderId, uidValidity),
    /** What the folder held before the server renumbered it. */
    renumbered: (_: ThreadContext, folderId: number, uidValidity: string) =>
      listOldUidValidities(index(), folderId, uidValidity).map((old) => ({
        uidValidity: old,
        messages: listRenumbered(index(), folderId, old),
      })),
    /** Which of those are known under the new numbers by now, and which are not. */
    settled: (_: ThreadContext, folderId: number, uidValidity: string) =>
      listOldUidValidities(index(), folderId, uidValidity).map((old) => ({
        uidValidity: old,
        ...listSettled(index(), folderId, old, uidValidity),
      })),
    failures: (_: ThreadContext, folderId: number) => listFailures(index(), folderId),
    putFailure: (_: ThreadContext, folderId: number, failure: PullFailure) =>
      putFailure(index(), folderId, failure),
    finishFolder: (_: ThreadContext, folderId: number, end: FolderEnd, stillMissing: readonly number[]) =>
      finishFolder(index(), folderId, end, stillMissing),
  }
}
