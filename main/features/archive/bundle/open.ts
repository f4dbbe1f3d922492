import { listLacks } from '../../../../core/archive/bundle.ts'
import { readChecksums, readLines, readManifest, readMessages } from './read.ts'
import type { BundledMessage } from './read.ts'
import { openBundleSet } from './set.ts'
import type { BundleSet } from './set.ts'
import { openZip } from './zip-reader.ts'
import type { BundleManifest } from '../../../../core/archive/bundle.ts'
import type { BundleReport } from '../../../../core/archive/reports.ts'
import type { IncomingMessage } from '../store/prepare.ts'
import type { ArchiveWriter } from '../store/writer.ts'
import type { OnMessages } from '../store/verify.ts'

const messagesAtOnce = 200
const mostProblems = 1_000
const bytesAtOnce = 8 * 1024 * 1024

/** What tells one bundle from another: its manifest and the checksum of it; of a split one, its set. */
export async function identifyBundle(
  path: string,
  secret: string | null,
): Promise<{ readonly manifest: BundleManifest; readonly id: string }> {
  const zip = await openZip(path, secret)
  try {
    const manifest = await readManifest(zip)
    const sum = (await readChecksums(zip))?.get('manifest.json') ?? ''
    const own = manifest.part?.setId ?? sum.slice(0, 16)
    return { manifest, id: `${manifest.source.archiveId}-${own}` }
  } finally {
    zip.close()
  }
}

/**
 * Copies a bundle's messages into an archive, so that it can be browsed like any other. Messages that are not what
 * their hash says are left out and named in the report, and so are parts that are not there.
 */
export async function copyBundle(
  path: string,
  secret: string | null,
  writer: ArchiveWriter,
  onMessages: OnMessages,
): Promise<BundleReport> {
  const set = await openBundleSet(path, secret)
  const problems: string[] = [...set.problems]
  const note = (problem: string) => {
    if (problems.length < mostProblems) problems.push(problem)
  }
  const filling = createFilling(writer)
  const total = set.zips.reduce((sum, { manifest }) => sum + (manifest?.totals.messages ?? 0), 0)
  try {
    for await (const { message, archivedAtMs } of eachBundled(set, note)) {
      const { source, folder, uidValidity, uid, flags, internalDateMs, labels } = message.line
      const place = { source, folder, uidValidity, uid, flags, internalDateMs, archivedAtMs }
      const at = labels === undefined ? place : { ...place, labels }
      if (filling.add({ at, bytes: message.bytes })) await onMessages(filling.done().messages, total)
    }
    filling.flush()
    return reportOf(path, set, { ...filling.done(), problems })
  } finally {
    set.close()
  }
}

/** A message of a bundle that is what its hash says. */
export interface WholeMessage {
  readonly message: BundledMessage & { readonly problem: null }
  /** When the bundle was made. */
  readonly archivedAtMs: number
}

/** All whole messages of a bundle, part by part; `note` hears of everything that is not. */
export async function* eachBundled(
  set: BundleSet,
  note: (problem: string) => void,
): AsyncGenerator<WholeMessage> {
  for (const { zip, manifest } of set.zips) {
    for (const problem of zip.problems) note(problem)
    if (manifest === null) {
      note('manifest.json cannot be read.')
      continue
    }
    const { byFile, problems: badLines } = await readLines(zip)
    for (const problem of badLines) note(problem)
    const archivedAtMs = Date.parse(manifest.createdAt)
    for (const file of manifest.files.filter(({ messages }) => messages > 0)) {
      if (!zip.files.has(file.name)) {
        note(`${file.name} is missing.`)
        continue
      }
      const content = zip.read(file.name, file.sizeBytes)
      for await (const message of readMessages(file.name, content, byFile.get(file.name) ?? []))
        if (message.problem === null) yield { message, archivedAtMs }
        else note(message.problem)
    }
  }
}

/** Hands messages to the archive a batch at a time; `add` says whether it just did. */
function createFilling(writer: ArchiveWriter) {
  let waiting: IncomingMessage[] = []
  let bytesWaiting = 0
  let [messages, mailBytes] = [0, 0]
  const flush = () => {
    if (waiting.length > 0) writer.append(waiting)
    messages += waiting.length
    mailBytes += bytesWaiting
    waiting = []
    bytesWaiting = 0
  }
  return {
    flush,
    done: () => ({ messages, mailBytes }),
    add: (message: IncomingMessage): boolean => {
      waiting.push(message)
      bytesWaiting += message.bytes.length
      if (waiting.length < messagesAtOnce && bytesWaiting < bytesAtOnce) return false
      flush()
      return true
    },
  }
}

function reportOf(
  path: string,
  set: BundleSet,
  found: Pick<BundleReport, 'messages' | 'mailBytes' | 'problems'>,
): BundleReport {
  const manifests = set.zips.flatMap(({ manifest }) => manifest ?? [])
  const [first] = manifests
  return {
    kind: 'bundle',
    path,
    createdAtMs: first === undefined ? null : Date.parse(first.createdAt),
    archiveName: first?.source.archiveName ?? null,
    format: first?.messageFormat ?? null,
    files: manifests.reduce((sum, { files }) => sum + files.length, 0),
    ...found,
    parts: { found: set.zips.length, of: set.of },
    // Opening is no check: who wants to know who signed verifies the bundle.
    signature: { state: 'none', fingerprint: null },
    encrypted: false,
    lacks: [...new Set(manifests.flatMap(listLacks))],
  }
}
