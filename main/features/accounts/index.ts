import type { accountsContract } from '../../../core/accounts/contract.ts'
import type { Mailbox, Person } from '../../../core/accounts/types.ts'
import type { Publish } from '../../../core/contract/index.ts'
import { AppError } from '../../../core/errors.ts'
import type { DbClient } from '../../../db/client.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Secret } from '../../lib/secret.ts'
import type { Jobs } from '../jobs/index.ts'
import type { Secrets } from '../secrets/index.ts'
import { createDiscoveries } from './discovery.ts'
import { createHandlers } from './handlers.ts'
import type { DiscoveryPorts, TrySignIn } from './ports.ts'
import { createRecords, findMailbox, secretRefOf } from './records.ts'
import type { Records } from './records.ts'

export type { DiscoveryPorts } from './ports.ts'
export type { Records } from './records.ts'

/** Opens a mailbox for a feature that has to sign in to it. */
export interface MailboxAccess {
  /** Errors: `record.not_found`, `secret.missing`, `secret.vault_locked`. */
  open(mailboxId: string): Promise<{ readonly mailbox: Mailbox; readonly secret: Secret }>
  /** Without the secret. Errors: `record.not_found`. */
  get(mailboxId: string): Promise<Mailbox>
}

/** People and mailboxes, for other features. */
export interface Accounts extends MailboxAccess {
  readonly records: Records
  /** Removes everybody of an origin, with mailboxes and secrets: how practice cleans up. */
  removeByOrigin(origin: Person['origin']): Promise<void>
}

interface AccountsDeps {
  readonly db: DbClient
  readonly secrets: Secrets
  readonly jobs: Jobs
  readonly publish: Publish
  readonly clock: Clock
  readonly ports: DiscoveryPorts
  readonly trySignIn: TrySignIn
}

/** People, their mailboxes, and how to reach these. */
export function createAccounts(
  deps: AccountsDeps,
): Accounts & { readonly handlers: HandlersOf<typeof accountsContract> } {
  const { db, secrets } = deps
  const records = createRecords(deps)
  const get: MailboxAccess['get'] = (mailboxId) => findMailbox(db, mailboxId)
  const open: MailboxAccess['open'] = async (mailboxId) => {
    const mailbox = await get(mailboxId)
    const secret = await secrets.get(secretRefOf(mailboxId))
    if (secret === null) throw new AppError('secret.missing', { details: { mailbox: mailbox.address } })
    return { mailbox, secret }
  }
  const discoveries = createDiscoveries(deps)
  return {
    records,
    get,
    open,
    removeByOrigin: async (origin) => records.removePeople(await db.accounts.listPersonIdsByOrigin(origin)),
    handlers: createHandlers({ ...deps, records, discoveries, open }),
  }
}
