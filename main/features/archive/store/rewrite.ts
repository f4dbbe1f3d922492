import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { packFormat, packName } from '../../../../core/archive/pack.ts'
import type { ArchiveRecord, MessageRecord } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import type { MovedMessage, RewriteIndex } from '../../../../db/archive-index/rewrite.ts'
import { translateFileError } from './file-error.ts'
import { syncFolder } from './folder.ts'
import type { ArchivePaths } from './folder.ts'
import { encodeRecord } from './frame.ts'
import type { Ledger } from './ledger.ts'
import { prepareFact } from './prepare.ts'
import type { Prepared } from './prepare.ts'
import type { Remade } from './remake.ts'
import { openOutput } from './pack-output.ts'
import type { Output } from './pack-output.ts'
import { scanPack } from './scan.ts'
import type { BadStretch, FoundRecord } from './scan.ts'
import { sealPrepared } from './sealing.ts'
import type { Seal } from './seal.ts'

/** What writing a pack anew needs. The caller holds the archive's lock, and nothing else writes to its packs. */
export interface RewriteDeps {
  readonly paths: ArchivePaths
  readonly index: RewriteIndex
  readonly ledger: Ledger
  readonly seal: Seal | null
  readonly nowMs: () => number
  /** A message that copied from one that is removed, as it is stored from now on. */
  readonly remake: (record: MessageRecord) => Remade
  /** Whether the ledger says that damage in this stretch was made good elsewhere. */
  readonly isSettled: (pack: number, from: number, to: number) => boolean
  readonly checkpoint: () => Promise<void>
}

/** What writing a pack anew gave back, and whether it has to be done once more. */
interface RewrittenPack {
  readonly freedBytes: number
  /** A message in no folder stayed, because one of another pack takes bytes from it. */
  readonly keptForOthers: boolean
}

const recordsPerTurn = 500

/**
 * Writes a pack anew without what is in no folder any more: first beside it, then in its place by one rename, then
 * the ledger and the index are told. Cut off before the rename it is as before; cut off after it, the next opening
 * sees the new generation in the pack and makes the index anew. Damage that was made good elsewhere is left out.
 * Errors: `archive.damaged` (other damage is repaired first), `file.*`.
 */
export async function rewritePack(deps: RewriteDeps, pack: number, why: string): Promise<RewrittenPack> {
  const { paths, ledger, index } = deps
  const file = join(paths.packs, packName(pack))
  const beside = join(paths.incoming, `${packName(pack)}.anew`)
  try {
    mkdirSync(paths.incoming, { recursive: true })
    rmSync(beside, { force: true })
    const written = await writeBeside(deps, pack, file, beside)
    renameSync(beside, file)
    syncFolder(paths.packs)
    const { generation, bytes, sha256, moved } = written
    ledger.append({ kind: 'rewritten', pack, generation, bytes, sha256, why, details: {} }, deps.nowMs())
    index.commit(pack, generation, bytes, moved)
    return { freedBytes: written.bytesBefore - bytes, keptForOthers: written.keptForOthers }
  } catch (error) {
    if (existsSync(beside)) rmSync(beside, { force: true })
    throw translateFileError(error, file)
  }
}

interface Written {
  readonly generation: number
  readonly bytesBefore: number
  readonly bytes: number
  readonly sha256: string
  readonly moved: readonly MovedMessage[]
  readonly keptForOthers: boolean
}

async function writeBeside(deps: RewriteDeps, pack: number, file: string, beside: string): Promise<Written> {
  const from = openSync(file, 'r')
  const out = openOutput(beside)
  try {
    const { size } = fstatSync(from)
    const moved: MovedMessage[] = []
    let generation = 0
    let records = 0
    let keptForOthers = false
    for (const found of scanPack(from, 0, size, deps.seal)) {
      if (found.kind === 'bad') {
        refuseDamage(deps, pack, found)
        continue
      }
      if (found.record.kind === 'pack') generation = found.record.generation + 1
      const kept = keepNeeded(deps, pack, from, out, found)
      keptForOthers ||= kept !== null
      const move = kept ?? writeRecord(deps, pack, from, out, found)
      if (move !== null) moved.push(move)
      if (++records % recordsPerTurn === 0) await deps.checkpoint()
    }
    return { generation, bytesBefore: size, moved, keptForOthers, ...out.finish() }
  } finally {
    closeSync(from)
    out.close()
  }
}

/** Damage may be left out only where it was made good elsewhere, and nothing that is needed stands in it. */
function refuseDamage(deps: RewriteDeps, pack: number, { offset, end }: BadStretch): void {
  if (deps.isSettled(pack, offset, end) && deps.index.holdsNothing(pack, offset, end)) return
  throw new AppError('archive.damaged', {
    details: { archive: deps.paths.root, place: `${packName(pack)}, byte ${offset}` },
  })
}

/** Copies a message as it stands that is in no folder, and that another pack cannot do without yet. */
function keepNeeded(
  { index }: RewriteDeps,
  pack: number,
  from: number,
  out: Output,
  { record, offset, frameOffset, end }: FoundRecord,
): MovedMessage | null {
  const needed = record.kind === 'message' ? index.isNeeded(pack, offset) : null
  if (record.kind !== 'message' || needed === null) return null
  const recordOffset = out.bytes()
  out.copy(from, offset, end)
  return { ...placeOf(record, needed.messageId, recordOffset, { length: frameOffset - offset }), anew: null }
}

/** Writes what is left of a record; returns where a message went. */
function writeRecord(
  deps: RewriteDeps,
  pack: number,
  from: number,
  out: Output,
  found: FoundRecord,
): MovedMessage | null {
  const { record } = found
  if (record.kind === 'message') return writeMessage(deps, pack, from, out, { ...found, record })
  const kept = keepFact(deps, record)
  if (kept === null) return null
  // As it stood, byte for byte, where nothing of it changes: a sealed record keeps its seal.
  if (kept === record) out.copy(from, found.offset, found.end)
  else if (kept.kind === 'pack') out.write(encodeRecord(kept))
  else out.writePrepared(sealed(prepareFact(kept), deps.seal))
  return null
}

function keepFact(
  { index }: RewriteDeps,
  record: Exclude<ArchiveRecord, MessageRecord>,
): typeof record | null {
  switch (record.kind) {
    case 'pack':
      return { ...record, format: packFormat, generation: record.generation + 1 }
    case 'again':
      return isHere(index, record.at, record.at.uid) ? record : null
    case 'flags':
      return isHere(index, record, record.uid) ? record : null
    case 'gone': {
      const uids = record.uids.filter((uid) => isHere(index, record, uid))
      if (uids.length === record.uids.length) return record
      return uids.length === 0 ? null : { ...record, uids }
    }
    // What a pull must not bring back has to be known for ever.
    case 'removed':
    case 'folder':
      return record
  }
}

function isHere(
  index: RewriteIndex,
  {
    source,
    folder,
    uidValidity,
  }: { readonly source: string; readonly folder: string; readonly uidValidity: string },
  uid: number,
): boolean {
  return index.isHere(source, folder, uidValidity, uid)
}

function writeMessage(
  deps: RewriteDeps,
  pack: number,
  from: number,
  out: Output,
  found: FoundRecord & { readonly record: MessageRecord },
): MovedMessage | null {
  const living = deps.index.findLiving(pack, found.offset)
  if (living === null) return null
  const { messageId } = living
  const at = isHere(deps.index, found.record.at, found.record.at.uid)
    ? found.record.at
    : deps.index.anyOccurrence(messageId)
  const recordOffset = out.bytes()
  if (living.copiesFromDead) {
    const { prepared, copies, parts } = deps.remake({ ...found.record, at })
    const { record, head, frames, summary } = sealed(prepared, deps.seal)
    out.writePrepared({ record, head, frames, summary })
    return { ...placeOf(record as MessageRecord, messageId, recordOffset, head), anew: { copies, parts } }
  }
  const record = { ...found.record, at }
  const head = at === found.record.at ? null : encodeHead(record, deps.seal)
  if (head === null) out.copy(from, found.offset, found.end)
  else {
    out.write(head)
    out.copy(from, found.frameOffset, found.end)
  }
  const headBytes = head?.length ?? found.frameOffset - found.offset
  return { ...placeOf(record, messageId, recordOffset, { length: headBytes }), anew: null }
}

/** The data frames stay as they are sealed: their lengths are in the record already. */
function encodeHead(record: MessageRecord, seal: Seal | null): Buffer {
  return seal === null ? encodeRecord(record) : seal.record(Buffer.from(JSON.stringify(record)))
}

function sealed(prepared: Prepared, seal: Seal | null): Prepared {
  return seal === null ? prepared : sealPrepared(prepared, seal)
}

function placeOf(
  { frameBytes, entryBytes, newlineAdded }: MessageRecord,
  messageId: number,
  recordOffset: number,
  head: { readonly length: number },
): Omit<MovedMessage, 'anew'> {
  const frameOffset = recordOffset + head.length
  return { messageId, recordOffset, frameOffset, frameBytes, entryBytes, newlineAdded }
}
