import type { ArchiveRecord } from '../../../../core/archive/pack.ts'
import type { RemovalReport } from '../../../../core/archive/reports.ts'
import { namesEverything } from '../../../../core/archive/retention.ts'
import type { RetentionRule } from '../../../../core/archive/retention.ts'
import { AppError } from '../../../../core/errors.ts'
import { listHashesOf, listPacksOf, planRemoval } from '../../../../db/archive-index/retention.ts'
import type { Removal, RemovalPlan } from '../../../../db/archive-index/retention.ts'
import { readArchiveCard } from '../store/folder.ts'
import { readLedger } from '../store/ledger.ts'
import { openArchiveWriter } from '../store/writer.ts'
import type { ArchiveWriter } from '../store/writer.ts'
import { forgetText } from '../text/catch-up.ts'
import { readHolds, refuseHeldRemoval } from './holds.ts'
import { readRemovalJournal, writeRemovalJournal } from './journal.ts'
import { leaveDisk } from './leave-disk.ts'

/** What is to be removed, and who decided it. */
export interface RemovalRequest {
  readonly rule: RetentionRule
  /** Of the simulation that was looked at; null where a schedule was allowed to act without one. */
  readonly fingerprint: string | null
  readonly by: string
}

type Progress = (done: number, total: number | null) => Promise<void>

const uidsPerRecord = 10_000

/**
 * Removes what a rule names and no hold keeps: first it is written down (ledger, then packs and index), so that it is
 * out of sight for good; then the packs are written anew without it. What was cut off in between is gone on with by
 * `finishRemoval`. Errors: `record.conflict` when it would be something else than what was simulated,
 * or where a hold came between an earlier removal and its end, `archive.damaged` when the ledger does not hold (holds
 * may be missing in it), `archive.busy`.
 */
export async function removeMail(
  root: string,
  request: RemovalRequest,
  nowMs: number,
  progress: Progress,
): Promise<RemovalReport> {
  const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: Date.now })
  let plan: RemovalPlan
  try {
    plan = planOf(root, writer, request, nowMs)
    if (plan.removals.length > 0) hide(root, writer, request, plan, nowMs)
  } finally {
    writer.close()
  }
  if (plan.messageIds.length > 0) await forgetText(root, plan.messageIds)
  const { freedBytes, packs } = await leaveDisk(root, progress)
  return {
    kind: 'removal',
    rule: request.rule.name,
    by: request.by,
    messages: plan.messageIds.length,
    occurrences: plan.removals.length,
    mailBytes: plan.mailBytes,
    freedBytes,
    packs,
  }
}

/** Goes on with a removal that was cut off; what is out of sight leaves the disk. */
export async function finishRemoval(root: string, progress: Progress): Promise<RemovalReport> {
  const isUnfinished = readRemovalJournal(root).length > 0
  const { freedBytes, packs } = await leaveDisk(root, progress)
  // It may have been cut off before its words left the text index. Now the index is right, whatever was cut off.
  if (isUnfinished) await forgetText(root, null)
  return {
    ...{ kind: 'removal', rule: 'a removal that was cut off', by: 'Mail Desk' },
    ...{ messages: 0, occurrences: 0, mailBytes: 0, freedBytes, packs },
  }
}

function planOf(root: string, writer: ArchiveWriter, request: RemovalRequest, nowMs: number): RemovalPlan {
  const { rule, fingerprint } = request
  if (namesEverything(rule.criteria) && !rule.onlyGone)
    throw new AppError('usage.invalid', {
      details: { problem: 'A rule names a mailbox, a folder, a label, a sender or a person.' },
    })
  refuseHeldRemoval(root)
  const plan = planRemoval(writer.index, rule, readHolds(root), nowMs)
  if (fingerprint !== null && plan.fingerprint !== fingerprint)
    throw new AppError('record.conflict', {
      details: { what: 'set of messages than the one that was simulated; simulate once more' },
    })
  return plan
}

/** From here on nobody sees the mail any more, and no pull brings it back. */
function hide(
  root: string,
  writer: ArchiveWriter,
  { rule, by }: RemovalRequest,
  plan: RemovalPlan,
  atMs: number,
): void {
  const packs = [...listPacksOf(writer.index, plan.messageIds), ...damagedPacksOf(root, writer, plan)]
  writeRemovalJournal(root, [...new Set([...readRemovalJournal(root), ...packs])])
  const ledgerSeq = writer.ledger.append(
    {
      ...{ kind: 'removed', by, rule: rule.name },
      ...{ messages: plan.messageIds.length, occurrences: plan.removals.length, mailBytes: plan.mailBytes },
      details: { ruleId: rule.ruleId, olderThanDays: rule.olderThanDays, fingerprint: plan.fingerprint },
    },
    atMs,
  )
  writer.record(recordsOf(plan.removals, ledgerSeq, atMs))
}

/** Where messages lie damaged that were stored once more: much of them may be readable there. */
function damagedPacksOf(root: string, { index }: ArchiveWriter, plan: RemovalPlan): readonly number[] {
  const hashes = new Set(listHashesOf(index, plan.messageIds))
  return readLedger(root).lines.flatMap(({ entry }) =>
    entry.kind === 'repaired' && entry.storedAgain && entry.sha256 !== null && hashes.has(entry.sha256)
      ? [entry.pack]
      : [],
  )
}

function recordsOf(removals: readonly Removal[], ledgerSeq: number, atMs: number): readonly ArchiveRecord[] {
  const places = Map.groupBy(
    removals,
    ({ source, folder, uidValidity }) => `${source}\n${folder}\n${uidValidity}`,
  )
  return [...places.values()].flatMap((list) => {
    const [{ source, folder, uidValidity }] = list as [Removal]
    const records: ArchiveRecord[] = []
    for (let at = 0; at < list.length; at += uidsPerRecord) {
      const uids = list.slice(at, at + uidsPerRecord).map(({ uid }) => uid)
      records.push({ kind: 'removed', source, folder, uidValidity, uids, ledgerSeq, atMs })
    }
    return records
  })
}
