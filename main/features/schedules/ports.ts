import type { Publish } from '../../../core/contract/index.ts'
import type { PowerState, ScheduleKind } from '../../../core/schedules/types.ts'
import type { DbClient } from '../../../db/client.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Logger } from '../../lib/logger.ts'
import type { Jobs } from '../jobs/index.ts'

/** Tells what is known of battery, network and its price. Never rejects: what cannot be told is null. */
export type ReadPower = () => Promise<PowerState>

/** What one run acts on. */
export interface RunTarget {
  readonly archiveId: string | null
  readonly mailboxId: string | null
  readonly planId: string | null
}

/** How a kind of schedule starts one run. Rejects with an `AppError` when it cannot be started. */
export interface Runnable {
  readonly start: (target: RunTarget) => Promise<{ readonly runId: string }>
  /** Whether it is of any use without a network. */
  readonly needsNetwork: boolean
}

/** What can be run on a schedule; wired in compose.ts. */
export type Runnables = Readonly<Record<ScheduleKind, Runnable>>

/** What schedules are built from. */
export interface SchedulesDeps {
  readonly db: DbClient
  readonly publish: Publish
  readonly clock: Clock
  readonly logger: Logger
  readonly jobs: Jobs
  readonly runnables: Runnables
  readonly readPower: ReadPower
  /** Whether this process runs schedules; a command line that visits only shows and changes them. */
  readonly runsHere: boolean
}
