import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ticketCategory, ticketPriority } from '../../core/tickets/types.ts'
import { builtInViews } from '../../core/tickets/views.ts'
import type { TicketFilter, TicketSort } from '../../core/tickets/views.ts'
import { createWorkerDbClient } from '../../db/client.ts'
import type { DbClient } from '../../db/client.ts'
import { createRandom } from '../../main/features/tickets/seed/random.ts'
import { workerUrl } from '../../main/lib/worker-url.ts'
import { createTestDesk } from '../helpers/test-desk.ts'
import { percentiles } from './bench.ts'
import type { Bench, BenchRow } from './bench.ts'

const ticketCount = 100_000
const rounds = 200
const targetMs = 50

/** List, filter, search and open on 100,000 tickets, asked for as the program does: through the worker. */
export function ticketsBench(): Promise<Bench> {
  return Promise.resolve({ name: 'tickets', title: `Tickets (${ticketCount} of them)`, run })
}

async function run(log: (line: string) => void): Promise<readonly BenchRow[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'desk-bench-'))
  const db = await createWorkerDbClient(join(dataDir, 'desk.sqlite'), workerUrl('db/worker.ts', 'db-worker'))
  try {
    await using desk = await createTestDesk({ dataDir, db, role: 'visitor' })
    const startedMs = performance.now()
    const { runId } = await desk.call('tickets.seed', { count: ticketCount, seed: 7 })
    await desk.finished(runId)
    const seededS = (performance.now() - startedMs) / 1000
    log(`seeded in ${seededS.toFixed(1)} s`)
    const rows: BenchRow[] = []
    for (const [measure, ask] of Object.entries(await questions(db)))
      rows.push(await measureOne(measure, ask))
    const perSecond = Math.round(ticketCount / seededS)
    return [
      ...rows,
      { measure: 'seed', result: `${seededS.toFixed(1)} s (${perSecond} tickets/s)`, met: null },
    ]
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

type Ask = () => Promise<unknown>

async function measureOne(measure: string, ask: Ask): Promise<BenchRow> {
  const durations: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const startedMs = performance.now()
    await ask()
    durations.push(performance.now() - startedMs)
  }
  const { p50, p95, max } = percentiles(durations)
  const result = `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, max ${max.toFixed(1)} ms`
  return { measure, result, target: `p95 under ${targetMs} ms`, met: p95 < targetMs }
}

const words = [
  'password',
  'mailbox',
  'port 587',
  'quota',
  'Outlook',
  'the',
  'forward leave',
  'kowalska',
  'sto',
  'se',
  'winmail.dat',
  'user77',
]

async function questions(db: DbClient): Promise<Readonly<Record<string, Ask>>> {
  const random = createRandom(11)
  const context = { meKey: 'technician', nowMs: Date.now() }
  const list = (more: { filter?: TicketFilter; text?: string; sort?: TicketSort; after?: string | null }) =>
    db.tickets.listTickets({
      filter: {},
      text: '',
      sort: 'updated',
      after: null,
      limit: 50,
      ...more,
      ...context,
    })
  const sorts: readonly TicketSort[] = ['updated', 'created', 'due', 'priority']
  const deep = await cursorAfter(list, 40)
  const some = (await list({})).tickets.map((ticket) => ticket.ticketId)
  const numbers = (await list({ after: deep })).tickets.map((ticket) => ticket.number)
  return {
    'list, first page, any order': () => list({ sort: random.pick(sorts) }),
    'list, page 41': () => list({ after: deep }),
    'filter by a view': () => list(random.pick(builtInViews)),
    'filter by category, priority, status': () =>
      list({
        sort: random.pick(sorts),
        filter: {
          categories: [random.pick(ticketCategory.options)],
          priorities: [random.pick(ticketPriority.options)],
          statuses: ['open', 'pending'],
        },
      }),
    'filter by requester': () =>
      list({ filter: { requesterEmail: `user${random.below(5000)}@harbour.example` } }),
    'filter by tag': () => list({ filter: { tag: 'vip' } }),
    'search a text as it is typed': () => list({ text: random.pick(words) }),
    'search in a view': () => list({ text: random.pick(words), filter: { statuses: ['open'] } }),
    'search a number': () => list({ text: random.pick(numbers) }),
    'open a ticket': () => db.tickets.getTicket(random.pick(some)),
    'counts of the views': () =>
      db.tickets.countTicketViews(
        builtInViews.map((view) => view.filter),
        context,
      ),
    'counts of Today': () => db.tickets.countTickets(context),
    assignees: () => db.tickets.listAssignees(),
  }
}

async function cursorAfter(
  list: (more: { after: string | null }) => Promise<{ readonly nextCursor: string | null }>,
  pages: number,
): Promise<string | null> {
  let after: string | null = null
  for (let page = 0; page < pages; page += 1) after = (await list({ after })).nextCursor
  return after
}
