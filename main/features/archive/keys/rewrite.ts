import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  fstatSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writevSync,
} from 'node:fs'
import { join } from 'node:path'
import { packName } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import { carryServerFacts, digestOccurrences } from '../../../../db/archive-index/carry.ts'
import { openIndexReader } from '../../../../db/archive-index/open.ts'
import { countIndexed, readTotals } from '../../../../db/archive-index/read.ts'
import { removalFile } from '../store/copy-side-files.ts'
import { translateFileError } from '../store/file-error.ts'
import { archivePaths, listPackNumbers, readArchiveCard, syncFolder } from '../store/folder.ts'
import type { ArchivePaths } from '../store/folder.ts'
import type { Prepared } from '../store/prepare.ts'
import { ledgerFile, openLedger } from '../store/ledger.ts'
import { scanPack } from '../store/scan.ts'
import type { Seal } from '../store/seal.ts'
import { hashStretch } from '../store/segments.ts'
import { openArchiveWriter } from '../store/writer.ts'
import type { ArchiveWriter } from '../store/writer.ts'
import { convertRecord } from './convert.ts'
import { keysOf } from './ring.ts'

/** What came of writing an archive anew. */
export interface Rewritten {
  readonly messages: number
  readonly mailBytes: number
}

interface RewriteOptions {
  readonly from: string
  /** A folder with a card, and keys if it is to be encrypted; packs that are whole in it are not written again. */
  readonly to: string
  /** What the ledger says: encrypted, decrypted, encrypted under another key. */
  readonly why: string
  readonly onProgress: (done: number, total: number) => Promise<void>
}

/**
 * Writes every pack of an archive anew in another folder, under the keys of that folder or under none, and proves that
 * it holds the same: every message is unpacked and hashed, and the new index says the same as the old one. Nobody
 * writes to the old archive meanwhile; nothing in it is changed. Cut off, it goes on with the first pack that is not
 * there yet. Errors: `archive.busy`, `archive.damaged` (repair it first: damage is not copied).
 */
export async function rewriteArchive(options: RewriteOptions): Promise<Rewritten> {
  const { from, to } = options
  const old = await openArchiveWriter({ root: from, card: readArchiveCard(from), nowMs: Date.now })
  try {
    refuseDamage(from, old)
    const { messageCount } = readTotals(old.index)
    goOnOrBegin(options, old.ledger.seq())
    let done = 0
    for (const pack of listPackNumbers(archivePaths(from))) {
      const onMessage = async () => {
        done++
        if (done % 100 === 0) await options.onProgress(done, 2 * messageCount)
      }
      await rewritePack(options, pack, onMessage)
    }
    const proved = await proveSame(options, old, messageCount)
    rmSync(markerOf(to))
    return proved
  } finally {
    old.close()
  }
}

/** Whether a folder holds an archive that is being written anew and is not proved yet. */
export function isUnfinished(root: string): boolean {
  return existsSync(markerOf(root))
}

const markerOf = (root: string): string => join(root, 'rewriting.json')

/** What an earlier attempt wrote is of use only while the old archive has not changed since. */
function goOnOrBegin({ from, to }: RewriteOptions, seq: number): void {
  const paths = archivePaths(to)
  const state = JSON.stringify({ from, seq })
  const marker = markerOf(to)
  if (existsSync(marker) && readFileSync(marker, 'utf8') === state) return
  for (const name of readdirSync(paths.packs)) rmSync(join(paths.packs, name))
  copyFileSync(ledgerFile(from), ledgerFile(to))
  // A removal that is not over goes on in the new archive: what is out of sight is in its packs, too.
  rmSync(join(to, removalFile), { force: true })
  if (existsSync(join(from, removalFile))) copyFileSync(join(from, removalFile), join(to, removalFile))
  writeFileSync(marker, state)
}

function refuseDamage(root: string, { recovery }: Pick<ArchiveWriter, 'recovery'>): void {
  const [first] = recovery.damage
  if (first === undefined) return
  throw new AppError('archive.damaged', {
    details: { archive: root, place: `${first.pack}, byte ${first.offset}` },
  })
}

async function rewritePack(
  options: RewriteOptions,
  pack: number,
  onMessage: () => Promise<void>,
): Promise<void> {
  const { from, to } = options
  const [source, target] = [archivePaths(from), archivePaths(to)]
  const file = join(target.packs, packName(pack))
  if (existsSync(file)) return
  const writing = openWriting(`${file}.part`)
  let generation = 0
  try {
    for (const { found, fd, seal } of eachRecord(source, pack, keysOf(from)?.seal ?? null)) {
      if (found.record.kind === 'pack') generation = found.record.generation + 1
      writing.add(convertRecord(found, fd, seal, keysOf(to)?.seal ?? null))
      if (found.record.kind === 'message') await onMessage()
    }
  } finally {
    writing.close()
  }
  enter(options, pack, generation, `${file}.part`)
  renameSync(`${file}.part`, file)
  syncFolder(target.packs)
}

/** Enters the new pack into the new ledger before it takes its name: what is in the folder is always accounted for. */
function enter({ to, why }: RewriteOptions, pack: number, generation: number, part: string): void {
  const ledger = openLedger(to)
  const fd = openSync(part, 'r')
  try {
    const bytes = fstatSync(fd).size
    const facts = { pack, generation, bytes, sha256: hashStretch(fd, 0, bytes) }
    ledger.append({ kind: 'rewritten', ...facts, why, details: {} }, Date.now())
  } finally {
    closeSync(fd)
    ledger.close()
  }
}

function* eachRecord(paths: ArchivePaths, pack: number, seal: Seal | null) {
  const name = packName(pack)
  const fd = openSync(join(paths.packs, name), 'r')
  try {
    for (const found of scanPack(fd, 0, fstatSync(fd).size, seal)) {
      if (found.kind === 'bad') throw damagedAt(paths.root, name, found.offset)
      yield { found, fd, seal }
    }
  } finally {
    closeSync(fd)
  }
}

function openWriting(file: string) {
  const fd = openSync(file, 'w', 0o600)
  return {
    add: ({ head, frames }: Prepared) => {
      try {
        writeAll(fd, head)
        for (const frame of frames) writeAll(fd, frame)
      } catch (error) {
        throw translateFileError(error, file)
      }
    },
    close: () => {
      fsyncSync(fd)
      closeSync(fd)
    },
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writevSync(fd, [bytes.subarray(written)])
}

/** Reads all of the new archive: its index is made from nothing but its packs, which hashes every message. */
async function proveSame(
  { from, to, onProgress }: RewriteOptions,
  old: ArchiveWriter,
  messageCount: number,
): Promise<Rewritten> {
  const next = await openArchiveWriter({
    root: to,
    card: readArchiveCard(to),
    nowMs: Date.now,
    rebuild: true,
    onProgress: (done) => onProgress(messageCount + done, 2 * messageCount),
  })
  try {
    refuseDamage(to, next)
    const reader = openIndexReader(archivePaths(to).index, keysOf(to)?.databaseKey('index'))
    const same = digestOccurrences(reader) === digestOccurrences(old.index)
    const { mailBytes } = readTotals(reader)
    const { messages } = countIndexed(reader)
    reader.close()
    if (!same || messages !== countIndexed(old.index).messages)
      throw new AppError('archive.damaged', {
        details: { archive: from, place: 'the index; rebuild it first' },
      })
    carryServerFacts(old.index, next.index)
    return { messages, mailBytes }
  } finally {
    next.close()
  }
}

function damagedAt(root: string, pack: string, offset: number): AppError {
  return new AppError('archive.damaged', { details: { archive: root, place: `${pack}, byte ${offset}` } })
}
