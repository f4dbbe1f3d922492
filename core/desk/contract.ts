import { z } from 'zod'
import { command, feature, nothing, query } from '../contract/define.ts'

/** Facts about this installation that screens and reports name. */
export const deskStatus = z.strictObject({
  version: z.string(),
  dataDir: z.string(),
  machineId: z.string(),
  platform: z.string(),
  /** Whether a network interface other than loopback is up. It says nothing of the internet. */
  network: z.enum(['connected', 'offline']),
  /** Where passwords are kept. */
  secretStore: z.strictObject({
    kind: z.enum(['keychain', 'vault', 'none']),
    state: z.enum(['ready', 'locked', 'missing']),
    /** Why it is this store, in one sentence. */
    reason: z.string(),
  }),
})
export type DeskStatus = z.infer<typeof deskStatus>

export const deskContract = feature(
  'desk',
  {
    status: query('What this installation is and what it can use.', z.strictObject({}), deskStatus),
    unlockVault: command(
      'Open (or make) the encrypted vault with its passphrase.',
      z.strictObject({ passphrase: z.string().min(8).max(1024) }),
      nothing,
      () => 'vault',
    ),
  },
  { statusChanged: z.strictObject({}) },
)
