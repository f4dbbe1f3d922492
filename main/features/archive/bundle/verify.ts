import { createHash } from 'node:crypto'
import { bundleFiles, listLacks } from '../../../../core/archive/bundle.ts'
import type { BundleManifest, BundleMessage } from '../../../../core/archive/bundle.ts'
import type { BundleReport } from '../../../../core/archive/reports.ts'
import { AppError } from '../../../../core/errors.ts'
import type { OnMessages } from '../store/verify.ts'
import { readChecksums, readLines, readManifest, readMessages } from './read.ts'
import { openZip } from './zip-reader.ts'
import type { ZipReader } from './zip-reader.ts'

type ManifestFile = BundleManifest['files'][number]

const mostProblems = 1_000

/**
 * Checks a bundle with nothing but the zip: files against manifest and checksums, both ways; sizes; every message
 * against its hash; the counts. A bundle that is damaged is a result, not a failure; a file that is no bundle is
 * `archive.not_an_archive`.
 */
export async function verifyBundle(path: string, onMessages: OnMessages): Promise<BundleReport> {
  const zip = await openZip(path)
  try {
    const manifest = await readManifest(zip).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'bundle.damaged') return null
      throw error
    })
    if (manifest === null) return unreadable(path, zip)
    return await checkAgainst(path, zip, manifest, onMessages)
  } finally {
    zip.close()
  }
}

async function checkAgainst(
  path: string,
  zip: ZipReader,
  manifest: BundleManifest,
  onMessages: OnMessages,
): Promise<BundleReport> {
  const checksums = await readChecksums(zip).catch(() => null)
  const lines = await readLines(zip).catch(() => ({
    byFile: new Map<string, BundleMessage[]>(),
    problems: ['messages.jsonl cannot be read.'],
  }))
  const problems = [
    ...zip.problems,
    ...lines.problems,
    ...compareNames(zip, manifest, checksums),
    ...strayLines(manifest, lines.byFile),
  ]
  let messages = 0
  let mailBytes = 0
  const tick = async (bytes: number) => {
    messages++
    mailBytes += bytes
    if (messages % 50 === 0) await onMessages(messages, manifest.totals.messages)
  }
  for (const file of manifest.files) {
    if (!zip.files.has(file.name)) continue
    problems.push(...(await checkFile(zip, file, lines.byFile.get(file.name) ?? [], tick)))
  }
  if (checksums !== null) problems.push(...(await checkManifestSum(zip, checksums)))
  if (messages !== manifest.totals.messages)
    problems.push(`The manifest counts ${manifest.totals.messages} messages; ${messages} are whole.`)
  await onMessages(messages, manifest.totals.messages)
  const { createdAt, source, messageFormat: format, files } = manifest
  const facts = { path, createdAtMs: Date.parse(createdAt), archiveName: source.archiveName, format }
  return {
    kind: 'bundle',
    ...facts,
    files: files.length,
    messages,
    mailBytes,
    problems: problems.slice(0, mostProblems),
    lacks: listLacks(manifest).slice(0, mostProblems),
  }
}

/** Messages that are listed in files which the manifest does not know: whoever reads the list would miss them. */
function strayLines(
  manifest: BundleManifest,
  byFile: ReadonlyMap<string, readonly BundleMessage[]>,
): readonly string[] {
  const known = new Set(manifest.files.map(({ name }) => name))
  return [...byFile.keys()]
    .filter((name) => !known.has(name))
    .map((name) => `${bundleFiles.messages} lists messages in ${name}, which is not in the manifest.`)
}

/** Files that are missing, that nobody lists, or whose checksum differs between the two lists. */
function compareNames(
  zip: ZipReader,
  manifest: BundleManifest,
  checksums: ReadonlyMap<string, string> | null,
): readonly string[] {
  const listed = new Map(manifest.files.map((file) => [file.name, file.sha256]))
  const own: ReadonlySet<string> = new Set([bundleFiles.manifest, bundleFiles.checksums])
  const problems = [...listed.keys()]
    .filter((name) => !zip.files.has(name))
    .map((name) => `${name} is missing.`)
  for (const name of zip.files.keys())
    if (!listed.has(name) && !own.has(name)) problems.push(`${name} is in the zip but not in the manifest.`)
  if (checksums === null) return [...problems, `${bundleFiles.checksums} is missing or not of its form.`]
  for (const [name, sha256] of listed)
    if (checksums.get(name) !== sha256)
      problems.push(`${name} has another checksum in ${bundleFiles.checksums}.`)
  for (const name of checksums.keys())
    if (!listed.has(name) && name !== bundleFiles.manifest)
      problems.push(`${bundleFiles.checksums} names ${name}, which is not in the manifest.`)
  return problems
}

async function checkFile(
  zip: ZipReader,
  file: ManifestFile,
  lines: readonly BundleMessage[],
  tick: (bytes: number) => Promise<void>,
): Promise<readonly string[]> {
  const problems: string[] = []
  const hash = createHash('sha256')
  let sizeBytes = 0
  const hashed = async function* () {
    // One byte more than announced is enough to know, and keeps a zip bomb from unpacking.
    for await (const chunk of zip.read(file.name, file.sizeBytes)) {
      hash.update(chunk)
      sizeBytes += chunk.length
      yield chunk
    }
  }
  try {
    if (file.messages === 0) await drain(hashed())
    else
      for await (const { bytes, problem } of readMessages(file.name, hashed(), lines)) {
        if (problem !== null) problems.push(problem)
        if (bytes !== null) await tick(bytes.length)
      }
    if (lines.length !== file.messages)
      problems.push(
        `${file.name}: the manifest counts ${file.messages} messages, ${bundleFiles.messages} ${lines.length}.`,
      )
    if (sizeBytes !== file.sizeBytes)
      problems.push(`${file.name} has ${sizeBytes} bytes; the manifest says ${file.sizeBytes}.`)
    else if (hash.digest('hex') !== file.sha256) problems.push(`${file.name} is not what its checksum says.`)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    problems.push(`${file.name} cannot be read: ${String(error.details['reason'] ?? error.code)}.`)
  }
  return problems
}

/** Reads a stream to its end for what happens on the way. */
async function drain(source: AsyncGenerator): Promise<void> {
  while ((await source.next()).done !== true);
}

async function checkManifestSum(
  zip: ZipReader,
  checksums: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const hash = createHash('sha256')
  for await (const chunk of zip.read(bundleFiles.manifest, zip.files.get(bundleFiles.manifest) ?? 0))
    hash.update(chunk)
  return hash.digest('hex') === checksums.get(bundleFiles.manifest)
    ? []
    : ['manifest.json is not what its checksum says.']
}

function unreadable(path: string, zip: ZipReader): BundleReport {
  const problems = [...zip.problems, 'manifest.json cannot be read.']
  const unknown = { createdAtMs: null, archiveName: null, format: null, messages: 0, mailBytes: 0 }
  return { kind: 'bundle', path, ...unknown, files: zip.files.size, problems, lacks: [] }
}
