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
    record: (_: ThreadContext, records: readonly ArchiveRecord[]) => writer().record(records),
    folderState: (_: ThreadContext, source: string, path: string) =>
      getFolderState(writer().index, source, path),
    presentFlags: (_: ThreadContext, folderId: number, uidValidity: string) =>
      listPresentFlags(writer().index, folderId, uidValidity),
    /** What the folder held before the server renumbered it. */
    renumbered: (_: ThreadContext, folderId: number, uidValidity: string) =>
      listOldUidValidities(writer().index, folderId, uidValidity).map((old) => ({
        uidValidity: old,
        messages: listRenumbered(writer().index, folderId, old),
      })),
    settled: (_: ThreadContext, folderId: number, uidValidity: string) =>
      listOldUidValidities(writer().index, folderId, uidValidity).map((old) => ({
        uidValidity: old,
        ...listSettled(writer().index, folderId, old, uidValidity),
      })),
    failures: (_: ThreadContext, folderId: number) => listFailures(writer().index, folderId),
    putFailure: (_: ThreadContext, folderId: number, failure: PullFailure) =>
      putFailure(writer().index, folderId, failure),
    finishFolder: (_: ThreadContext, folderId: number, end: FolderEnd, stillMissing: readonly number[]) =>
      finishFolder(writer().index, folderId, end, stillMissing),
    countIndexed: () => countIndexed(writer().index),
    closeWriter: () => {
      open?.close()
      open = null
    },
  }
}
