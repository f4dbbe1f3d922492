import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { keyFile, keyFileFormat, keyFileVersion } from '../../../../core/archive/keys.ts'
import type { KeyFile } from '../../../../core/archive/keys.ts'
import { AppError } from '../../../../core/errors.ts'
import { translateFileError } from '../store/file-error.ts'
import { syncFolder } from '../store/folder.ts'

const names = ['keys.json', 'keys-copy.json'] as const

/** Whether the folder has a file of keys, whole or not. */
export function hasKeyFile(root: string): boolean {
  return names.some((name) => existsSync(join(root, name)))
}

/**
 * The readable ones of an archive's two files of keys, the first one first. Whether the keys in them open is another
 * matter: a change of a wrapped key shows only when it is opened. Errors: `archive.keys_damaged`, `archive.newer`.
 */
export function readKeyFiles(root: string): readonly KeyFile[] {
  const found = names.flatMap((name) => readOne(root, name) ?? [])
  if (found.length === 0)
    throw new AppError('archive.keys_damaged', { details: { file: join(root, names[0]) } })
  return found
}

/**
 * Writes both files, the copy first: each is old or new, never half, and no key is used before it is in both.
 * Errors: `file.*`.
 */
export function writeKeyFile(root: string, file: KeyFile): void {
  const text = `${JSON.stringify(keyFile.parse(file), null, 2)}\n`
  for (const name of names.toReversed()) writeWhole(join(root, name), text)
  syncFolder(root)
}

/** Whether both files are there and say the same. */
export function areKeyFilesWhole(root: string): boolean {
  const [one, two] = names.map((name) => readOne(root, name))
  return one !== null && JSON.stringify(one) === JSON.stringify(two)
}

/** Writes both files if that can be done: an archive on a disk that is read-only is opened all the same. */
export function mendKeyFile(root: string, file: KeyFile): void {
  try {
    writeKeyFile(root, file)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}

/** Changes when the file of keys does; null where there is none. */
export function stampOf(root: string): string | null {
  if (!hasKeyFile(root)) return null
  const stat = statSync(join(root, 'keys.json'), { throwIfNoEntry: false })
  return stat === undefined ? 'copy' : `${stat.ino}:${stat.mtimeMs}`
}

function readOne(root: string, name: string): KeyFile | null {
  const file = join(root, name)
  if (!existsSync(file)) return null
  const json = parseJson(file)
  const known = json !== null && typeof json === 'object' && 'format' in json && json.format === keyFileFormat
  if (known && 'version' in json && Number(json.version) > keyFileVersion)
    throw new AppError('archive.newer', { details: { file } })
  const parsed = keyFile.safeParse(json)
  return parsed.success ? parsed.data : null
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw translateFileError(error, file)
  }
}

function writeWhole(file: string, text: string): void {
  try {
    const fd = openSync(`${file}.new`, 'w', 0o600)
    try {
      writeSync(fd, text)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(`${file}.new`, file)
  } catch (error) {
    throw translateFileError(error, file)
  }
}
