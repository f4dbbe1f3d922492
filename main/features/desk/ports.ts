import type { DeskStatus } from '../../../core/desk/contract.ts'
import type { Secret } from '../../lib/secret.ts'

/** What the desk tells about the place where passwords are kept. */
export interface SecretStoreStatus {
  status(): Promise<DeskStatus['secretStore']>
  /** Opens the vault or makes it. Errors: `secret.vault_wrong_passphrase`, `secret.vault_damaged`. */
  unlock(passphrase: Secret): Promise<void>
}
