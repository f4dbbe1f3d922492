import { readChecksums, readLines, readManifest, readMessages } from './read.ts'
import { openZip } from './zip-reader.ts'
import type { BundleManifest } from '../../../../core/archive/bundle.ts'
import type { ArchiveWriter, IncomingMessage } from '../store/writer.ts'
import type { OnMessages } from '../store/verify.ts'

const messagesAtOnce = 200
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
 * their hash says are left out and returned as problems.
 */
export async function copyBundle(
  path: string,
  writer: ArchiveWriter,
  onMessages: OnMessages,
): Promise<readonly string[]> {
  const zip = await openZip(path)
  const problems: string[] = [...zip.problems]
  let waiting: IncomingMessage[] = []
  let bytesWaiting = 0
  let done = 0
  const flush = () => {
    if (waiting.length > 0) writer.append(waiting)
    done += waiting.length
    waiting = []
    bytesWaiting = 0
  }
  try {
    const manifest = await readManifest(zip)
    const { byFile } = await readLines(zip)
    for (const file of manifest.files.filter(({ messages, name }) => messages > 0 && zip.files.has(name))) {
      const content = zip.read(file.name, file.sizeBytes)
      for await (const { line, bytes, problem } of readMessages(
        file.name,
        content,
        byFile.get(file.name) ?? [],
      )) {
        if (problem !== null) problems.push(problem)
        if (bytes === null) continue
        const { source, folder, uidValidity, uid, flags, internalDateMs } = line
        const archivedAtMs = Date.parse(manifest.createdAt)
        waiting.push({ at: { source, folder, uidValidity, uid, flags, internalDateMs, archivedAtMs }, bytes })
        bytesWaiting += bytes.length
        if (waiting.length < messagesAtOnce && bytesWaiting < bytesAtOnce) continue
        flush()
        await onMessages(done, manifest.totals.messages)
      }
    }
    flush()
    return problems
  } finally {
    zip.close()
  }
}
