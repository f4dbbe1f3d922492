import { closeSync, fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { packName } from '../../../../core/archive/pack.ts'
import type { Damage, VerifyReport } from '../../../../core/archive/reports.ts'
import { beginCheck } from '../../../../db/archive-index/check.ts'
import type { IndexCheck } from '../../../../db/archive-index/check.ts'
import type { IndexReader } from '../../../../db/archive-index/open.ts'
import { archivePaths, listPackNumbers } from './folder.ts'
import { decodeMessage, sha256Of } from './frame.ts'
import { scanPack } from './scan.ts'
import type { BadStretch, FoundRecord } from './scan.ts'

/** How far a check is, in messages. It may wait, or throw to stop. */
export type OnMessages = (done: number, total: number) => Promise<void> | void

const reportEvery = 100

/**
 * Reads every record of every pack, unpacks and hashes every message, and compares the index with what was found:
 * both ways, so that a message that the index knows and no pack holds is damage too. What a pull is writing
 * meanwhile lies beyond what the index accounts for, and is left to the next check.
 */
export async function verifyArchive(
  root: string,
  index: IndexReader,
  onMessages: OnMessages,
): Promise<VerifyReport> {
  const check = beginCheck(index)
  try {
    return await verifyPacks(root, check, onMessages)
  } finally {
    check.close()
  }
}

async function verifyPacks(root: string, check: IndexCheck, onMessages: OnMessages): Promise<VerifyReport> {
  const paths = archivePaths(root)
  const onDisk = new Set(listPackNumbers(paths))
  const damage: Damage[] = []
  const whole = new Set<number>()
  let mailBytes = 0
  for (const [pack, committed] of check.committed) {
    const name = packName(pack)
    if (!onDisk.has(pack)) {
      damage.push({ pack: name, offset: 0, sha256: null, subject: null, problem: 'the pack is missing' })
      continue
    }
    for (const found of eachFound(join(paths.packs, name), committed)) {
      const checked = checkFound(check, pack, found)
      if (typeof checked === 'string') damage.push({ ...locate(check, pack, found.offset), problem: checked })
      else if (checked !== null) {
        mailBytes += checked.sizeBytes
        whole.add(checked.messageId)
        if (whole.size % reportEvery === 0) await onMessages(whole.size, check.messageCount)
      }
    }
  }
  damage.push(...missingMessages(check, whole, damage))
  await onMessages(whole.size, check.messageCount)
  return { kind: 'verify', packs: check.committed.size, messages: whole.size, mailBytes, damage }
}

function* eachFound(file: string, committed: number): Generator<FoundRecord | BadStretch> {
  const fd = openSync(file, 'r')
  try {
    const { size } = fstatSync(fd)
    yield* scanPack(fd, 0, Math.min(size, committed))
    if (size >= committed) return
    const problem = `the pack ends at ${size} bytes; ${committed} are accounted for`
    yield { kind: 'bad', offset: size, end: committed, torn: true, problem }
  } finally {
    closeSync(fd)
  }
}

/** The message of a record if it is one and whole; null for other records; a text for what is wrong. */
function checkFound(
  check: IndexCheck,
  pack: number,
  found: FoundRecord | BadStretch,
): { readonly messageId: number; readonly sizeBytes: number } | string | null {
  if (found.kind === 'bad') return found.problem
  const { record, frame } = found
  if (record.kind !== 'message' || frame === null) return null
  const message = decodeMessage(frame, record.entryBytes, record.newlineAdded)
  if (message === null) return 'the message cannot be unpacked'
  if (message.length !== record.sizeBytes || sha256Of(message) !== record.sha256)
    return 'the message is not what its hash says'
  const indexed = check.find(record.sha256)
  if (indexed === null) return 'the index does not know this message; rebuild the index'
  if (indexed.pack !== pack || indexed.frameOffset !== found.frameOffset)
    return 'the index looks for this message elsewhere; rebuild the index'
  return { messageId: indexed.messageId, sizeBytes: message.length }
}

function locate(check: IndexCheck, pack: number, offset: number): Omit<Damage, 'problem'> {
  const known = check.nameAt(pack, offset)
  return { pack: packName(pack), offset, sha256: known?.sha256 ?? null, subject: known?.subject ?? null }
}

/** Messages that the index knows and that were not found whole, unless their damage is listed already. */
function missingMessages(
  check: IndexCheck,
  whole: ReadonlySet<number>,
  listed: readonly Damage[],
): readonly Damage[] {
  const named = new Set(listed.map((one) => one.sha256))
  const missing: Damage[] = []
  for (const { messageId, sha256, subject, pack, offset } of check.each()) {
    if (whole.has(messageId) || named.has(sha256)) continue
    missing.push({
      pack: packName(pack),
      offset,
      sha256,
      subject,
      problem: 'the message is not in its place',
    })
  }
  return missing
}
