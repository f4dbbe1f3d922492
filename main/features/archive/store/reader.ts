import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { packName } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import { openIndexReader } from '../../../../db/archive-index/open.ts'
import type { IndexReader } from '../../../../db/archive-index/open.ts'
import type { MessagePlace } from '../../../../db/archive-index/read.ts'
import { translateFileError } from './file-error.ts'
import { archivePaths } from './folder.ts'
import { decodeMessage, sha256Of } from './frame.ts'
import { readAt } from './scan.ts'

/** An archive open for reading; any number of them may be open beside one writer. */
export interface ArchiveReader {
  readonly index: IndexReader
  /** A message's bytes, compared with its hash. Errors: `archive.damaged`, `file.not_found`. */
  readMessage(place: MessagePlace): Uint8Array
  close(): void
}

/** Opens an archive's index; packs are opened as they are needed. Errors: `archive.index_missing`. */
export function openArchiveReader(root: string): ArchiveReader {
  const paths = archivePaths(root)
  const index = openIndexReader(paths.index)
  const open = new Map<number, number>()

  const packFd = (pack: number): number => {
    const known = open.get(pack)
    if (known !== undefined) return known
    const file = join(paths.packs, packName(pack))
    try {
      const fd = openSync(file, 'r')
      open.set(pack, fd)
      return fd
    } catch (error) {
      throw translateFileError(error, file)
    }
  }
  return {
    index,
    readMessage: (place) => {
      const frame = readAt(packFd(place.pack), place.frameOffset, place.frameBytes)
      const message = decodeMessage(frame, place.entryBytes, place.newlineAdded)
      if (message === null || sha256Of(message) !== place.sha256) {
        const at = `${packName(place.pack)}, byte ${place.recordOffset}`
        throw new AppError('archive.damaged', { details: { archive: root, place: at } })
      }
      return message
    },
    close: () => {
      for (const fd of open.values()) closeSync(fd)
      open.clear()
      index.close()
    },
  }
}
