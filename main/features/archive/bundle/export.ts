import { rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Encrypter } from 'age-encryption'
import type { BundleCustody, BundlePart } from '../../../../core/archive/bundle.ts'
import { formatChecksums } from '../../../../core/archive/bundle.ts'
import type { ArchiveCard } from '../../../../core/archive/pack.ts'
import { partName, planParts } from '../../../../core/archive/parts.ts'
import type { PlannedPart } from '../../../../core/archive/parts.ts'
import type { ExportReport } from '../../../../core/archive/reports.ts'
import type { ExportFormat, Selection } from '../../../../core/archive/types.ts'
import type { DeskSignature } from '../../../../core/signing/types.ts'
import { eachSelected, listSelectedFolders } from '../../../../db/archive-index/select.ts'
import { translateFileError } from '../store/file-error.ts'
import { sha256Of } from '../store/frame.ts'
import type { ArchiveReader } from '../store/reader.ts'
import type { OnMessages } from '../store/verify.ts'
import { createEncrypter } from './encrypt.ts'
import type { BundleEncryption } from './encrypt.ts'
import { setSumsName } from './layout.ts'
import { writeSignature } from './write-facts.ts'
import { writePart } from './write-part.ts'
import { createZipWriter } from './zip-writer.ts'

/** What to export, how, and where to. */
export interface ExportOptions {
  readonly card: ArchiveCard
  readonly selection: Selection
  readonly format: ExportFormat
  /** `….zip`, or `….zip.age` where it is encrypted; the parts of a split export have names made from it. */
  readonly file: string
  readonly note: string
  readonly createdBy: string
  readonly createdAtMs: number
  /** Largest size of one zip; null: one zip of any size. */
  readonly splitBytes: number | null
  readonly encryption: BundleEncryption | null
  /** Who will sign the checksums; null: nobody. */
  readonly signer: Omit<DeskSignature, 'signatureBase64'> | null
  readonly humanIndex: boolean
  readonly custody: Pick<BundleCustody, 'handedOverBy' | 'chosen'>
  /** Tells the parts of this export from those of another. */
  readonly setId: string
}

/** What has become of an export: bytes that somebody with the key has to sign, or its end. */
export type ExportSteps = AsyncGenerator<Uint8Array, Omit<ExportReport, 'notSigned'>, DeskSignature>

type WrittenFile = ExportReport['parts'][number] & {
  readonly mailBytes: number
  readonly problems: readonly string[]
}

/**
 * Writes an export bundle, in one zip or in several. It stops once for each signature, because the key is not where
 * the packing is done. A message that is damaged is left out and named in the manifest. When anything fails, nothing
 * of the export stays. Errors: `file.*`.
 */
export async function* exportBundle(
  reader: ArchiveReader,
  options: ExportOptions,
  onMessages: OnMessages,
): ExportSteps {
  reader.index.exec('BEGIN')
  const written: WrittenFile[] = []
  let isWhole = false
  try {
    const folders = new Map(
      listSelectedFolders(reader.index, options.selection).map((folder) => [folder.folderId, folder]),
    )
    const total = [...folders.values()].reduce((sum, folder) => sum + folder.messages, 0)
    let done = 0
    const tick = async () => {
      if (++done % 50 === 0 || done === total) await onMessages(done, total)
    }
    const encrypter = options.encryption === null ? null : createEncrypter(options.encryption)
    const plan = options.splitBytes === null ? [] : planFor(reader, options, [...folders.keys()])
    const common = { reader, options, folders, tick }
    if (plan.length < 2)
      written.push(yield* writeZip({ ...common, slices: null, part: null }, options.file, encrypter))
    else
      for (const [i, { slices }] of plan.entries()) {
        const part = partOf(options.setId, i + 1, plan)
        const file = partName(options.file, part.number, part.of)
        written.push(yield* writeZip({ ...common, slices, part }, file, encrypter))
      }
    const report = await reportOf(options, written)
    isWhole = true
    return report
  } finally {
    if (!isWhole) await Promise.all(written.map(({ path }) => rm(path, { force: true })))
    reader.index.exec('COMMIT')
  }
}

async function* writeZip(
  task: Omit<Parameters<typeof writePart>[0], 'zip'>,
  path: string,
  encrypter: Encrypter | null,
): AsyncGenerator<Uint8Array, WrittenFile, DeskSignature> {
  const zip = createZipWriter(path, new Date(task.options.createdAtMs), encrypter)
  let isWhole = false
  try {
    const { manifest, checksums } = await writePart({ ...task, zip })
    if (task.options.signer !== null) await writeSignature(zip, yield checksums)
    const { messages, mailBytes } = manifest.totals
    const end = await zip.finish()
    isWhole = true
    return { path, messages, mailBytes, ...end, problems: manifest.problems }
  } finally {
    // Also when whoever should sign gave up: then this is left by `return`, not by an error.
    if (!isWhole) await zip.abandon()
  }
}

function planFor(reader: ArchiveReader, options: ExportOptions, folderIds: readonly number[]) {
  const sizesOf = function* (folderId: number) {
    for (const { place } of eachSelected(reader.index, options.selection, folderId)) yield place.sizeBytes
  }
  return planParts(
    folderIds.map((folderId) => ({ folderId, sizes: sizesOf(folderId) })),
    options.splitBytes ?? Infinity,
  )
}

function partOf(setId: string, number: number, plan: readonly PlannedPart[]): BundlePart {
  const parts = plan.map(({ messages, mailBytes }) => ({ messages, mailBytes }))
  return { setId, number, of: plan.length, parts }
}

/** A split export has one more file: the checksums of its zips, to be told to the receiver as one. */
async function reportOf(
  options: ExportOptions,
  written: readonly WrittenFile[],
): Promise<Omit<ExportReport, 'notSigned'>> {
  const sum = (of: (file: WrittenFile) => number) => written.reduce((total, file) => total + of(file), 0)
  const [only] = written
  const isSplit = written.length > 1
  const sums = formatChecksums(written.map(({ path, sha256 }) => ({ name: basename(path), sha256 })))
  const sumsFile = setSumsName(options.file)
  if (isSplit) await writeSums(sumsFile, sums)
  return {
    kind: 'export',
    path: isSplit ? sumsFile : options.file,
    format: options.format,
    messages: sum(({ messages }) => messages),
    mailBytes: sum(({ mailBytes }) => mailBytes),
    zipBytes: sum(({ zipBytes }) => zipBytes),
    sha256: isSplit || only === undefined ? sha256Of(Buffer.from(sums)) : only.sha256,
    problems: written.flatMap(({ problems }) => problems),
    notes: [...oversized(options, written)],
    parts: isSplit
      ? written.map(({ path, messages, zipBytes, sha256 }) => ({ path, messages, zipBytes, sha256 }))
      : [],
    signedBy: options.signer?.fingerprint ?? null,
    encryption: options.encryption?.kind ?? 'none',
  }
}

function oversized({ splitBytes }: ExportOptions, written: readonly WrittenFile[]): readonly string[] {
  return written
    .filter(({ zipBytes }) => splitBytes !== null && zipBytes > splitBytes)
    .map(({ path }) => `${basename(path)} is larger than was asked for: it holds one message that is.`)
}

async function writeSums(file: string, sums: string): Promise<void> {
  try {
    await writeFile(file, sums, { flag: 'wx' })
  } catch (error) {
    throw translateFileError(error, file)
  }
}
