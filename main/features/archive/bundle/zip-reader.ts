import { fromRandomAccessReaderPromise, openPromise } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { AppError } from '../../../../core/errors.ts'
import { translateFileError } from '../store/file-error.ts'
import { isAgeFile, openAgeFile } from './age-file.ts'

/** A zip that comes from outside: nothing of it is ever written to a path that it names. */
export interface ZipReader {
  /** Names of its files (folders left out), with the sizes that the directory announces. */
  readonly files: ReadonlyMap<string, number>
  /** What is wrong with the zip itself: names twice, names that leave the folder. */
  readonly problems: readonly string[]
  /**
   * A file's content as a stream that ends with `bundle.damaged` as soon as it is longer than `maxBytes`: a few
   * kilobytes can unpack to terabytes, and only the stream itself tells.
   */
  read(name: string, maxBytes: number): AsyncIterable<Buffer>
  close(): void
}

const maxFiles = 2_000_000

/**
 * Opens a zip, also an age-encrypted one with its passphrase or identity. Errors: `archive.not_an_archive`, `file.*`,
 * `bundle.locked`, `bundle.wrong_secret`, `bundle.damaged`.
 */
export async function openZip(file: string, secret: string | null = null): Promise<ZipReader> {
  const zip = await openFile(file, secret).catch((error: unknown) => {
    const translated = translateFileError(error, file)
    throw translated instanceof AppError
      ? translated
      : new AppError('archive.not_an_archive', { details: { file }, cause: error })
  })
  const entries = new Map<string, Entry>()
  const problems: string[] = []
  try {
    // yauzl refuses absolute names, `..` and backslashes while it reads the directory (validateFileName).
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      if (entries.has(entry.fileName)) problems.push(`${entry.fileName} is in the zip twice.`)
      entries.set(entry.fileName, entry)
      if (entries.size > maxFiles) throw new Error('The zip names too many files.')
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    problems.push(`The directory of the zip cannot be read to its end: ${reason}`)
  }
  return {
    files: new Map([...entries].map(([name, entry]) => [name, entry.uncompressedSize])),
    problems,
    read: async function* (name, maxBytes) {
      const entry = entries.get(name)
      if (entry === undefined) throw damaged(file, `${name} is not in the zip`)
      let bytes = 0
      try {
        const stream = await zip.openReadStreamPromise(entry)
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          bytes += chunk.length
          if (bytes > maxBytes) throw damaged(file, `${name} is longer than it may be`)
          yield chunk
        }
      } catch (error) {
        if (error instanceof AppError) throw error
        throw damaged(file, `${name}: ${error instanceof Error ? error.message : String(error)}`, error)
      }
    },
    close: () => zip.close(),
  }
}

async function openFile(file: string, secret: string | null): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true }
  if (!(await isAgeFile(file))) return openPromise(file, options)
  const { reader, sizeBytes } = await openAgeFile(file, secret)
  return fromRandomAccessReaderPromise(reader, sizeBytes, options)
}

/** A small file of the zip as text. */
export async function readText(zip: ZipReader, name: string, maxBytes: number): Promise<string> {
  return (await readBytes(zip, name, maxBytes)).toString('utf8')
}

/** A small file of the zip. */
export async function readBytes(zip: ZipReader, name: string, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of zip.read(name, maxBytes)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function damaged(file: string, reason: string, cause?: unknown): AppError {
  return new AppError('bundle.damaged', { details: { file, reason }, cause })
}
