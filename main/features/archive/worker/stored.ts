import { AppError } from '../../../../core/errors.ts'
import { findStored } from '../../../../db/archive-index/stored.ts'
import type { ServerPlace } from '../../../../db/archive-index/stored.ts'
import type { ArchiveReader } from '../store/reader.ts'
import type { ThreadContext } from './thread.ts'

/** What the archive can prove of one message that is on a server. */
export type StoredProof =
  | {
      readonly uid: number
      readonly proved: true
      readonly sha256: string
      readonly sizeBytes: number
      readonly messageId: string | null
    }
  | { readonly uid: number; readonly proved: false; readonly problem: string }

/** For whoever removes mail elsewhere because it is kept here. */
export function createStored(reader: (root: string) => ArchiveReader) {
  return {
    /** Reads the bytes that were archived from these places and compares them with their hashes, one by one. */
    proveStored: (_: ThreadContext, root: string, places: readonly ServerPlace[]): readonly StoredProof[] =>
      places.map((at) => prove(reader(root), at)),
    /** The bytes that were archived from a place, compared with their hash. Errors: `record.not_found`. */
    readStored: (_: ThreadContext, root: string, at: ServerPlace) => {
      const found = findStored(reader(root).index, at)
      if (found === null)
        throw new AppError('record.not_found', { details: { what: 'message in the archive' } })
      return { sha256: found.place.sha256, message: reader(root).readWhole(found.place) }
    },
  }
}

function prove(reader: ArchiveReader, at: ServerPlace): StoredProof {
  const { uid } = at
  const found = findStored(reader.index, at)
  if (found === null) return { uid, proved: false, problem: 'It is not in the archive.' }
  const { place, messageId } = found
  try {
    reader.checkMessage(place)
    return { uid, proved: true, sha256: place.sha256, sizeBytes: place.sizeBytes, messageId }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { uid, proved: false, problem: `The archive cannot read its copy (${error.code}).` }
  }
}
