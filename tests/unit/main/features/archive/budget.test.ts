import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { PullWait } from '../../../../../core/archive/waits.ts'
import { openBudget } from '../../../../../main/features/archive/pull/budget.ts'
import { hourMs } from '../../../../../core/archive/provider-limits.ts'
import { createInlineDbClient } from '../../../../../db/inline-client.ts'

describe('the day’s budget of a mailbox', () => {
  let file: string
  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'budget-'))
    file = join(folder, 'desk.sqlite')
    return () => rmSync(folder, { recursive: true, force: true })
  })

  it('pauses when the limit is reached, goes on by itself, and is remembered by the next program', async () => {
    let nowMs = 500_000 * hourMs + 1
    const waits: (PullWait | null)[] = []
    const open = async () => {
      const db = createInlineDbClient(file)
      const budget = await openBudget({
        db,
        mailboxId: 'm1',
        limits: { provider: 'Gmail', downBytesPerDay: 1000, upBytesPerDay: null },
        clock: {
          nowMs: () => nowMs,
          sleep: (ms) => {
            nowMs += ms
            return Promise.resolve()
          },
        },
        signal: new AbortController().signal,
        onWait: (wait) => waits.push(wait),
      })
      return { budget, close: () => db.close() }
    }
    const first = await open()
    first.budget.received(600)
    await first.budget.ready()
    await first.budget.save()
    await first.close()
    const second = await open()
    second.budget.received(400)
    await second.budget.ready()
    await second.close()
    const why = { kind: 'budget', provider: 'Gmail', bytesPerDay: 1000 }
    expect([waits, nowMs]).toEqual([[{ untilMs: 500_025 * hourMs, why }, null], 500_025 * hourMs])
  })
})
