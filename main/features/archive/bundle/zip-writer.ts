import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { translateFileError } from '../store/file-error.ts'

/** A file of the zip, as it was written. */
export interface ZippedFile {
  readonly name: string
  readonly sizeBytes: number
  readonly sha256: string
}

/** Writes a zip as a stream: one file after the other, memory bounded by one message. Zip64 where it is needed. */
export interface ZipWriter {
  /** Adds a file and resolves when its content has been taken. */
  add(name: string, content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<ZippedFile>
  addFolder(name: string): void
  /** Ends the zip, makes it durable and gives it its name. */
  finish(): Promise<{ readonly zipBytes: number; readonly sha256: string }>
  /** Stops and removes what was written. */
  abandon(): Promise<void>
}

/** Begins a zip under a temporary name beside `file`, so that a half-written one is never mistaken for a whole one. */
export function createZipWriter(file: string, mtime: Date): ZipWriter {
  const part = `${file}.part`
  const zip = new ZipFile()
  const hash = createHash('sha256')
  let zipBytes = 0
  const abort = new AbortController()
  const failed = Promise.withResolvers<never>()
  const written = pipeline(
    zip.outputStream as Readable,
    async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        hash.update(chunk)
        zipBytes += chunk.length
        yield chunk
      }
    },
    createWriteStream(part),
    { signal: abort.signal },
  )
  written.catch((error: unknown) => failed.reject(translateFileError(error, part) as Error))
  failed.promise.catch(() => undefined)
  zip.on('error', (error: Error) => failed.reject(error))

  return {
    add: async (name, content) => {
      const fileHash = createHash('sha256')
      let sizeBytes = 0
      const measured = async function* () {
        for await (const chunk of content) {
          fileHash.update(chunk)
          sizeBytes += chunk.length
          yield chunk
        }
      }
      const stream = Readable.from(measured(), { objectMode: false, highWaterMark: 1 << 20 })
      const taken = new Promise<void>((resolve, reject) => stream.once('end', resolve).once('error', reject))
      zip.addReadStream(stream, name, { mtime, mode: 0o100644, compress: true, compressionLevel: 1 })
      await Promise.race([taken, failed.promise])
      return { name, sizeBytes, sha256: fileHash.digest('hex') }
    },
    addFolder: (name) => zip.addEmptyDirectory(name, { mtime, mode: 0o040755 }),
    finish: async () => {
      zip.end()
      await Promise.race([written, failed.promise])
      const handle = await open(part, 'r+')
      await handle.sync().finally(() => handle.close())
      await rename(part, file)
      return { zipBytes, sha256: hash.digest('hex') }
    },
    abandon: async () => {
      abort.abort()
      await written.catch(() => undefined)
      await rm(part, { force: true })
    },
  }
}
