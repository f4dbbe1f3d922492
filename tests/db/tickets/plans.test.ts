import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WriteHandle } from '../../../db/handles.ts'
import { closeDatabase, openDatabase } from '../../../db/open.ts'
import * as tickets from '../../../db/queries/tickets.ts'
import { builtInViews, unsentStates } from '../../../core/tickets/views.ts'
import type { TicketFilter, TicketSort } from '../../../core/tickets/views.ts'

let db: WriteHandle
beforeEach(() => {
  db = openDatabase(':memory:')
})
afterEach(() => {
  closeDatabase(db)
})

/** How SQLite would run each statement that `work` prepares, one text a statement. */
function plansOf(work: () => unknown): readonly string[] {
  const driver = db.$client
  const prepare = driver.prepare.bind(driver)
  const statements: string[] = []
  driver.prepare = (sql: string) => {
    statements.push(sql)
    return prepare(sql)
  }
  work()
  driver.prepare = prepare
  return statements.map((sql) => {
    const plan = prepare(`EXPLAIN QUERY PLAN ${sql.replaceAll('?', 'NULL')}`).all() as { detail: string }[]
    return plan.map((step) => step.detail).join('; ')
  })
}

const list = (filter: TicketFilter, sort: TicketSort, text = '') =>
  plansOf(() =>
    tickets.listTickets(db, { filter, sort, text, after: '1.1', limit: 50, meKey: 'me', nowMs: 1 }),
  )

describe('a page of tickets', () => {
  it('is read in its order from an index, never sorted', () => {
    const sorts = ['updated', 'created', 'due', 'priority'] as const
    const pages = sorts.flatMap((sort) => builtInViews.map((view) => list(view.filter, sort)[0] ?? ''))
    expect(
      pages.filter((plan) => plan.includes('TEMP B-TREE') || !plan.includes('SEARCH t USING INDEX')),
    ).toEqual([])
  })

  it('of one requester, mailbox, person, tag or state of a reply is found by an index', () => {
    const filters: readonly TicketFilter[] = [
      { requesterEmail: 'a@b' },
      { mailboxId: 'm' },
      { personId: 'p' },
      { tag: 'vip' },
      { replyStates: [...unsentStates] },
    ]
    const pages = filters.map((filter) => list(filter, 'updated')[0] ?? '')
    expect(pages.filter((plan) => plan.includes('SCAN t'))).toEqual([])
  })

  it('of a search is read newest first from the search index, never sorted', () => {
    const [page = ''] = list({ statuses: ['open'] }, 'updated', 'password')
    expect([page.includes('TEMP B-TREE'), page.includes('SCAN s VIRTUAL TABLE')]).toEqual([false, true])
  })
})

describe('counts', () => {
  it('are taken from an index that has all columns, never from the table', () => {
    const plans = [
      ...plansOf(() =>
        tickets.countTicketViews(
          db,
          builtInViews.map((view) => view.filter),
          { meKey: 'me', nowMs: 1 },
        ),
      ),
      ...builtInViews.map((view) => list(view.filter, view.sort)[1] ?? ''),
    ]
    expect(plans.filter((plan) => !plan.includes('USING COVERING INDEX'))).toEqual([])
  })
})
