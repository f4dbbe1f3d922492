import type { Keychain } from '../../main/features/secrets/ports.ts'
import type { Secret } from '../../main/lib/secret.ts'

/** A keychain that works, in memory. */
export function memoryKeychain(): Keychain {
  const all = new Map<string, Secret>()
  return {
    findProblem: () => Promise.resolve(null),
    get: (ref) => Promise.resolve(all.get(ref) ?? null),
    set: (ref, secret) => {
      all.set(ref, secret)
      return Promise.resolve()
    },
    delete: (ref) => {
      all.delete(ref)
      return Promise.resolve()
    },
  }
}

/** A computer without a keychain: only asking for the problem is allowed. */
export function missingKeychain(problem = 'There is no D-Bus session'): Keychain {
  const refuse = () => Promise.reject(new Error('a keychain that does not work was used'))
  return { findProblem: () => Promise.resolve(problem), get: refuse, set: refuse, delete: refuse }
}
