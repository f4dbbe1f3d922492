import type { HandlerDeps } from '../handlers.ts'
import { createRandom } from './random.ts'
import { tellStory } from './story.ts'
import { technicians } from './words.ts'

const ticketsATime = 1000
/** The stories spread over two years, most recent ones denser, as in a growing company. */
const spanMs = 730 * 86_400_000

/** Fills the desk with invented tickets, a thousand in one transaction. */
export function seedTickets(
  { db, jobs, me, changed }: Pick<HandlerDeps, 'db' | 'jobs' | 'me' | 'changed'>,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<{ runId: string }> {
  return jobs.start(
    { kind: 'tickets.seed', title: `Invent ${count} tickets`, pausable: true },
    async (run) => {
      const { by, assignee } = await me()
      const { machineId, nowMs } = by
      const firstSequence = await db.tickets.nextTicketSequence(machineId)
      const random = createRandom(seed)
      for (let done = 0; done < count;) {
        await run.checkpoint()
        const size = Math.min(ticketsATime, count - done)
        const events = Array.from({ length: size }, (_, index) => {
          const place = done + index
          const openedAtMs = Math.floor(nowMs - spanMs * (1 - (place + random.next()) / count) ** 1.5)
          const input = { random, machineId, openedAtMs, nowMs, sequence: firstSequence + place }
          return tellStory({ ...input, technicians: [assignee, ...technicians] })
        })
        await db.tickets.mergeTicketEvents(events.flat())
        done += size
        run.progress({ done, total: count, unit: 'tickets' })
        changed([])
      }
      return `Invented ${count} tickets.`
    },
  )
}
