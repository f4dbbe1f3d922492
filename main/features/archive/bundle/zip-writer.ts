import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Encrypter } from 'age-encryption'
import { ZipFile } from 'yazl'
import { translateFileError } from '../store/file-error.ts'
import { encryptStream } from './encrypt.ts'

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

/**
 * Begins a zip under a temporary name beside `file`, so that a half-written one is never mistaken for a whole one.
 * With an encrypter nothing is written in clear, not even for a while.
 */
export function createZipWriter(file: string, mtime: Date, encrypter: Encrypter | null = null): ZipWriter {
  const part = `${file}.part`
  const zip = new ZipFile()
  const output = writeOutput(zip, part, encrypter)
  return {
    add: async (name, content) => {
      const measured = measure(content)
      const stream = Readable.from(measured.chunks, { objectMode: false, highWaterMark: 1 << 20 })
      const taken = new Promise<void>((resolve, reject) => stream.once('end', resolve).once('error', reject))
      zip.addReadStream(stream, name, { mtime, mode: 0o100644, compress: true, compressionLevel: 1 })
      await Promise.race([taken, output.failed])
      return { name, ...measured.result() }
    },
    addFolder: (name) => zip.addEmptyDirectory(name, { mtime, mode: 0o040755 }),
    finish: async () => {
      zip.end()
      await Promise.race([output.written, output.failed])
      const handle = await open(part, 'r+')
      await handle.sync().finally(() => handle.close())
      await rename(part, file)
      const { sizeBytes: zipBytes, sha256 } = output.result()
      return { zipBytes, sha256 }
    },
    abandon: async () => {
      output.abort()
      await output.written.catch(() => undefined)
      await rm(part, { force: true })
    },
  }
}

/** Lets the zip flow into its file. `failed` rejects as soon as anything goes wrong on the way. */
function writeOutput(zip: ZipFile, part: string, encrypter: Encrypter | null) {
  const abort = new AbortController()
  const failed = Promise.withResolvers<never>()
  failed.promise.catch(() => undefined)
  const plain = zip.outputStream as unknown as AsyncIterable<Buffer>
  const measured = measure(encrypter === null ? plain : encryptStream(plain, encrypter))
  const written = pipeline(measured.chunks, createWriteStream(part), { signal: abort.signal })
  written.catch((error: unknown) => {
    failed.reject(translateFileError(error, part))
  })
  zip.on('error', (error: Error) => {
    failed.reject(error)
  })
  const stop = () => {
    abort.abort()
  }
  return { written, failed: failed.promise, abort: stop, result: measured.result }
}

/** Counts and hashes what flows by. */
function measure(content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const chunks = async function* () {
    // `for await` takes both kinds; its type says so of one only.
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      hash.update(chunk)
      sizeBytes += chunk.length
      yield chunk
    }
  }
  return { chunks: chunks(), result: () => ({ sizeBytes, sha256: hash.digest('hex') }) }
}
