import type { CleanupRun, RunItem } from '../../../core/care/plans.ts'
import { decide, findExtraCopies, includesFolder } from '../../../core/care/rule.ts'
import type { PlacedFact } from '../../../core/care/rule.ts'
import type { JournalMessage } from '../../../db/queries/care-journal.ts'
import type { Run } from '../jobs/index.ts'
import { withMailbox } from './deps.ts'
import type { CareDeps } from './deps.ts'
import type { CareFolder, CareMailbox } from './ports.ts'

const pageSize = 500

/** Tells how many messages have been looked at. */
export type Progress = (messages: number, item: string) => void

/** Makes the exact list of what a rule takes in one mailbox, and of what it takes but something keeps. */
export async function listItem(
  deps: CareDeps,
  run: CleanupRun,
  item: RunItem,
  job: Run,
  progress: Progress,
): Promise<void> {
  const { itemId } = item
  await deps.db.care.setCareItem(itemId, { state: 'listing', note: null, startedAtMs: deps.clock.nowMs() })
  const all = await withMailbox(deps, item.mailboxId, job.signal, (care) =>
    readFacts(care, run, job, progress),
  )
  const messages = await decideAll(deps, run, item, all)
  await deps.db.care.putCareMessages(itemId, messages)
  await deps.db.care.setCareItem(itemId, { state: 'previewed', endedAtMs: deps.clock.nowMs() })
}

async function readFacts(
  care: CareMailbox,
  { rule }: CleanupRun,
  job: Run,
  progress: Progress,
): Promise<readonly PlacedFact[]> {
  const folders = (await care.listFolders()).filter((folder) => includesFolder(rule, folder))
  const all: PlacedFact[] = []
  for (const folder of care.abilities.labels ? folders.filter(holdsEverything) : folders) {
    await job.checkpoint()
    const opened = await care.open(folder.path, 'read')
    for await (const facts of opened.facts(pageSize)) {
      const place = { folder: folder.path, uidValidity: opened.uidValidity }
      all.push(...facts.map((fact) => ({ ...place, fact })))
      progress(facts.length, folder.path)
      await job.checkpoint()
    }
  }
  return all
}

/** Where folders are labels, a message is removed from the folder of all mail, or not at all. */
const holdsEverything = ({ specialUse }: CareFolder) => specialUse === '\\All'

async function decideAll(
  deps: CareDeps,
  run: CleanupRun,
  item: RunItem,
  all: readonly PlacedFact[],
): Promise<readonly JournalMessage[]> {
  const { rule, archiveId } = run
  const extra = rule.duplicatesOnly ? findExtraCopies(all) : new Set<PlacedFact>()
  const isHeld = await deps.holdsOf(archiveId, item.address)
  const nowMs = deps.clock.nowMs()
  return all
    .flatMap((placed): JournalMessage[] => {
      const { folder, uidValidity, fact } = placed
      const context = { nowMs, isExtraCopy: extra.has(placed), isHeld: isHeld(folder, fact) }
      const decision = decide(rule, fact, context)
      if (!decision.take && decision.why === 'pass') return []
      const { uid, subject, from, sizeBytes, internalDateMs, flags, messageId, attachments } = fact
      return [
        {
          ...{ folder, uidValidity, uid, subject, from, sizeBytes, internalDateMs, messageId },
          position: 0,
          attachments: attachments.length,
          flags: [...flags],
          state: decision.take ? 'listed' : 'kept',
          why: decision.take || decision.why === 'pass' ? null : decision.why,
          sha256: null,
          note: null,
        },
      ]
    })
    .map((message, position) => ({ ...message, position }))
}
