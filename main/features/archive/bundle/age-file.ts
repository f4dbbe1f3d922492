import { createDecipheriv, hkdfSync } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { Decrypter } from 'age-encryption'
import { RandomAccessReader } from 'yauzl'
import { AppError } from '../../../../core/errors.ts'
import { translateFileError } from '../store/file-error.ts'

/*
 * An age file (c2sp.org/age): a header of text lines that ends in `--- MAC`, a nonce of 16 bytes, then the content in
 * chunks of 64 KiB, each sealed by ChaCha20-Poly1305 under a nonce of its number and whether it is the last. So any
 * part of it can be read without the rest, and a file that was cut off has no last chunk. The header is opened by
 * the age library; only chunks are opened here, because the library reads from the beginning only, and a zip is
 * read from its end.
 */
const intro = Buffer.from('age-encryption.org/v1\n')
const maxHeaderBytes = 64 * 1024
const nonceBytes = 16
const tagBytes = 16
const chunkBytes = 64 * 1024
const sealedBytes = chunkBytes + tagBytes

/** The content of an age file, to be read at any place. */
interface AgeContent {
  readonly reader: RandomAccessReader
  readonly sizeBytes: number
}

/** Whether a file is an age file, by its first bytes. */
export async function isAgeFile(file: string): Promise<boolean> {
  const handle = await openFile(file)
  try {
    return (await readExactly(handle, 0, intro.length))?.equals(intro) ?? false
  } finally {
    await handle.close()
  }
}

/**
 * Opens an age file with a passphrase or an identity (`AGE-SECRET-KEY-1…`). Errors: `bundle.locked` without one,
 * `bundle.wrong_secret`, `bundle.damaged`, `file.*`.
 */
export async function openAgeFile(file: string, secret: string | null): Promise<AgeContent> {
  if (secret === null || secret === '') throw new AppError('bundle.locked', { details: { file } })
  const handle = await openFile(file)
  try {
    const { size } = await handle.stat()
    const header = await readHeader(handle, file)
    const key = await openHeader(header, secret, file)
    const nonce = await readExactly(handle, header.length, nonceBytes)
    if (nonce === null) throw damaged(file, 'it ends within its header')
    const start = header.length + nonceBytes
    const payloadKey = Buffer.from(hkdfSync('sha256', key, nonce, 'payload', 32))
    const content = new SealedContent(handle, payloadKey, start, size - start, file)
    // Only the last chunk tells whether the file is there to its end.
    await content.openChunk(content.chunks - 1)
    return { reader: content, sizeBytes: content.sizeBytes }
  } catch (error) {
    await handle.close()
    throw error
  }
}

class SealedContent extends RandomAccessReader {
  readonly chunks: number
  readonly sizeBytes: number
  readonly #handle: FileHandle
  readonly #key: Buffer
  readonly #start: number
  readonly #file: string
  readonly #sealed: number
  #kept: { readonly number: number; readonly bytes: Buffer } | null = null

  constructor(handle: FileHandle, key: Buffer, start: number, sealed: number, file: string) {
    super()
    this.#handle = handle
    this.#key = key
    this.#start = start
    this.#sealed = sealed
    this.#file = file
    this.chunks = Math.max(1, Math.ceil(sealed / sealedBytes))
    this.sizeBytes = Math.max(0, sealed - this.chunks * tagBytes)
  }

  /** One chunk in clear, whole or not at all: what does not fit its seal is never handed on. */
  async openChunk(number: number): Promise<Buffer> {
    if (this.#kept?.number === number) return this.#kept.bytes
    const at = number * sealedBytes
    const length = Math.min(sealedBytes, this.#sealed - at)
    const sealed = length < tagBytes ? null : await readExactly(this.#handle, this.#start + at, length)
    if (sealed === null) throw damaged(this.#file, 'its end is missing')
    const nonce = Buffer.alloc(12)
    nonce.writeUIntBE(number, 5, 6)
    nonce[11] = number === this.chunks - 1 ? 1 : 0
    const open = createDecipheriv('chacha20-poly1305', this.#key, nonce, { authTagLength: tagBytes })
    open.setAuthTag(sealed.subarray(-tagBytes))
    try {
      const bytes = Buffer.concat([open.update(sealed.subarray(0, -tagBytes)), open.final()])
      this.#kept = { number, bytes }
      return bytes
    } catch (error) {
      throw damaged(this.#file, `its encrypted part ${number + 1} was changed, or its end is missing`, error)
    }
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const read = async function* (content: SealedContent) {
      for (let at = start; at < end;) {
        const number = Math.floor(at / chunkBytes)
        const bytes = await content.openChunk(number)
        const piece = bytes.subarray(at - number * chunkBytes, end - number * chunkBytes)
        if (piece.length === 0) return
        yield piece
        at += piece.length
      }
    }
    return Readable.from(read(this), { objectMode: false })
  }

  override close(callback: (error: Error | null) => void): void {
    this.#key.fill(0)
    this.#handle.close().then(() => callback(null), callback)
  }
}

async function readHeader(handle: FileHandle, file: string): Promise<Buffer> {
  const start = Buffer.alloc(maxHeaderBytes)
  const { bytesRead } = await handle.read(start, 0, maxHeaderBytes, 0)
  const text = start.subarray(0, bytesRead)
  const mac = text.indexOf('\n--- ')
  const end = mac === -1 ? -1 : text.indexOf('\n', mac + 1)
  if (end === -1) throw damaged(file, 'its header is not of its form')
  return text.subarray(0, end + 1)
}

async function openHeader(header: Buffer, secret: string, file: string): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  try {
    if (/^AGE-SECRET-KEY-/i.test(secret.trim())) decrypter.addIdentity(secret.trim().toUpperCase())
    else decrypter.addPassphrase(secret)
    return await decrypter.decryptHeader(header)
  } catch (cause) {
    throw new AppError('bundle.wrong_secret', { details: { file }, cause })
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r')
  } catch (error) {
    throw translateFileError(error, file)
  }
}

async function readExactly(handle: FileHandle, at: number, length: number): Promise<Buffer | null> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await handle.read(bytes, 0, length, at)
  return bytesRead === length ? bytes : null
}

function damaged(file: string, reason: string, cause?: unknown): AppError {
  return new AppError('bundle.damaged', { details: { file, reason }, cause })
}
