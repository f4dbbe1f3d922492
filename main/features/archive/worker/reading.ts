import { AppError } from '../../../../core/errors.ts'
import { findOccurrence, listFolders, listMessages, readTotals } from '../../../../db/archive-index/read.ts'
import type { MessageQuery } from '../../../../db/archive-index/read.ts'
import { listCoverage } from '../../../../db/archive-index/sync.ts'
import { asBuffer } from '../store/frame.ts'
import { maxWholeBytes, openArchiveReader } from '../store/reader.ts'
import type { ArchiveReader } from '../store/reader.ts'
import { verifyArchive } from '../store/verify.ts'
import { createFinding } from './finding.ts'
import { createKeeping } from './keeping.ts'
import { createPulled } from './pulled.ts'
import { createRestoring } from './restoring.ts'
import { createRetaining } from './retaining.ts'
import { createStored } from './stored.ts'
import type { ThreadContext } from './thread.ts'

/** Of a message that is too large to be shown, its headers are. */
const headBytes = 256 * 1024

/** Functions of a thread that reads archives, each known by its folder. */
export function createReading() {
  const open = new Map<string, ArchiveReader>()
  const reader = (root: string): ArchiveReader => {
    const known = open.get(root)
    if (known !== undefined) return known
    const opened = openArchiveReader(root)
    open.set(root, opened)
    return opened
  }
  const find = (root: string, occurrenceId: number) => {
    const found = findOccurrence(reader(root).index, occurrenceId)
    if (found === null) throw new AppError('record.not_found', { details: { what: 'message' } })
    return found
  }
  return {
    totals: (_: ThreadContext, root: string) => readTotals(reader(root).index),
    folders: (_: ThreadContext, root: string) => listFolders(reader(root).index),
    coverage: (_: ThreadContext, root: string) => listCoverage(reader(root).index),
    messages: (_: ThreadContext, root: string, query: MessageQuery) =>
      listMessages(reader(root).index, query),
    readMessage: (_: ThreadContext, root: string, occurrenceId: number) => {
      const { row, place } = find(root, occurrenceId)
      const whole = place.sizeBytes <= maxWholeBytes
      const message = whole ? reader(root).readMessage(place) : reader(root).readHead(place, headBytes)
      // A view would take the whole memory beneath it along to the other thread.
      return { row, message: new Uint8Array(message) }
    },
    readSource: (_: ThreadContext, root: string, occurrenceId: number, maxBytes: number) => {
      const { place } = find(root, occurrenceId)
      const text = asBuffer(reader(root).readHead(place, maxBytes)).toString('latin1')
      return { text, sizeBytes: place.sizeBytes, truncated: place.sizeBytes > maxBytes }
    },
    ...createFinding(reader),
    ...createPulled(reader),
    ...createKeeping(reader),
    ...createStored(reader),
    ...createRestoring(reader),
    ...createRetaining(reader),
    verify: ({ progress }: ThreadContext, root: string) => verifyArchive(root, reader(root).index, progress),
    /** Lets go of an archive, before its index is thrown away or its folder is moved. */
    closeReader: (_: ThreadContext, root: string) => {
      open.get(root)?.close()
      open.delete(root)
    },
  }
}
