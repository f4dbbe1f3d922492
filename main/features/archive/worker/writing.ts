import type { ArchiveRecord, OccurrenceRecord } from '../../../../core/archive/pack.ts'
import type { PullFailure } from '../../../../core/archive/types.ts'
import {
  findByEmailIds,
  finishFolder,
  getFolderState,
  listOldUidValidities,
  listPresentMarks,
  listRemovedUids,
  listRenumbered,
  listSettled,
  noteAsked,
} from '../../../../db/archive-index/sync.ts'
import { listFailures, putFailure } from '../../../../db/archive-index/failures.ts'
import type { IndexWriter } from '../../../../db/archive-index/open.ts'
import { countIndexed } from '../../../../db/archive-index/read.ts'
import type { FolderEnd, FolderState } from '../../../../db/archive-index/sync.ts'
import { readArchiveCard } from '../store/folder.ts'
import { keepPart } from '../store/parts.ts'
import type { PartPlace } from '../store/parts.ts'
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
  let folder: string | null = null
  const writer = (): ArchiveWriter => {
    if (open === null) throw new Error('The archive is not open for writing')
    return open
  }
  return {
    openWriter: async ({ progress }: ThreadContext, root: string, rebuild: boolean) => {
      const onProgress = (done: number) => progress(done, null)
      folder = root
      open = await openArchiveWriter({
        root,
        card: readArchiveCard(root),
        nowMs: Date.now,
        rebuild,
        onProgress,
      })
      return open.recovery
    },
    makeIndex,
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
    /** Keeps what came of a message that could not be had whole, beside the packs. */
    keepPart: (_: ThreadContext, place: PartPlace, bytes: Uint8Array) => {
      if (folder === null) throw new Error('The archive is not open for writing')
      return keepPart(folder, place, bytes)
    },
    countIndexed: () => countIndexed(writer().index),
    ...createSyncing(writer),
    closeWriter: () => {
      open?.close()
      open = null
    },
  }
}

/** Gives a new archive its empty index. */
async function makeIndex(_: ThreadContext, root: string): Promise<void> {
  const made = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: Date.now })
  made.close()
}

/** What a pull asks and notes about folders on the server. */
function createSyncing(writer: () => ArchiveWriter) {
  const index = (): IndexWriter => writer().index
  return {
    /** What of the folder the archive has, and what it is not to have. */
    present: (_: ThreadContext, folderId: number, uidValidity: string) => ({
      ...listPresentMarks(index(), folderId, uidValidity),
      removed: listRemovedUids(index(), folderId, uidValidity),
    }),
    knownByEmailId: (_: ThreadContext, source: string, emailIds: readonly string[]) =>
      findByEmailIds(index(), source, emailIds),
    /** Makes folders known, also such as cannot be read; returns what the archive knows of each. */
    knowFolders: (_: ThreadContext, source: string, folders: readonly FolderFacts[]) =>
      knowFolders(writer(), source, folders),
    noteUnfinished: (
      _: ThreadContext,
      source: string,
      notes: readonly (readonly [path: string, why: string])[],
      atMs: number,
    ) => {
      for (const [path, why] of notes) {
        const state = getFolderState(index(), source, path)
        if (state !== null) noteAsked(index(), state.folderId, atMs, why)
      }
    },
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

/** What a server says of a folder itself. */
export interface FolderFacts {
  readonly path: string
  readonly delimiter: string | null
  readonly specialUse: string | null
}

function knowFolders(
  writer: ArchiveWriter,
  source: string,
  folders: readonly FolderFacts[],
): readonly FolderState[] {
  const { index } = writer
  writer.record(
    folders.flatMap(({ path, delimiter, specialUse }): readonly ArchiveRecord[] => {
      const before = getFolderState(index, source, path)
      if (before?.delimiter === delimiter && before.specialUse === specialUse) return []
      return [{ kind: 'folder', source, path, delimiter, specialUse }]
    }),
  )
  return folders.flatMap(({ path }) => getFolderState(index, source, path) ?? [])
}
