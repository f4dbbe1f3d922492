import { place as people } from './features/accounts/index.tsx'
import { place as archive } from './features/archive/index.tsx'
import { place as care } from './features/care/index.tsx'
import { place as diagnose } from './features/diagnostics/index.tsx'
import { place as practice } from './features/practice/index.tsx'
import { place as schedules } from './features/schedules/index.tsx'
import { place as settings } from './features/settings/index.tsx'
import { place as today } from './features/today/index.tsx'
import { place as queue } from './features/tickets/index.tsx'
import { startRoutes } from './features/welcome/index.tsx'
import type { Place } from './ui/index.ts'

/**
 * The places on the rail, in the order of the work: Today, Queue, Diagnose, People, Archive, Mailbox care, Schedules, Practice, Settings.
 * To add one: export `place` from the feature's index.tsx and name it here. What is not built has no place.
 */
export const places: readonly Place[] = [
  today,
  queue,
  diagnose,
  people,
  archive,
  care,
  schedules,
  practice,
  settings,
]

export { startRoutes }
