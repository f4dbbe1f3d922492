import { networkInterfaces } from 'node:os'
import { v4 as uuid } from 'uuid'
import type { Publish } from '../../../core/contract/index.ts'
import type { deskContract } from '../../../core/desk/contract.ts'
import type { DbClient } from '../../../db/client.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import { Secret } from '../../lib/secret.ts'
import type { SecretStoreStatus } from './ports.ts'

export type { SecretStoreStatus } from './ports.ts'

/** What this installation is and what it can use right now. */
export function createDesk(deps: {
  readonly db: DbClient
  readonly dataDir: string
  readonly version: string
  readonly secrets: SecretStoreStatus
  readonly publish: Publish
}): { readonly handlers: HandlersOf<typeof deskContract> } {
  return {
    handlers: {
      status: async () => ({
        version: deps.version,
        dataDir: deps.dataDir,
        machineId: await machineIdOf(deps.db),
        platform: process.platform,
        network: hasNetwork() ? 'connected' : 'offline',
        secretStore: await deps.secrets.status(),
      }),
      unlockVault: async ({ passphrase }) => {
        await deps.secrets.unlock(new Secret(passphrase))
        deps.publish('desk.statusChanged', {})
        return {}
      },
    },
  }
}

/** The id of this installation: made once, kept in the database, part of every ticket event. */
export function machineIdOf(db: DbClient): Promise<string> {
  return db.settings.getOrPutSetting('machineId', uuid())
}

function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some((a) => !a.internal) ?? false)
}
