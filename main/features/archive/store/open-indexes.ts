import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../../../core/errors.ts'
import { openIndexReader } from '../../../../db/archive-index/open.ts'
import { attachText } from '../../../../db/archive-text/open.ts'
import type { SearchReader } from '../../../../db/archive-text/open.ts'
import type { OpenKeys } from '../keys/ring.ts'
import { translateFileError } from './file-error.ts'
import type { ArchivePaths } from './folder.ts'

/** The indexes of an archive, open for reading. */
export interface OpenIndexes {
  readonly index: SearchReader
  close(): void
}

/**
 * Opens the index with the text index beside it. SQLite has to write a little even where it only reads, so on a disk
 * that cannot be written to (a backup that is mounted, a share without rights) copies are read instead; they are
 * deleted when this is closed. Errors: `archive.index_missing`, `db.damaged`.
 */
export function openIndexes(paths: ArchivePaths, keys: OpenKeys | null): OpenIndexes {
  try {
    return open(paths, keys, () => undefined)
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'db.read_only')) throw error
    const { copies, remove } = copyIndexes(paths)
    try {
      return open(copies, keys, remove)
    } catch (second) {
      remove()
      throw second
    }
  }
}

type IndexPaths = Pick<ArchivePaths, 'index' | 'text'>

function open(paths: IndexPaths, keys: OpenKeys | null, onClosed: () => void): OpenIndexes {
  const plain = openIndexReader(paths.index, keys?.databaseKey('index'))
  try {
    const index = attachText(plain, paths.text, keys?.databaseKey('text') ?? null)
    return {
      index,
      close: () => {
        index.close()
        onClosed()
      },
    }
  } catch (error) {
    plain.close()
    throw error
  }
}

/** Copies with what SQLite left beside them: what was committed last may stand only there. */
function copyIndexes(paths: IndexPaths): { readonly copies: IndexPaths; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'mail-desk-index-'))
  const copies = { index: join(folder, 'index.sqlite'), text: join(folder, 'text.sqlite') }
  const copy = (name: keyof IndexPaths) => {
    for (const suffix of ['', '-wal'])
      if (existsSync(paths[name] + suffix)) copyFileSync(paths[name] + suffix, copies[name] + suffix)
  }
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    copy('index')
  } catch (error) {
    remove()
    throw translateFileError(error, paths.index)
  }
  try {
    copy('text')
  } catch {
    // Mail is read without it: then nothing counts as searchable, which every search says.
    for (const suffix of ['', '-wal']) rmSync(copies.text + suffix, { force: true })
  }
  return { copies, remove }
}
