import { budgetFreeAtMs, hourMs } from '../../../../core/archive/provider-limits.ts'
import type { HourlyTransfer, ProviderLimits } from '../../../../core/archive/provider-limits.ts'
import type { DbClient } from '../../../../db/client.ts'
import type { PullWait } from '../../../../core/archive/waits.ts'
import type { PullClock } from './patience.ts'

/** What a mailbox may still receive today. */
export interface Budget {
  received(bytes: number): void
  /** Waits while the day's limit is reached; rejects when cancelled. */
  ready(): Promise<void>
  /** Writes down what was counted and is not written yet. */
  save(): Promise<void>
}

interface BudgetDeps {
  readonly db: DbClient
  readonly mailboxId: string
  readonly limits: ProviderLimits | null
  readonly clock: PullClock
  readonly signal: AbortSignal
  readonly onWait: (wait: PullWait | null) => void
}

const saveEveryBytes = 16_000_000

/** Counts by the hour in the desk's database, so that a program that starts anew does not start counting anew. */
export async function openBudget(deps: BudgetDeps): Promise<Budget> {
  const { db, mailboxId, limits, clock } = deps
  const limit = limits?.downBytesPerDay ?? null
  const hours = new Map<number, number>()
  for (const one of await db.archive.listTransfers(mailboxId, 'down')) hours.set(one.hourMs, one.bytes)
  const unsaved = new Map<number, number>()
  let unsavedBytes = 0

  const save = async (): Promise<void> => {
    const now = [...unsaved]
    unsaved.clear()
    unsavedBytes = 0
    for (const [hour, bytes] of now) await db.archive.addTransfer(mailboxId, 'down', hour, bytes)
  }
  const transfers = (): HourlyTransfer[] => [...hours].map(([hour, bytes]) => ({ hourMs: hour, bytes }))
  return {
    received: (bytes) => {
      const hour = Math.floor(clock.nowMs() / hourMs) * hourMs
      hours.set(hour, (hours.get(hour) ?? 0) + bytes)
      unsaved.set(hour, (unsaved.get(hour) ?? 0) + bytes)
      unsavedBytes += bytes
    },
    ready: async () => {
      if (unsavedBytes > saveEveryBytes) await save()
      if (limit === null || limits === null) return
      for (;;) {
        const untilMs = budgetFreeAtMs(transfers(), limit, clock.nowMs())
        if (untilMs === null) return
        await save()
        deps.onWait({ untilMs, why: { kind: 'budget', provider: limits.provider, bytesPerDay: limit } })
        try {
          await clock.sleep(untilMs - clock.nowMs(), deps.signal)
        } finally {
          deps.onWait(null)
        }
      }
    },
    save,
  }
}
