import { v7 as uuid } from 'uuid'
import { describeScan } from '../../../core/care/outcomes.ts'
import { createTally } from '../../../core/care/tally.ts'
import type { ScanReport } from '../../../core/care/types.ts'
import { describeError } from '../../../core/error-text.ts'
import { AppError } from '../../../core/errors.ts'
import type { Run } from '../jobs/index.ts'
import type { CareDeps } from './deps.ts'
import { withMailbox } from './deps.ts'
import type { CareFolder, CareMailbox } from './ports.ts'
import type { Slots } from './slots.ts'

/** Facts come in pages: a cut connection costs a page, and one page is what has to fit in memory. */
const pageSize = 500

/** Starts a scan. What was known before stays until the new scan is whole. Errors: `record.not_found`, `secret.*`. */
export async function startScan(
  deps: CareDeps,
  slots: Slots,
  mailboxId: string,
): Promise<{ readonly runId: string }> {
  // Opened here as well, so that a missing password is said at once and not by a job that fails.
  const { mailbox } = await deps.mailboxes.open(mailboxId)
  const title = `Scan ${mailbox.address}`
  return deps.jobs.start({ kind: 'care.scan', title, pausable: true }, (run) =>
    slots.use(run.signal, async () => {
      const report = await withMailbox(deps, mailboxId, run.signal, (care) => scan(deps, care, run))
      const { messages, sizeBytes, quota } = report
      const limits = { usedBytes: quota?.usedBytes ?? null, limitBytes: quota?.limitBytes ?? null }
      const atMs = deps.clock.nowMs()
      await deps.db.care.putCareScan({
        scanId: uuid(),
        mailboxId,
        atMs,
        ...limits,
        messages,
        sizeBytes,
        report,
      })
      deps.publish('care.scanned', { mailboxId })
      return describeScan(report)
    }),
  )
}

async function scan(deps: CareDeps, care: CareMailbox, run: Run): Promise<ScanReport> {
  const quota = await care.quota()
  const folders = await care.listFolders()
  const { labels } = care.abilities
  const tally = createTally(deps.clock.nowMs(), labels)
  let done = 0
  for (const folder of labels ? allMailFirst(folders) : folders) {
    await run.checkpoint()
    run.progress({ done, total: null, unit: 'messages', item: folder.path })
    try {
      const opened = await care.open(folder.path, 'read')
      tally.add(folder, [])
      for await (const facts of opened.facts(pageSize)) {
        tally.add(folder, facts)
        done += facts.length
        run.progress({ done, total: null, unit: 'messages', item: folder.path })
        await run.checkpoint()
      }
    } catch (error) {
      // A folder that the server does not open is said; a lost connection ends the scan.
      if (!(error instanceof AppError) || !error.code.startsWith('imap.') || run.signal.aborted) throw error
      tally.fail(folder, describeError(error.code, error.details).sentence)
    }
  }
  return tally.report(quota)
}

/** Of a labelled server the folder that holds everything comes first, so that the labels add nothing. */
function allMailFirst(folders: readonly CareFolder[]): readonly CareFolder[] {
  const rank = ({ specialUse }: CareFolder) => (specialUse === '\\All' ? 0 : 1)
  return folders.toSorted((a, b) => rank(a) - rank(b))
}
