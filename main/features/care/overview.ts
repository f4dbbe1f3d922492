import type { CaredMailbox } from '../../../core/care/contract.ts'
import { forecastFull, forecastWindowDays } from '../../../core/care/forecast.ts'
import type { Forecast } from '../../../core/care/forecast.ts'
import type { UsePoint } from '../../../core/care/types.ts'
import type { KeptScan } from '../../../db/queries/care-scans.ts'
import type { CareDeps } from './deps.ts'

const dayMs = 86_400_000
/** As many mailboxes as one desk looks after. */
const maxMailboxes = 500

/** Mailboxes with what the last scans say of them; what needs attention first. */
export async function listCaredMailboxes(
  deps: CareDeps,
  text: string,
): Promise<{ mailboxes: CaredMailbox[]; total: number }> {
  const nowMs = deps.clock.nowMs()
  const { mailboxes, total } = await deps.db.accounts.listMailboxes({
    text,
    personId: null,
    offset: 0,
    limit: maxMailboxes,
  })
  const scans = new Map((await deps.db.care.listCareScans()).map((scan) => [scan.mailboxId, scan]))
  const use = Map.groupBy(
    await deps.db.care.listCareUse(nowMs - forecastWindowDays * dayMs),
    ({ mailboxId }) => mailboxId,
  )
  const open = await deps.db.care.countOpenCareItems()
  const countOf = (mailboxId: string, state: 'interrupted' | 'previewed') =>
    open.find((one) => one.mailboxId === mailboxId && one.state === state)?.items ?? 0
  const rows = mailboxes.map(({ mailboxId, personId, address, personName, imapHost }): CaredMailbox => {
    const scan = scans.get(mailboxId)
    return {
      ...{ mailboxId, personId, address, personName, hasImap: imapHost !== null },
      scan: scan === undefined ? null : summarize(scan, use.get(mailboxId) ?? [], nowMs),
      openItems: {
        interrupted: countOf(mailboxId, 'interrupted'),
        previewed: countOf(mailboxId, 'previewed'),
      },
    }
  })
  return { mailboxes: rows.toSorted((a, b) => urgency(b, nowMs) - urgency(a, nowMs)), total }
}

/** The last scan of one mailbox, and its forecast as of today. */
export async function readStorage(deps: CareDeps, mailboxId: string) {
  const scan = await deps.db.care.getCareScan(mailboxId)
  if (scan?.report == null) return { scan: null }
  const nowMs = deps.clock.nowMs()
  const all = await deps.db.care.listCareUse(nowMs - forecastWindowDays * dayMs)
  const points = all.filter((one) => one.mailboxId === mailboxId)
  const { atMs, report } = scan
  return { scan: { atMs, report, forecast: forecastOf(scan, points, nowMs), history: points.length } }
}

function summarize(
  scan: KeptScan,
  points: readonly UsePoint[],
  nowMs: number,
): NonNullable<CaredMailbox['scan']> {
  const { atMs, messages, sizeBytes, report } = scan
  return {
    ...{ atMs, messages, sizeBytes },
    quota: report?.quota ?? null,
    forecast: forecastOf(scan, points, nowMs),
    failedFolders: report?.folders.filter(({ problem }) => problem !== null).length ?? 0,
  }
}

function forecastOf(scan: KeptScan, scans: readonly UsePoint[], nowMs: number): Forecast {
  const { report } = scan
  return forecastFull({ nowMs, quota: report?.quota ?? null, scans, arrivals: report?.arrivals ?? [] })
}

/** Cut-off runs before full mailboxes, these before those that fill soon, these before what was never looked at. */
function urgency({ openItems, scan, hasImap }: CaredMailbox, nowMs: number): number {
  if (openItems.interrupted > 0) return 1e6
  if (scan === null) return hasImap ? 1 : 0
  const { quota, forecast } = scan
  const used = quota?.limitBytes == null || quota.limitBytes === 0 ? 0 : quota.usedBytes / quota.limitBytes
  const daysLeft =
    forecast.kind === 'fills' && forecast.atMs !== null ? (forecast.atMs - nowMs) / dayMs : Infinity
  return (forecast.kind === 'full' ? 1e5 : 0) + (daysLeft < 60 ? 1000 - daysLeft : 0) + used * 100 + 2
}
