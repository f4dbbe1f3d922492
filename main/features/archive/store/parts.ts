import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { safeSegment } from '../../../../core/archive/bundle.ts'
import type { FailurePart } from '../../../../core/archive/types.ts'
import { AppError } from '../../../../core/errors.ts'
import { translateFileError } from './file-error.ts'
import { archivePaths, readArchiveCard } from './folder.ts'

/** Which message a part is of. */
export interface PartPlace {
  readonly source: string
  readonly folder: string
  readonly uidValidity: string
  readonly uid: number
}

/**
 * Keeps what came of a message that could not be had whole: `quarantine/<source>/<folder>.<uidvalidity>.<uid>.eml.part`.
 * In an encrypted archive nothing is kept (null): its bytes may not lie there in the open.
 */
export function keepPart(root: string, place: PartPlace, bytes: Uint8Array): FailurePart | null {
  if (readArchiveCard(root).encryption !== undefined) return null
  const source = safeSegment(place.source)
  const name = `${safeSegment(place.folder)}.${place.uidValidity}.${place.uid}.eml.part`
  const folder = join(archivePaths(root).quarantine, source)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), bytes, { mode: 0o600 })
  } catch (error) {
    throw translateFileError(error, folder)
  }
  return { path: `quarantine/${source}/${name}`, sizeBytes: bytes.length }
}

/**
 * The bytes of a part, at most `maxBytes`. `path` is one that `keepPart` gave; it comes from the index, which may be a
 * stranger's, so nothing outside `quarantine/` is read. Errors: `file.not_found`.
 */
export function readPart(root: string, path: string, maxBytes: number): Buffer {
  const file = resolve(root, path)
  try {
    if (!realpathSync(file).startsWith(realpathSync(archivePaths(root).quarantine) + sep))
      throw new AppError('file.not_found', { details: { file } })
    return readFileSync(file).subarray(0, maxBytes)
  } catch (error) {
    throw translateFileError(error, file)
  }
}
