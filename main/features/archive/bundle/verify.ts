import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { bundleFiles, listLacks } from '../../../../core/archive/bundle.ts'
import type { BundleManifest, BundleMessage } from '../../../../core/archive/bundle.ts'
import type { BundleReport } from '../../../../core/archive/reports.ts'
import { AppError } from '../../../../core/errors.ts'
import type { OnMessages } from '../store/verify.ts'
import { isAgeFile } from './age-file.ts'
import { checkSignature } from './check-signature.ts'
import { proveMessages } from './prove.ts'
import { readChecksums, readLines } from './read.ts'
import { openBundleSet } from './set.ts'
import type { BundleSet, BundleZip } from './set.ts'
import type { ZipReader } from './zip-reader.ts'

type ManifestFile = BundleManifest['files'][number]

const mostProblems = 1_000

/** What else the checker was given. */
export interface CheckOptions {
  readonly secret: string | null
  /** The fingerprint that the sender told; null: none was told. */
  readonly fingerprint: string | null
}

/**
 * Checks a bundle with nothing but its files: files against manifest and checksums, both ways; sizes; the signature;
 * every message against its hash; the counts; and that all parts of a split bundle are there. A bundle that is
 * damaged is a result, not a failure; a file that is no bundle is `archive.not_an_archive`.
 */
export async function verifyBundle(
  path: string,
  options: CheckOptions,
  onMessages: OnMessages,
): Promise<BundleReport> {
  const set = await openBundleSet(path, options.secret)
  try {
    const checked: ZipCheck[] = []
    const totalOf = ({ manifest }: BundleZip) => manifest?.totals.messages ?? 0
    const total = set.zips.reduce((sum, one) => sum + totalOf(one), 0)
    for (const { zip, manifest, path: file } of set.zips) {
      const before = checked.reduce((sum, { messages }) => sum + messages, 0)
      const tick: OnMessages = (done) => onMessages(before + done, total)
      const found = manifest === null ? unreadable(zip) : await checkZip(zip, manifest, options, tick)
      const name = set.of > 1 ? `${basename(file)}: ` : ''
      checked.push({ ...found, problems: found.problems.map((problem) => `${name}${problem}`) })
    }
    return reportOf(path, set, checked, await isAgeFile(path))
  } finally {
    set.close()
  }
}

interface ZipCheck {
  readonly files: number
  readonly messages: number
  readonly mailBytes: number
  readonly problems: readonly string[]
  readonly signature: BundleReport['signature']
}

function reportOf(
  path: string,
  set: BundleSet,
  checked: readonly ZipCheck[],
  encrypted: boolean,
): BundleReport {
  const manifests = set.zips.flatMap(({ manifest }) => manifest ?? [])
  const [first] = manifests
  const sum = (of: (check: ZipCheck) => number) => checked.reduce((total, check) => total + of(check), 0)
  const signers = new Set(checked.map(({ signature }) => signature.fingerprint))
  const worst = (['broken', 'none', 'holds'] as const).find((state) =>
    checked.some(({ signature }) => signature.state === state),
  )
  const problems = [
    ...set.problems,
    ...checked.flatMap((check) => check.problems),
    ...(signers.size > 1 ? ['The parts are not all signed by the same key.'] : []),
  ]
  return {
    kind: 'bundle',
    path,
    createdAtMs: first === undefined ? null : Date.parse(first.createdAt),
    archiveName: first?.source.archiveName ?? null,
    format: first?.messageFormat ?? null,
    files: sum(({ files }) => files),
    messages: sum(({ messages }) => messages),
    mailBytes: sum(({ mailBytes }) => mailBytes),
    problems: problems.slice(0, mostProblems),
    parts: { found: set.zips.length, of: set.of },
    signature: {
      state: signers.size > 1 ? 'broken' : (worst ?? 'none'),
      fingerprint: checked[0]?.signature.fingerprint ?? null,
    },
    encrypted,
    lacks: [...new Set(manifests.flatMap(listLacks))].slice(0, mostProblems),
  }
}

async function checkZip(
  zip: ZipReader,
  manifest: BundleManifest,
  options: CheckOptions,
  onMessages: OnMessages,
): Promise<ZipCheck> {
  const checksums = await readChecksums(zip).catch(() => null)
  const lines = await readLines(zip).catch(() => ({
    byFile: new Map<string, BundleMessage[]>(),
    problems: ['messages.jsonl cannot be read.'],
  }))
  const { signature, problems: unsignedBecause } = await checkSignature(zip, manifest, options.fingerprint)
  const problems = [
    ...zip.problems,
    ...lines.problems,
    ...unsignedBecause,
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
  return { files: manifest.files.length, messages, mailBytes, problems, signature }
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
  // The signature's own two files are compared with it, see `checkSignature`.
  const { manifest: itself, checksums: sums, signature, rawSignature } = bundleFiles
  const own: ReadonlySet<string> = new Set([itself, sums, signature, rawSignature])
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
      for await (const { sizeBytes: bytes, problem } of proveMessages(file.name, hashed(), lines)) {
        if (problem !== null) problems.push(problem)
        if (bytes !== null) await tick(bytes)
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

function unreadable(zip: ZipReader): ZipCheck {
  const signature = { state: 'none', fingerprint: null } as const
  const problems = [...zip.problems, 'manifest.json cannot be read.']
  return { files: zip.files.size, messages: 0, mailBytes: 0, problems, signature }
}
