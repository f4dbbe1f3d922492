import { createHash } from 'node:crypto'
import type { ImportReport } from '../../../../core/archive/imports.ts'
import { sha256Of } from '../store/frame.ts'
import type { ArchiveWriter } from '../store/writer.ts'
import type { ImportItem } from './item.ts'
import { createImportPlaces } from './places.ts'

type ImportedFolder = ImportReport['folders'][number]

/** Puts imported messages into an archive; a message that its folder holds already is passed over. */
export interface Deposit {
  add(item: ImportItem): Promise<void>
  /** Makes everything durable that was added. */
  flush(): void
  /** What became of the messages so far. */
  result(): Pick<ImportReport, 'folders' | 'stored' | 'again' | 'known' | 'addedBytes'>
}

const messagesAtOnce = 500
const bytesAtOnce = 8 * 1024 * 1024

/** A deposit into an open archive. `source` is whose mail it is, for what does not say so itself. */
export function createDeposit(writer: ArchiveWriter, source: string, nowMs: () => number): Deposit {
  const places = createImportPlaces(writer.index)
  const tally = createTally(writer)
  const waiting: Parameters<ArchiveWriter['append']>[0][number][] = []
  let waitingBytes = 0

  const flush = () => {
    if (waiting.length > 0) tally.count(writer.append(waiting), waitingBytes)
    waiting.length = 0
    waitingBytes = 0
    places.written()
  }
  const addWhole = (item: ImportItem, owner: string, bytes: Uint8Array) => {
    const folder = tally.folder(owner, item.folder)
    folder.messages++
    if (places.isKnown(owner, item.folder, sha256Of(bytes))) {
      tally.passOver()
      return
    }
    waiting.push({ at: places.take(item, owner, nowMs()), bytes })
    waitingBytes += bytes.length
    folder.added++
    if (waiting.length >= messagesAtOnce || waitingBytes >= bytesAtOnce) flush()
  }
  /** Its hash is known only at its end; then it is kept, or all of it is given up. */
  const addLarge = async (item: ImportItem, owner: string, pieces: AsyncIterable<Uint8Array>) => {
    const folder = tally.folder(owner, item.folder)
    flush()
    const id = writer.large.begin(places.take(item, owner, nowMs()))
    const { bytes, sha256 } = await receive(writer, id, pieces)
    const isNew = !places.isKnown(owner, item.folder, sha256)
    if (!isNew) writer.large.abandon(id)
    folder.messages++
    if (!isNew) {
      tally.passOver()
      return
    }
    folder.added++
    tally.count(writer.large.end(id), bytes)
    places.written()
  }
  return {
    flush,
    result: tally.result,
    add: async (item) => {
      const owner = item.place?.source ?? source
      if (item.content instanceof Uint8Array) addWhole(item, owner, item.content)
      else await addLarge(item, owner, item.content)
    },
  }
}

/** Takes the pieces of a large message. When they end too early, nothing of it is kept. */
async function receive(writer: ArchiveWriter, id: number, pieces: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256')
  let bytes = 0
  let isWhole = false
  try {
    for await (const piece of pieces) {
      hash.update(piece)
      bytes += piece.length
      writer.large.append(id, piece)
    }
    isWhole = true
  } finally {
    if (!isWhole) writer.large.abandon(id)
  }
  return { bytes, sha256: hash.digest('hex') }
}

function createTally(writer: ArchiveWriter) {
  const folders = new Map<string, ImportedFolder>()
  let [stored, again, known, addedBytes] = [0, 0, 0, 0]
  return {
    /** The tally of a folder, which is made known to the archive when it is met for the first time. */
    folder: (source: string, path: string): ImportedFolder => {
      const key = `${source}\n${path}`
      const met = folders.get(key)
      if (met !== undefined) return met
      const fresh = { source, path, messages: 0, added: 0 }
      folders.set(key, fresh)
      writer.record([{ kind: 'folder', source, path, delimiter: '/', specialUse: null }])
      return fresh
    },
    count: (appended: { readonly stored: number; readonly again: number }, bytes: number) => {
      stored += appended.stored
      again += appended.again
      addedBytes += bytes
    },
    passOver: () => {
      known++
    },
    result: () => ({ folders: [...folders.values()], stored, again, known, addedBytes }),
  }
}
