import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../../../core/errors.ts'
import { openZip } from '../bundle/zip-reader.ts'
import { translateFileError } from '../store/file-error.ts'

/** A file of what is imported. */
export interface TreeFile {
  /** With `/`, from the top of the tree. */
  readonly path: string
  readonly sizeBytes: number
  readonly modifiedAtMs: number | null
}

/** What is imported: a folder, a zip or one file. Nothing of it is written, and no link in it is followed. */
export interface ImportTree {
  readonly kind: 'folder' | 'zip' | 'file'
  /** What the tree is called, without an ending. */
  readonly name: string
  files(): AsyncIterable<TreeFile>
  /** A file's content, at most `maxBytes` of it. Errors: `file.*`, `bundle.damaged` for a zip that is. */
  read(path: string, maxBytes?: number): AsyncIterable<Buffer>
  close(): void
}

const deepest = 60
const chunkBytes = 1024 * 1024

/** Opens what is at a path. Errors: `file.not_found`, `archive.not_an_archive` for a broken zip. */
export async function openTree(path: string): Promise<ImportTree> {
  const found = await stat(path).catch((error: unknown) => {
    throw translateFileError(error, path)
  })
  const name = basename(path).replace(/\.(zip|mbox|mbx|eml|emlx)$/i, '')
  if (found.isDirectory()) return folderTree(path, name)
  if (!found.isFile()) throw new AppError('file.not_readable', { details: { file: path } })
  if (/\.zip$/i.test(path)) return zipTree(path, name)
  const only = { path: basename(path), sizeBytes: found.size, modifiedAtMs: found.mtimeMs }
  return {
    kind: 'file',
    name,
    files: async function* () {
      yield await Promise.resolve(only)
    },
    read: (_, maxBytes) => readFileAt(path, maxBytes),
    close: () => undefined,
  }
}

function folderTree(root: string, name: string): ImportTree {
  // An Apple Mail package is a folder whose own name is the mail folder's.
  const top = /\.mbox$/i.test(root) ? `${basename(root)}/` : ''
  return {
    kind: 'folder',
    name,
    files: () => walk(root, top, 0),
    read: (path, maxBytes) => readFileAt(join(root, path.slice(top.length)), maxBytes),
    close: () => undefined,
  }
}

/** Names in order, so that the same tree is read in the same order every time. */
async function* walk(folder: string, at: string, depth: number): AsyncGenerator<TreeFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw translateFileError(error, folder)
  })
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = join(folder, entry.name)
    if (entry.isDirectory() && depth < deepest) yield* walk(full, `${at}${entry.name}/`, depth + 1)
    if (!entry.isFile()) continue
    const { size, mtimeMs } = await stat(full)
    yield { path: `${at}${entry.name}`, sizeBytes: size, modifiedAtMs: mtimeMs }
  }
}

async function* readFileAt(file: string, maxBytes?: number): AsyncGenerator<Buffer> {
  const end = maxBytes === undefined ? {} : { end: Math.max(0, maxBytes - 1) }
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: chunkBytes, ...end }))
      yield chunk as Buffer
  } catch (error) {
    throw translateFileError(error, file)
  }
}

async function zipTree(file: string, name: string): Promise<ImportTree> {
  const zip = await openZip(file)
  return {
    kind: 'zip',
    name,
    files: async function* () {
      for (const [path, sizeBytes] of zip.files)
        yield await Promise.resolve({ path, sizeBytes, modifiedAtMs: null })
    },
    read: async function* (path, maxBytes = Infinity) {
      // A file that unpacks to more than the zip announces is a trap, not mail.
      let left = maxBytes
      for await (const chunk of zip.read(path, zip.files.get(path) ?? 0)) {
        yield chunk.subarray(0, left)
        left -= chunk.length
        if (left <= 0) return
      }
    },
    close: () => zip.close(),
  }
}

/** The first bytes of a file, or all of it. */
export async function readStart(tree: ImportTree, path: string, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of tree.read(path, bytes)) chunks.push(chunk)
  return Buffer.concat(chunks)
}
