import type { BundleManifest, BundleMessage, BundlePart } from '../../../../core/archive/bundle.ts'
import type { PlannedSlice } from '../../../../core/archive/parts.ts'
import { largeMessageBytes } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import { listFolders } from '../../../../db/archive-index/read.ts'
import { eachSelected } from '../../../../db/archive-index/select.ts'
import type { SelectedFolder, SelectedMessage } from '../../../../db/archive-index/select.ts'
import { listCoverage } from '../../../../db/archive-index/sync.ts'
import { toMboxrdChunks } from '../store/frame.ts'
import type { ArchiveReader } from '../store/reader.ts'
import type { ExportOptions } from './export.ts'
import { createHumanIndex } from './human-index.ts'
import type { HumanIndex } from './human-index.ts'
import { createLayout, emlName, maildirName } from './layout.ts'
import { createSpool } from './spool.ts'
import type { Spool } from './spool.ts'
import { writeFacts } from './write-facts.ts'
import type { WrittenPart } from './write-facts.ts'
import type { ZipWriter } from './zip-writer.ts'

type BundleFile = BundleManifest['files'][number]
/** A folder in the manifest. */
export type BundleFolder = BundleManifest['folders'][number]

/** What one zip of an export needs. */
export interface PartTask {
  readonly reader: ArchiveReader
  readonly zip: ZipWriter
  readonly options: ExportOptions
  readonly folders: ReadonlyMap<number, SelectedFolder>
  /** What of which folder goes in; null: all of all folders. */
  readonly slices: readonly PlannedSlice[] | null
  readonly part: BundlePart | null
  readonly tick: () => Promise<void>
}

/** A zip that is being written. */
export interface Writing extends PartTask {
  readonly lines: Spool
  readonly index: HumanIndex | null
  readonly files: BundleFile[]
  readonly problems: string[]
  messages: number
}

/** Writes one whole zip but for its signature. Every message is compared with its hash on the way. */
export async function writePart(task: PartTask): Promise<WrittenPart> {
  const writing: Writing = {
    ...task,
    lines: createSpool(),
    index: task.options.humanIndex ? createHumanIndex() : null,
    files: [],
    problems: [],
    messages: 0,
  }
  const folders = await writeFolders(writing)
  return writeFacts(writing, folders)
}

async function writeFolders(writing: Writing): Promise<readonly BundleFolder[]> {
  const { reader, options, part } = writing
  const nameFolder = createLayout(options.format, part)
  const delimiters = new Map(listFolders(reader.index).map((one) => [one.folderId, one.delimiter]))
  const coverage = new Map(listCoverage(reader.index).map((one) => [one.folderId, one]))
  const slices = writing.slices ?? [...writing.folders.keys()].map((folderId) => ({ folderId }))
  const folders: BundleFolder[] = []
  for (const slice of slices) {
    const folder = writing.folders.get(slice.folderId)
    if (folder === undefined) continue
    const entry = nameFolder(folder.source, folder.path, delimiters.get(folder.folderId) ?? null)
    const before = writing.messages
    const mailBytes = await writeFolder(writing, folder, entry, 'from' in slice ? slice : null)
    const seen = coverage.get(folder.folderId)
    folders.push({
      source: folder.source,
      path: folder.path,
      messages: writing.messages - before,
      mailBytes,
      entry,
      coverage: {
        pulledAt: seen?.pulledAtMs == null ? null : new Date(seen.pulledAtMs).toISOString(),
        onServer: seen?.serverCount ?? null,
        missing: seen?.missingCount ?? null,
        noLongerOnServer: seen?.goneCount ?? 0,
        failures: seen?.failures ?? [],
      },
    })
  }
  return folders
}

/** Writes a folder's messages and returns their bytes (of the mail, not of the file). */
async function writeFolder(
  writing: Writing,
  folder: SelectedFolder,
  entry: string,
  slice: PlannedSlice | null,
): Promise<number> {
  const { options, zip } = writing
  const index = writing.index?.folder(folder.source, folder.path)
  let mailBytes = 0
  const each = function* () {
    for (const { message, position } of eachOf(writing, folder, slice)) {
      const content = readOrNote(writing, folder, message)
      if (content !== null) yield { message, position, content }
    }
  }
  const note = async (file: string, message: SelectedMessage) => {
    mailBytes += message.place.sizeBytes
    writing.messages++
    writing.lines.add(`${JSON.stringify(lineOf(folder, file, message))}\n`)
    index?.add(message, file)
    await writing.tick()
  }
  if (options.format === 'mboxrd') {
    const before = writing.messages
    const written = await zip.add(
      entry,
      (async function* () {
        for (const { message, content } of each()) {
          await note(entry, message)
          yield* toMboxrdChunks(content, addressIn(message.sender), message.internalDateMs)
        }
      })(),
    )
    writing.files.push({ ...written, messages: writing.messages - before })
    return mailBytes
  }
  if (options.format === 'maildir')
    for (const part of ['cur', 'new', 'tmp']) zip.addFolder(`${entry}/${part}`)
  for (const { message, position, content } of each()) {
    const name =
      options.format === 'eml' ? emlName(entry, position, message.subject) : maildirName(entry, message)
    writing.files.push({ ...(await zip.add(name, content)), messages: 1 })
    await note(name, message)
  }
  return mailBytes
}

/** A folder's messages that belong into this part, with their places in the folder, from 1. */
function* eachOf(writing: Writing, folder: SelectedFolder, slice: PlannedSlice | null) {
  const first = slice?.from ?? 0
  const end = slice === null ? Infinity : first + slice.messages
  let position = 0
  for (const message of eachSelected(writing.reader.index, writing.options.selection, folder.folderId)) {
    if (position >= end) return
    position++
    if (position > first) yield { message, position }
  }
}

/** A message's bytes, known to be whole: a large one is gone through before it is given out chunk by chunk. */
function readOrNote(
  writing: Writing,
  folder: SelectedFolder,
  message: SelectedMessage,
): Iterable<Uint8Array> | null {
  const { reader } = writing
  const { place } = message
  try {
    if (place.sizeBytes <= largeMessageBytes) return [reader.readMessage(place)]
    reader.checkMessage(place)
    return reader.streamMessage(place)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const where = `${folder.source}, ${folder.path}, UID ${message.uid}`
    writing.problems.push(
      `${where} (SHA-256 ${message.place.sha256}) could not be read from the archive and is left out.`,
    )
    return null
  }
}

function lineOf(folder: SelectedFolder, file: string, message: SelectedMessage): BundleMessage {
  const { uidValidity, uid, internalDateMs, labels, place } = message
  return {
    file,
    sha256: place.sha256,
    sizeBytes: place.sizeBytes,
    newlineAdded: place.newlineAdded,
    source: folder.source,
    folder: folder.path,
    uidValidity,
    uid,
    flags: [...message.flags],
    internalDateMs,
    ...(labels === null ? {} : { labels: [...labels] }),
  }
}

function addressIn(sender: string): string | null {
  return /<([^<>\s]+)>\s*$/.exec(sender)?.[1] ?? (/^\S+@\S+$/.test(sender) ? sender : null)
}
