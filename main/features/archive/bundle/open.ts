import { listLacks } from '../../../../core/archive/bundle.ts'
import { readChecksums, readLines, readManifest, readMessages } from './read.ts'
import { openZip } from './zip-reader.ts'
import type { BundleManifest } from '../../../../core/archive/bundle.ts'
import type { BundleReport } from '../../../../core/archive/reports.ts'
import type { ArchiveWriter, IncomingMessage } from '../store/writer.ts'
import type { OnMessages } from '../store/verify.ts'

const messagesAtOnce = 200
const mostProblems = 1_000
const bytesAtOnce = 8 * 1024 * 1024

/** What tells one bundle from another: its manifest and the checksum of it. */
export async function identifyBundle(
  path: string,
): Promise<{ readonly manifest: BundleManifest; readonly id: string }> {
  const zip = await openZip(path)
  try {
    const manifest = await readManifest(zip)
    const sum = (await readChecksums(zip))?.get('manifest.json') ?? ''
    return { manifest, id: `${manifest.source.archiveId}-${sum.slice(0, 16)}` }
  } finally {
    zip.close()
  }
}

/**
 * Copies a bundle's messages into an archive, so that it can be browsed like any other. Messages that are not what
 * their hash says are left out and named in the report.
 */
export async function copyBundle(
  path: string,
  writer: ArchiveWriter,
  onMessages: OnMessages,
): Promise<BundleReport> {
  const zip = await openZip(path)
  const problems: string[] = [...zip.problems]
  const note = (problem: string) => {
    if (problems.length < mostProblems) problems.push(problem)
  }
  const filling = createFilling(writer)
  try {
    const manifest = await readManifest(zip)
    const { byFile, problems: badLines } = await readLines(zip)
    for (const problem of badLines) note(problem)
    for (const file of manifest.files.filter(({ messages }) => messages > 0)) {
      if (!zip.files.has(file.name)) {
        note(`${file.name} is missing.`)
        continue
      }
      const content = zip.read(file.name, file.sizeBytes)
      const lines = byFile.get(file.name) ?? []
      for await (const { line, bytes, problem } of readMessages(file.name, content, lines)) {
        if (problem !== null) note(problem)
        if (bytes === null) continue
        const { source, folder, uidValidity, uid, flags, internalDateMs } = line
        const archivedAtMs = Date.parse(manifest.createdAt)
        const at = { source, folder, uidValidity, uid, flags, internalDateMs, archivedAtMs }
        if (filling.add({ at, bytes })) await onMessages(filling.done().messages, manifest.totals.messages)
      }
    }
    filling.flush()
    return reportOf(path, manifest, { ...filling.done(), problems })
  } finally {
    zip.close()
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
  manifest: BundleManifest,
  found: Pick<BundleReport, 'messages' | 'mailBytes' | 'problems'>,
): BundleReport {
  const { createdAt, source, messageFormat: format, files } = manifest
  const facts = { path, createdAtMs: Date.parse(createdAt), archiveName: source.archiveName, format }
  return { kind: 'bundle', ...facts, files: files.length, ...found, lacks: [...listLacks(manifest)] }
}
