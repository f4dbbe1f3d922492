import type { Selection } from '../../../../core/archive/types.ts'
import { listFolders } from '../../../../db/archive-index/read.ts'
import { eachSelected } from '../../../../db/archive-index/select.ts'
import { AppError } from '../../../../core/errors.ts'
import { describeError } from '../../../../core/error-text.ts'
import { eachBundled } from '../bundle/open.ts'
import { openBundleSet } from '../bundle/set.ts'
import type { ArchiveReader } from '../store/reader.ts'
import type { ImportItem, ImportListener } from './item.ts'

/** Every message of another archive, in its place there. */
export function* archiveItems(reader: ArchiveReader, listener: ImportListener): Generator<ImportItem> {
  const everything: Selection = { kind: 'folders', folderIds: [] }
  for (const { folderId, source, path: folder } of listFolders(reader.index))
    for (const message of eachSelected(reader.index, everything, folderId)) {
      const { uidValidity, uid, flags, labels, internalDateMs, place } = message
      const origin = `${folder} of ${source}, UID ${uid}`
      try {
        const content = Buffer.from(reader.readWhole(place).buffer)
        listener.read(content.length)
        const kept = { source, uidValidity, uid, archivedAtMs: Date.now() }
        yield { folder, flags, labels, internalDateMs, origin, content, place: kept }
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        listener.failed(origin, describeError(error.code, error.details).sentence)
      }
    }
}

/** Every whole message of a bundle, in the place that it had in its archive. */
export async function* bundleItems(
  path: string,
  secret: string | null,
  listener: ImportListener,
): AsyncGenerator<ImportItem> {
  const set = await openBundleSet(path, secret)
  try {
    const note = (problem: string) => listener.failed(path, problem)
    for (const problem of set.problems) note(problem)
    for await (const { message, archivedAtMs } of eachBundled(set, note)) {
      const { line, bytes: content } = message
      const { source, folder, uidValidity, uid, flags, internalDateMs, labels = null } = line
      const origin = `${folder} of ${source}, UID ${uid}`
      listener.read(content.length)
      const place = { source, uidValidity, uid, archivedAtMs }
      yield { folder, flags, labels, internalDateMs, origin, content, place }
    }
  } finally {
    set.close()
  }
}
