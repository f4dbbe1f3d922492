import type { ClockName } from './shapes.ts'
import type { TicketPriority } from './types.ts'

const hourMs = 3_600_000

/** How long a ticket may take, by priority, in milliseconds of a calendar that never closes (24 h, 7 days). */
export interface TicketPolicy {
  readonly version: number
  readonly targetsMs: Readonly<Record<ClockName, Readonly<Record<TicketPriority, number>>>>
}

/** What a desk promises until it says otherwise: a first answer within the day, a solution within 24 hours. */
export const defaultPolicy: TicketPolicy = {
  version: 1,
  targetsMs: {
    first_response: { urgent: hourMs, high: 2 * hourMs, normal: 4 * hourMs, low: 8 * hourMs },
    resolution: { urgent: 8 * hourMs, high: 24 * hourMs, normal: 24 * hourMs, low: 72 * hourMs },
  },
}
