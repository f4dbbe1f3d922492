import { fstatSync } from 'node:fs'
import type { MessagePlace } from '../../../../db/archive-index/read.ts'
import { archivePaths, listPackNumbers } from './folder.ts'
import { maxWholeBytes } from './reader.ts'
import { scanPack } from './scan.ts'
import type { Seal } from './seal.ts'
import { createShelf } from './shelf.ts'
import { judge, unpackMessage } from './unpack.ts'

/**
 * Looks for messages by their hash through all packs of a copy, which may be of another generation than the archive's.
 * Needs no index. Gives what it finds whole; a message beyond 64 MiB is passed over.
 */
export function* findInCopy(
  path: string,
  seal: Seal | null,
  wanted: ReadonlySet<string>,
): Generator<{ readonly sha256: string; readonly bytes: Uint8Array }> {
  const paths = archivePaths(path)
  const places = new Map<string, MessagePlace>()
  const shelf = createShelf(paths, seal, (sha256) => places.get(sha256) ?? null)
  try {
    for (const pack of listPackNumbers(paths)) {
      const fd = shelf.fd(pack)
      for (const found of scanPack(fd, 0, fstatSync(fd).size, seal)) {
        if (found.kind === 'bad' || found.record.kind !== 'message') continue
        const { record, offset: recordOffset, frameOffset } = found
        const { sha256, sizeBytes, frameBytes, entryBytes, newlineAdded, copies = [] } = record
        const place = {
          sha256,
          pack,
          recordOffset,
          frameOffset,
          frameBytes,
          entryBytes,
          newlineAdded,
          sizeBytes,
          copies,
        }
        // An earlier message is what later ones take their bytes from.
        places.set(sha256, place)
        if (!wanted.has(sha256) || sizeBytes > maxWholeBytes) continue
        const chunks: Uint8Array[] = []
        const verdict = judge(unpackMessage(fd, frameOffset, record, shelf), (chunk) =>
          chunks.push(Buffer.from(chunk)),
        )
        if (verdict === null) yield { sha256, bytes: Buffer.concat(chunks) }
      }
    }
  } finally {
    shelf.close()
  }
}
