import { z } from 'zod'
import { command, feature, query } from '../contract/define.ts'

/** What a person may set on this workstation. Add a field with a default, never without. */
export const settings = z.strictObject({
  /** Who works here: shown in ticket history. */
  operatorName: z.string().max(200).default(''),
  operatorEmail: z.string().max(320).default(''),
  colourScheme: z.enum(['auto', 'light', 'dark']).default('auto'),
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
  /** Mailbox from which public replies are sent; null: replies stay queued and say so. */
  helpdeskMailboxId: z.string().nullable().default(null),
})
export type Settings = z.infer<typeof settings>

export const settingsContract = feature(
  'settings',
  {
    get: query('The settings of this workstation.', z.strictObject({}), settings),
    update: command(
      'Change some settings; the rest stays.',
      z.strictObject({
        operatorName: z.string().max(200).optional(),
        operatorEmail: z.string().max(320).optional(),
        colourScheme: z.enum(['auto', 'light', 'dark']).optional(),
        density: z.enum(['comfortable', 'compact']).optional(),
        helpdeskMailboxId: z.string().nullable().optional(),
      }),
      settings,
      () => 'settings',
    ),
  },
  { changed: z.strictObject({}) },
)
