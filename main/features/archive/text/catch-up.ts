import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../../../../core/errors.ts'
import type { SearchReader } from '../../../../db/archive-text/open.ts'
import { openTextWriter } from '../../../../db/archive-text/open.ts'
import { indexIdOf, listMissing, listStale, readCoverage } from '../../../../db/archive-text/read.ts'
import type { MissingText } from '../../../../db/archive-text/read.ts'
import { adoptIndex, createTextFold } from '../../../../db/archive-text/write.ts'
import type { TextDocument, TextFold } from '../../../../db/archive-text/write.ts'
import { keysOf } from '../keys/ring.ts'
import { archivePaths } from '../store/folder.ts'
import { asBuffer } from '../store/frame.ts'
import { lockArchive } from '../store/lock.ts'
import type { ArchiveLock } from '../store/lock.ts'
import { openArchiveReader } from '../store/reader.ts'
import type { ArchiveReader } from '../store/reader.ts'
import { toDocument, toUnreadDocument } from './document.ts'
import type { Extractor } from './extractor.ts'
import { readMessageText } from './message-text.ts'

/** How far the text of an archive is searchable. */
export interface CaughtUp {
  readonly indexed: number
  readonly total: number
}

type Progress = (done: number, total: number | null) => Promise<void>

const batchMessages = 500
const batchBytes = 16 * 1024 * 1024
const patienceMs = 120_000
const retryMs = 100
/** Of a larger message only the first part is read. */
const maxMessageBytes = 64 * 1024 * 1024

/**
 * Makes searchable what is not yet, in batches that are each committed: it can be ended at any moment and goes on
 * from there. One at a time for an archive. Errors: `archive.busy`, `archive.index_missing`, `db.*`.
 */
export async function catchUpText(root: string, extractor: Extractor, progress: Progress): Promise<CaughtUp> {
  return withText(root, lockArchive(archivePaths(root).textLock), async (reader, fold) => {
    fold.forget(listStale(reader.index))
    let after = 0
    for (;;) {
      const { indexed, total } = readCoverage(reader.index)
      await progress(indexed, total)
      const batch = withinBytes(listMissing(reader.index, after, batchMessages))
      const last = batch.at(-1)
      if (last === undefined) return { indexed, total }
      fold.add(await readBatch(reader, extractor, batch))
      after = last.messageId
    }
  })
}

/**
 * Takes messages out of the text index, for good; null: all that are in no folder of the archive any more. Waits for
 * whoever makes text searchable just now.
 */
export async function forgetText(root: string, messageIds: readonly number[] | null): Promise<void> {
  await withText(root, await lockPatiently(root), ({ index }, fold) => {
    fold.forget(messageIds ?? listStale(index))
    return Promise.resolve()
  })
}

async function lockPatiently(root: string): Promise<ArchiveLock> {
  const untilMs = performance.now() + patienceMs
  for (;;) {
    try {
      return lockArchive(archivePaths(root).textLock)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'archive.busy' || performance.now() > untilMs)
        throw error
      await wait(retryMs)
    }
  }
}

async function withText<T>(
  root: string,
  lock: ArchiveLock,
  work: (reader: ArchiveReader & { readonly index: SearchReader }, fold: TextFold) => Promise<T>,
): Promise<T> {
  const paths = archivePaths(root)
  try {
    const writer = openTextWriter(paths.text, keysOf(root)?.databaseKey('text') ?? null)
    const reader = openArchiveReader(root)
    try {
      const find = reader.index.prepare('SELECT message_id FROM messages WHERE sha256 = ?').pluck()
      const findMessage = (sha256: Uint8Array) => (find.get(sha256) as number | undefined) ?? null
      adoptIndex(writer, indexIdOf(reader.index), findMessage)
      const fold = createTextFold(writer)
      const done = await work(reader, fold)
      fold.tidy()
      return done
    } finally {
      reader.close()
      writer.close()
    }
  } finally {
    lock.release()
  }
}

/** As many of the messages as fit into the memory that a batch may take, and at least one. */
function withinBytes(messages: readonly MissingText[]): readonly MissingText[] {
  let bytes = 0
  const end = messages.findIndex(({ place }) => (bytes += place.sizeBytes) > batchBytes)
  return end === -1 ? messages : messages.slice(0, Math.max(1, end))
}

async function readBatch(
  reader: ArchiveReader,
  extractor: Extractor,
  batch: readonly MissingText[],
): Promise<readonly TextDocument[]> {
  const documents: Promise<TextDocument>[] = []
  for (const missing of batch) documents.push(readOne(reader, extractor, missing))
  return Promise.all(documents)
}

async function readOne(
  reader: ArchiveReader,
  extractor: Extractor,
  missing: MissingText,
): Promise<TextDocument> {
  let message: Buffer
  try {
    const { place } = missing
    const fits = place.sizeBytes <= maxMessageBytes
    message = asBuffer(fits ? reader.readMessage(place) : reader.readHead(place, maxMessageBytes))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return toUnreadDocument(missing, 'The message is damaged in the archive.')
  }
  const cut = message.length < missing.place.sizeBytes
  const text = readMessageText(message)
  const heavy = await Promise.all(
    text.heavy.map(async (part) => ({ file: part.file, ...(await extractor.textOf(part)) })),
  )
  const problems = [
    ...text.problems,
    ...(cut ? [{ file: '', problem: 'Only the first 64 MB of the message are searchable.' }] : []),
    ...heavy.flatMap(({ file, problem }) => (problem === null ? [] : [{ file, problem }])),
  ]
  return toDocument(missing, text, [...text.attached, ...heavy.filter((one) => one.text !== '')], problems)
}
