import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { archiveCard, archiveCardVersion, cardHead, packNumber } from '../../../../core/archive/pack.ts'
import type { ArchiveCard } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import { translateFileError } from './file-error.ts'

/** Where the parts of an archive are in its folder. */
export interface ArchivePaths {
  readonly root: string
  readonly card: string
  readonly packs: string
  readonly index: string
  readonly text: string
  /** Held by the one process that writes to the text index. */
  readonly textLock: string
  readonly lock: string
  readonly quarantine: string
  /** Large messages that are being received. */
  readonly incoming: string
}

const readme = `This folder is a mail archive made by Mail Desk. You can read it without Mail Desk.

packs/        the mail. Each file is a run of zstd frames; together, in the order of their names, they are one
              mbox file (mboxrd):   zstd -dc packs/*.zst > all.mbox
              Before each message stands a skippable frame with its facts as JSON: SHA-256 of the message's bytes,
              folder, UIDVALIDITY, UID, flags, date, size. An attachment that occurs in many messages is stored with
              the first; in the others a line says so: [stored once: … as in message … at byte …]
archive.json  says what this folder is.
index.sqlite  an index that can be made anew from the packs at any time.
text.sqlite   the words of the mail, for searching; made anew in the same way.
`

const encryptedReadme = `This folder is an encrypted mail archive made by Mail Desk.

To read it you need its recovery key (13 groups of five characters, noted or printed when the archive was made):
  with Mail Desk      open this folder and enter the recovery key; or, on the command line,
                      desk archive decrypt THIS-FOLDER --to ANOTHER-FOLDER --recovery-key-stdin
  without Mail Desk   the format is open: docs/archive-format.md of Mail Desk describes every byte (AES-256-GCM,
                      HMAC-SHA-256, zstd, JSON), and scripts/read-encrypted-archive.mjs there is a whole reader.

packs/                       the mail, encrypted record by record
keys.json, keys-copy.json    the keys, themselves encrypted under the recovery key; keep both files with the packs
archive.json, ledger.jsonl   not encrypted: name and id of the archive, sizes and hashes of its packs, what was done
index.sqlite, text.sqlite    encrypted; made anew from the packs at any time
`

/** The paths of an archive's parts. */
export function archivePaths(root: string): ArchivePaths {
  return {
    root,
    card: join(root, 'archive.json'),
    packs: join(root, 'packs'),
    index: join(root, 'index.sqlite'),
    text: join(root, 'text.sqlite'),
    textLock: join(root, 'text.lock'),
    lock: join(root, 'writer.lock'),
    quarantine: join(root, 'quarantine'),
    incoming: join(root, 'incoming'),
  }
}

/** Makes an empty archive in a folder that is empty or not there yet. Errors: `file.not_writable`, `record.conflict`. */
export function createArchiveFolder(root: string, card: ArchiveCard): void {
  const paths = archivePaths(root)
  try {
    mkdirSync(root, { recursive: true })
    if (readdirSync(root).length > 0)
      throw new AppError('record.conflict', { details: { what: 'folder that is not empty', file: root } })
    mkdirSync(paths.packs)
    writeFileSync(join(root, 'README.txt'), card.encryption === undefined ? readme : encryptedReadme)
    writeFileSync(paths.card, `${JSON.stringify(card, null, 2)}\n`)
    syncFolder(root)
  } catch (error) {
    throw translateFileError(error, root)
  }
}

/** The card of an archive that is encrypted from now on. */
export function encryptedCard(card: ArchiveCard, sinceMs: number): ArchiveCard {
  return { ...card, version: archiveCardVersion, encryption: { cipher: 'AES-256-GCM', sinceMs } }
}

/** The card of its plain copy. */
export function plainCard(card: ArchiveCard): ArchiveCard {
  const plain = { ...card, version: archiveCardVersion }
  delete plain.encryption
  return plain
}

/** Reads `archive.json`. Errors: `archive.not_an_archive`, `archive.newer`, `file.not_readable`. */
export function readArchiveCard(root: string): ArchiveCard {
  const { card } = archivePaths(root)
  if (!existsSync(card)) throw new AppError('archive.not_an_archive', { details: { file: root } })
  const json = readJson(card)
  // The version first: a newer card may have what this program cannot read.
  const head = cardHead.safeParse(json)
  if (head.success && head.data.version > archiveCardVersion)
    throw new AppError('archive.newer', { details: { file: root } })
  const parsed = archiveCard.safeParse(json)
  if (parsed.success) return parsed.data
  throw new AppError('archive.not_an_archive', { details: { file: root }, cause: parsed.error })
}

/** Numbers of the packs on disk, ascending. */
export function listPackNumbers(paths: ArchivePaths): readonly number[] {
  try {
    return readdirSync(paths.packs)
      .flatMap((name) => packNumber(name) ?? [])
      .toSorted((a, b) => a - b)
  } catch (error) {
    throw translateFileError(error, paths.packs)
  }
}

/** Makes new names in a folder durable. Windows cannot open folders and does this by itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw translateFileError(error, file)
  }
}
