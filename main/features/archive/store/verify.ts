import { closeSync, fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { packName } from '../../../../core/archive/pack.ts'
import type { Damage, VerifyReport } from '../../../../core/archive/reports.ts'
import { beginCheck } from '../../../../db/archive-index/check.ts'
import type { IndexCheck } from '../../../../db/archive-index/check.ts'
import type { IndexReader } from '../../../../db/archive-index/open.ts'
import { archivePaths, listPackNumbers } from './folder.ts'
import { scanPack } from './scan.ts'
import type { BadStretch, FoundRecord } from './scan.ts'
import { judge, unpackMessage } from './unpack.ts'

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
    for (const { fd, found } of eachFound(join(paths.packs, name), committed)) {
      const checked = checkFound(check, pack, fd, found)
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

interface InPack {
  readonly fd: number
  readonly found: FoundRecord | BadStretch
}

function* eachFound(file: string, committed: number): Generator<InPack> {
  const fd = openSync(file, 'r')
  try {
    const { size } = fstatSync(fd)
    for (const found of scanPack(fd, 0, Math.min(size, committed))) yield { fd, found }
    if (size >= committed) return
    const problem = `the pack ends at ${size} bytes; ${committed} are accounted for`
    yield { fd, found: { kind: 'bad', offset: size, end: committed, torn: true, problem } }
  } finally {
    closeSync(fd)
  }
}

/** The message of a record if it is one and whole; null for other records; a text for what is wrong. */
function checkFound(
  check: IndexCheck,
  pack: number,
  fd: number,
  found: FoundRecord | BadStretch,
): { readonly messageId: number; readonly sizeBytes: number } | string | null {
  if (found.kind === 'bad') return found.problem
  const { record } = found
  if (record.kind !== 'message') return null
  const problem = judge(unpackMessage(fd, found.frameOffset, record))
  if (problem !== null) return problem
  const indexed = check.find(record.sha256)
  if (indexed === null) return 'the index does not know this message; rebuild the index'
  if (indexed.pack !== pack || indexed.frameOffset !== found.frameOffset)
    return 'the index looks for this message elsewhere; rebuild the index'
  return { messageId: indexed.messageId, sizeBytes: record.sizeBytes }
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
