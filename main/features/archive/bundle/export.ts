import { bundleFiles, formatChecksums } from '../../../../core/archive/bundle.ts'
import type { BundleManifest, BundleMessage } from '../../../../core/archive/bundle.ts'
import type { ArchiveCard } from '../../../../core/archive/pack.ts'
import type { ExportReport } from '../../../../core/archive/reports.ts'
import type { ExportFormat, Selection } from '../../../../core/archive/types.ts'
import { AppError } from '../../../../core/errors.ts'
import { listFolders } from '../../../../db/archive-index/read.ts'
import { eachSelected, listSelectedFolders } from '../../../../db/archive-index/select.ts'
import type { SelectedFolder, SelectedMessage } from '../../../../db/archive-index/select.ts'
import { listCoverage } from '../../../../db/archive-index/sync.ts'
import { toMboxrd } from '../store/frame.ts'
import type { ArchiveReader } from '../store/reader.ts'
import type { OnMessages } from '../store/verify.ts'
import { bundleReadme, createLayout, emlName, maildirName } from './layout.ts'
import { createZipWriter } from './zip-writer.ts'
import type { ZippedFile, ZipWriter } from './zip-writer.ts'

/** What to export, how, and where to. */
export interface ExportOptions {
  readonly card: ArchiveCard
  readonly selection: Selection
  readonly format: ExportFormat
  readonly file: string
  readonly note: string
  readonly createdBy: string
  readonly createdAtMs: number
}

type BundleFile = BundleManifest['files'][number]
type BundleFolder = BundleManifest['folders'][number]

interface Export {
  readonly reader: ArchiveReader
  readonly zip: ZipWriter
  readonly options: ExportOptions
  readonly lines: string[]
  readonly files: BundleFile[]
  readonly problems: string[]
  readonly tick: () => Promise<void>
}

/**
 * Writes an export bundle. Every message is compared with its hash on the way; one that is damaged is left out
 * and named in the manifest. Errors: `file.*`.
 */
export async function exportBundle(
  reader: ArchiveReader,
  options: ExportOptions,
  onMessages: OnMessages,
): Promise<ExportReport> {
  const zip = createZipWriter(options.file, new Date(options.createdAtMs))
  reader.index.exec('BEGIN')
  try {
    const selected = listSelectedFolders(reader.index, options.selection)
    const total = selected.reduce((sum, folder) => sum + folder.messages, 0)
    let done = 0
    const tick = async () => {
      if (++done % 50 === 0 || done === total) await onMessages(done, total)
    }
    const work: Export = { reader, zip, options, lines: [], files: [], problems: [], tick }
    const folders = await writeFolders(work, selected)
    const manifest = await writeFacts(work, folders)
    const end = await zip.finish()
    const { messages, mailBytes } = manifest.totals
    const { file: path, format } = options
    return { kind: 'export', path, format, messages, mailBytes, ...end, problems: work.problems }
  } catch (error) {
    await zip.abandon()
    throw error
  } finally {
    reader.index.exec('COMMIT')
  }
}

async function writeFolders(
  work: Export,
  selected: readonly SelectedFolder[],
): Promise<readonly BundleFolder[]> {
  const nameFolder = createLayout(work.options.format)
  const delimiters = new Map(listFolders(work.reader.index).map((one) => [one.folderId, one.delimiter]))
  const coverage = new Map(listCoverage(work.reader.index).map((one) => [one.folderId, one]))
  const folders: BundleFolder[] = []
  for (const folder of selected) {
    const entry = nameFolder(folder.source, folder.path, delimiters.get(folder.folderId) ?? null)
    const before = work.lines.length
    const mailBytes = await writeFolder(work, folder, entry)
    const seen = coverage.get(folder.folderId)
    folders.push({
      source: folder.source,
      path: folder.path,
      messages: work.lines.length - before,
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
async function writeFolder(work: Export, folder: SelectedFolder, entry: string): Promise<number> {
  let mailBytes = 0
  const each = function* () {
    for (const message of eachSelected(work.reader.index, work.options.selection, folder.folderId)) {
      const bytes = readOrNote(work, folder, message)
      if (bytes !== null) yield { message, bytes }
    }
  }
  const note = async (file: string, message: SelectedMessage, bytes: Uint8Array) => {
    mailBytes += bytes.length
    work.lines.push(`${JSON.stringify(lineOf(folder, file, message, bytes))}\n`)
    await work.tick()
  }
  if (work.options.format === 'mboxrd') {
    const before = work.lines.length
    const written = await work.zip.add(
      entry,
      (async function* () {
        for (const { message, bytes } of each()) {
          await note(entry, message, bytes)
          yield toMboxrd(bytes, addressIn(message.sender), message.internalDateMs)
        }
      })(),
    )
    work.files.push({ ...written, messages: work.lines.length - before })
    return mailBytes
  }
  if (work.options.format === 'maildir')
    for (const part of ['cur', 'new', 'tmp']) work.zip.addFolder(`${entry}/${part}`)
  let position = 0
  for (const { message, bytes } of each()) {
    position++
    const name =
      work.options.format === 'eml' ? emlName(entry, position, message.subject) : maildirName(entry, message)
    work.files.push({ ...(await work.zip.add(name, [bytes])), messages: 1 })
    await note(name, message, bytes)
  }
  return mailBytes
}

function readOrNote(work: Export, folder: SelectedFolder, message: SelectedMessage): Uint8Array | null {
  try {
    return work.reader.readMessage(message.place)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const where = `${folder.source}, ${folder.path}, UID ${message.uid}`
    work.problems.push(
      `${where} (SHA-256 ${message.place.sha256}) could not be read from the archive and is left out.`,
    )
    return null
  }
}

async function writeFacts(work: Export, folders: readonly BundleFolder[]): Promise<BundleManifest> {
  const { zip, options, files } = work
  const text = (content: string) => [Buffer.from(content)]
  files.push({
    ...(await zip.add(
      bundleFiles.messages,
      work.lines.map((line) => Buffer.from(line)),
    )),
    messages: 0,
  })
  files.push({ ...(await zip.add(bundleFiles.readme, text(bundleReadme))), messages: 0 })
  const { archiveId, name: archiveName } = options.card
  const mailBytes = folders.reduce((sum, folder) => sum + folder.mailBytes, 0)
  const manifest: BundleManifest = {
    format: 'mail-desk-bundle',
    version: 1,
    createdAt: new Date(options.createdAtMs).toISOString(),
    createdBy: options.createdBy,
    note: options.note,
    source: { archiveId, archiveName, mailboxes: [...new Set(folders.map((folder) => folder.source))] },
    selection: options.selection,
    messageFormat: options.format,
    totals: { messages: work.lines.length, mailBytes, files: files.length },
    folders: [...folders],
    files,
    problems: work.problems,
  }
  const written: ZippedFile = await zip.add(
    bundleFiles.manifest,
    text(`${JSON.stringify(manifest, null, 2)}\n`),
  )
  await zip.add(bundleFiles.checksums, text(formatChecksums([...files, written])))
  return manifest
}

function lineOf(
  folder: SelectedFolder,
  file: string,
  message: SelectedMessage,
  bytes: Uint8Array,
): BundleMessage {
  const { uidValidity, uid, internalDateMs, place } = message
  return {
    file,
    sha256: place.sha256,
    sizeBytes: bytes.length,
    newlineAdded: place.newlineAdded,
    source: folder.source,
    folder: folder.path,
    uidValidity,
    uid,
    flags: [...message.flags],
    internalDateMs,
  }
}

function addressIn(sender: string): string | null {
  return /<([^<>\s]+)>\s*$/.exec(sender)?.[1] ?? (/^\S+@\S+$/.test(sender) ? sender : null)
}
