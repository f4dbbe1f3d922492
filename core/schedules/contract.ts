import { z } from 'zod'
import { command, feature, nothing, query } from '../contract/define.ts'
import { powerState, schedule, scheduleWish } from './types.ts'

const scheduleRef = z.strictObject({ scheduleId: z.string() })
const bySchedule = (input: { readonly scheduleId: string }) => `schedule:${input.scheduleId}`

/** Schedules: what the desk does by itself, when, and why it does not do it now. */
export const schedulesContract = feature(
  'schedules',
  {
    list: query(
      'Schedules with their last runs, what is due and what it waits for.',
      nothing,
      z.strictObject({
        schedules: z.array(schedule),
        power: powerState,
        /** False in a command line that visits: schedules run in the window or in `desk serve`. */
        runsHere: z.boolean(),
      }),
    ),
    create: command('Add a schedule.', scheduleWish, scheduleRef),
    change: command(
      'Change a schedule; the times of its last runs stay.',
      scheduleWish.extend({ scheduleId: z.string() }),
      scheduleRef,
      bySchedule,
    ),
    remove: command('Remove a schedule. What its runs did stays.', scheduleRef, nothing, bySchedule),
    runNow: command(
      'Start everything of a schedule now, whatever it waits for; items still take turns.',
      scheduleRef,
      nothing,
      bySchedule,
    ),
  },
  { changed: z.strictObject({ scheduleId: z.string() }) },
)
