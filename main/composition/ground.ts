import type { Publish } from '../../core/contract/index.ts'
import type { DbClient } from '../../db/client.ts'
import type { DiscoveryPorts } from '../features/accounts/index.ts'
import type { Keychain } from '../features/secrets/index.ts'
import type { Logger } from '../lib/logger.ts'

/** What every feature is built on. */
export interface Ground {
  readonly dataDir: string
  readonly version: string
  readonly role: 'host' | 'visitor'
  readonly db: DbClient
  readonly logger: Logger
  readonly publish: Publish
  /** Given by tests. */
  readonly keychain?: Keychain
  readonly discovery?: DiscoveryPorts
}
