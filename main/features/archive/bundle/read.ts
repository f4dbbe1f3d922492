import {
  bundleFiles,
  bundleManifest,
  bundleMessage,
  parseChecksums,
} from '../../../../core/archive/bundle.ts'
import type { BundleManifest, BundleMessage } from '../../../../core/archive/bundle.ts'
import { AppError } from '../../../../core/errors.ts'
import { fromMboxrd, sha256Of } from '../store/frame.ts'
import { splitMbox } from './mbox-split.ts'
import { readText } from './zip-reader.ts'
import type { ZipReader } from './zip-reader.ts'

const maxManifestBytes = 500_000_000
const maxMessageBytes = 1_000_000_000

/** A message of a bundle whose bytes are what its line says; or in words what is wrong with it. */
export type BundledMessage =
  | { readonly line: BundleMessage; readonly bytes: Uint8Array; readonly problem: null }
  | { readonly line: BundleMessage | null; readonly bytes: null; readonly problem: string }

/** The manifest. Errors: `archive.not_an_archive` when the zip is no bundle, `archive.newer`, `bundle.damaged`. */
export async function readManifest(zip: ZipReader): Promise<BundleManifest> {
  if (!zip.files.has(bundleFiles.manifest))
    throw new AppError('archive.not_an_archive', { details: { file: 'The zip' } })
  const json = parseJson(await readText(zip, bundleFiles.manifest, maxManifestBytes))
  const parsed = bundleManifest.safeParse(json)
  if (parsed.success) return parsed.data
  const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : null
  if (typeof version === 'number' && version > 2) throw new AppError('archive.newer', { details: {} })
  throw new AppError('bundle.damaged', {
    details: { reason: 'manifest.json is not of its form' },
    cause: parsed.error,
  })
}

/** Name to SHA-256; null when SHA256SUMS is missing or not of its form. */
export async function readChecksums(zip: ZipReader): Promise<ReadonlyMap<string, string> | null> {
  if (!zip.files.has(bundleFiles.checksums)) return null
  return parseChecksums(await readText(zip, bundleFiles.checksums, maxManifestBytes))
}

/** The lines of messages.jsonl by file, in order; lines that are not of their form are returned as problems. */
export async function readLines(zip: ZipReader): Promise<{
  readonly byFile: ReadonlyMap<string, readonly BundleMessage[]>
  readonly problems: readonly string[]
}> {
  const byFile = new Map<string, BundleMessage[]>()
  const problems: string[] = []
  if (!zip.files.has(bundleFiles.messages))
    return { byFile, problems: [`${bundleFiles.messages} is missing.`] }
  const text = await readText(zip, bundleFiles.messages, maxManifestBytes)
  for (const [i, line] of text.split('\n').entries()) {
    if (line === '') continue
    const parsed = bundleMessage.safeParse(parseJson(line))
    if (!parsed.success) problems.push(`${bundleFiles.messages}, line ${i + 1}, is not of its form.`)
    else if (byFile.has(parsed.data.file)) byFile.get(parsed.data.file)?.push(parsed.data)
    else byFile.set(parsed.data.file, [parsed.data])
  }
  return { byFile, problems }
}

/** The messages in one file of the bundle, each compared with its line. `content` is the file's stream. */
export async function* readMessages(
  name: string,
  content: AsyncIterable<Buffer>,
  lines: readonly BundleMessage[],
): AsyncGenerator<BundledMessage> {
  let position = 0
  const entries = name.endsWith('.mbox') ? splitMbox(content) : wholeFile(content)
  for await (const entry of entries) {
    const line = lines[position++] ?? null
    if (line === null) yield { line, bytes: null, problem: `${name} holds more messages than are listed.` }
    else yield compare(name, position, entry, line)
  }
  if (position < lines.length)
    yield {
      line: null,
      bytes: null,
      problem: `${name} holds ${position} messages; ${lines.length} are listed.`,
    }
}

function compare(name: string, position: number, entry: Buffer, line: BundleMessage): BundledMessage {
  const bytes = name.endsWith('.mbox') ? fromMboxrd(entry, line.newlineAdded) : entry
  if (bytes === null) return { line, bytes, problem: `${name}, message ${position}, is no mbox entry.` }
  if (bytes.length !== line.sizeBytes || sha256Of(bytes) !== line.sha256)
    return { line, bytes: null, problem: `${name}, message ${position}, is not what its hash says.` }
  return { line, bytes, problem: null }
}

async function* wholeFile(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of content) {
    bytes += chunk.length
    if (bytes > maxMessageBytes)
      throw new AppError('file.too_large', { details: { limit: '1 GB a message' } })
    chunks.push(chunk)
  }
  yield Buffer.concat(chunks)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the schema refuses null and the caller names the file.
    return null
  }
}
