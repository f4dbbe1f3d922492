import type { DeskStatus } from '../../../core/desk/contract.ts'
import { AppError } from '../../../core/errors.ts'
import type { Secret } from '../../lib/secret.ts'
import type { SecretStoreStatus } from '../desk/ports.ts'
import type { Keychain, SecretStore } from './ports.ts'
import { createVault } from './vault.ts'
import type { Vault } from './vault.ts'
import { defaultLogN } from './vault-format.ts'

export type { Keychain } from './ports.ts'

/** Where a secret is: kept by the keychain or the vault, or only until the program ends. */
export type SecretPlace = 'keychain' | 'vault' | 'session'

/**
 * The secrets of this desk. A secret of the session hides a kept one of the same reference.
 * Errors of every call that needs the kept store: `secret.vault_locked`, `secret.store_unavailable` (no vault
 * was made yet, or the keychain fails), `secret.vault_damaged`.
 */
export interface Secrets extends SecretStoreStatus {
  get(ref: string): Promise<Secret | null>
  /** `kept` survives the program, `session` does not. */
  set(ref: string, secret: Secret, how: 'kept' | 'session'): Promise<SecretPlace>
  delete(ref: string): Promise<void>
  /** Where a secret is; null when there is none; `unknown` while the vault is locked. */
  find(ref: string): Promise<SecretPlace | null | 'unknown'>
}

interface SecretsDeps {
  readonly vaultFile: string
  readonly keychain: Keychain
  /** Cost of the vault's passphrase; lower in tests. */
  readonly logN?: number
}

/** Builds the secrets of a desk. `dispose` forgets the vault's key and the session's secrets. */
export function createSecrets(deps: SecretsDeps): Secrets & { readonly dispose: () => void } {
  const session = new Map<string, Secret>()
  const vault = createVault(deps.vaultFile, deps.logN ?? defaultLogN)
  const { status, open } = chooseStore(vault, deps.keychain)

  const find: Secrets['find'] = async (ref) => {
    if (session.has(ref)) return 'session'
    const { state } = await status()
    if (state === 'missing') return null
    if (state === 'locked') return 'unknown'
    const { store, place } = await open()
    return (await store.get(ref)) === null ? null : place
  }
  return {
    status,
    find,
    unlock: async (passphrase) => {
      // A vault beside a keychain that works would hide the secrets that are in the keychain.
      if ((await status()).kind === 'keychain')
        throw new AppError('record.conflict', {
          details: { reason: 'The keychain of this computer is in use, so no vault is needed' },
        })
      await vault.unlock(passphrase)
    },
    get: async (ref) => {
      const own = session.get(ref)
      if (own !== undefined) return own
      // Where no vault was made yet there can be no secret in it.
      if ((await status()).state === 'missing') return null
      return (await open()).store.get(ref)
    },
    set: async (ref, secret, how) => {
      if (how === 'session') {
        session.set(ref, secret)
        return 'session'
      }
      const { store, place } = await open()
      await store.set(ref, secret)
      session.delete(ref)
      return place
    },
    delete: async (ref) => {
      const wasInSession = session.delete(ref)
      const place = await find(ref)
      // A session's secret can go while the vault is locked: practice must not ask for a passphrase.
      if (place === null || (place === 'unknown' && wasInSession)) return
      await (await open()).store.delete(ref)
    },
    dispose: () => {
      vault.lock()
      session.clear()
    },
  }
}

/** A vault that exists is used, so that its secrets stay found; else the keychain if it works; else a vault to be made. */
function chooseStore(vault: Vault, keychain: Keychain) {
  // The keychain is tested once a run of the program; the vault's file is looked at each time.
  let problem: Promise<string | null> | null = null
  const findProblem = () => (problem ??= keychain.findProblem())

  const status = async (): Promise<DeskStatus['secretStore']> => {
    const state = await vault.state()
    if (state !== 'missing')
      return { kind: 'vault', state, reason: 'Passwords are in the encrypted vault that was made here.' }
    const found = await findProblem()
    if (found === null)
      return { kind: 'keychain', state: 'ready', reason: 'The keychain of this computer works.' }
    return { kind: 'vault', state, reason: `The keychain of this computer cannot be used: ${found}.` }
  }
  const open = async (): Promise<{ readonly store: SecretStore; readonly place: 'keychain' | 'vault' }> => {
    const { kind, state, reason } = await status()
    if (kind === 'keychain') return { store: keychain, place: kind }
    if (state === 'missing') throw new AppError('secret.store_unavailable', { details: { reason } })
    if (state === 'locked') throw new AppError('secret.vault_locked')
    return { store: vault, place: 'vault' }
  }
  return { status, open }
}
