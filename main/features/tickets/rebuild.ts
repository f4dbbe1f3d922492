import type { HandlerDeps } from './handlers.ts'

const ticketsATime = 1000

/** Computes lists and search again from the events, in pieces, so that other queries get their turn. */
export function rebuildAll({
  db,
  jobs,
  changed,
}: Pick<HandlerDeps, 'db' | 'jobs' | 'changed'>): Promise<{ runId: string }> {
  return jobs.start(
    { kind: 'tickets.rebuild', title: 'Rebuild ticket lists and search', pausable: false },
    async (run) => {
      let done = 0
      let last: string | null = null
      do {
        const piece: { done: number; lastTicketId: string | null } = await db.tickets.rebuildTickets(
          last,
          ticketsATime,
        )
        done += piece.done
        last = piece.lastTicketId
        run.progress({ done, total: null, unit: 'tickets' })
      } while (last !== null)
      changed([])
      return `Computed the lists and the search of ${done} tickets again.`
    },
  )
}
