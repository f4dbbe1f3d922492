import { asc, eq } from 'drizzle-orm'
import type { TicketFilter, TicketSort, TicketView } from '../../core/tickets/views.ts'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { ticketViewsTable } from '../schema/tickets.ts'

/** Saved views, oldest first. */
export function listTicketViews(db: ReadHandle): TicketView[] {
  const rows = db.select().from(ticketViewsTable).orderBy(asc(ticketViewsTable.createdAtMs)).all()
  return rows.map((row) => ({
    viewId: row.viewId,
    builtIn: false,
    name: row.name,
    filter: JSON.parse(row.filter) as TicketFilter,
    sort: row.sort as TicketSort,
  }))
}

/** Saves a view, or puts it over the one with its id. */
export function putTicketView(db: WriteHandle, view: Omit<TicketView, 'builtIn'>, nowMs: number): void {
  const changed = { name: view.name, filter: JSON.stringify(view.filter), sort: view.sort }
  db.insert(ticketViewsTable)
    .values({ viewId: view.viewId, ...changed, createdAtMs: nowMs })
    .onConflictDoUpdate({ target: ticketViewsTable.viewId, set: changed })
    .run()
}

/** Whether there was one to remove. */
export function removeTicketView(db: WriteHandle, viewId: string): boolean {
  return db.delete(ticketViewsTable).where(eq(ticketViewsTable.viewId, viewId)).run().changes > 0
}
