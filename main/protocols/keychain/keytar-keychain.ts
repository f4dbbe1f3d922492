import { randomUUID } from 'node:crypto'
import type keytarModule from 'keytar'
import { AppError } from '../../../core/errors.ts'
import type { Keychain } from '../../features/secrets/ports.ts'
import { raceAbort } from '../../lib/deadline.ts'
import { Secret } from '../../lib/secret.ts'

/** The part of keytar that is used. It is an optional dependency, so it is loaded when it is first needed. */
type Keytar = Pick<typeof keytarModule, 'getPassword' | 'setPassword' | 'deletePassword'>

const service = 'Mail Desk'
const timeoutMs = 4_000

/**
 * The system's keychain by keytar. Without a D-Bus session keytar throws at the first call, and with a locked
 * keyring it waits for a dialog that may never be shown: hence the time limit, and the test before use.
 * Errors: `secret.store_unavailable`.
 */
export function createKeytarKeychain(load: () => Promise<Keytar> = loadKeytar): Keychain {
  const limited = async <T>(work: (keytar: Keytar) => Promise<T>): Promise<T> => {
    const ask = async () => work(await load())
    return raceAbort(ask(), AbortSignal.timeout(timeoutMs))
  }
  const call = async <T>(work: (keytar: Keytar) => Promise<T>): Promise<T> => {
    try {
      return await limited(work)
    } catch (cause) {
      throw new AppError('secret.store_unavailable', { details: { reason: problemOf(cause) }, cause })
    }
  }
  return {
    findProblem: async () => {
      const probe = randomUUID()
      try {
        const answer = await limited(async (keytar) => {
          await keytar.setPassword(service, `probe:${probe}`, probe)
          const read = await keytar.getPassword(service, `probe:${probe}`)
          await keytar.deletePassword(service, `probe:${probe}`)
          return read
        })
        return answer === probe ? null : 'It did not give back what was stored in it'
      } catch (cause) {
        return problemOf(cause)
      }
    },
    get: async (ref) => {
      const found = await call((keytar) => keytar.getPassword(service, ref))
      return found === null ? null : new Secret(found)
    },
    set: (ref, secret) => call((keytar) => keytar.setPassword(service, ref, secret.open())),
    delete: async (ref) => {
      await call((keytar) => keytar.deletePassword(service, ref))
    },
  }
}

async function loadKeytar(): Promise<Keytar> {
  const module = await import('keytar')
  return module.default
}

/** What keytar and the module loader say, in words. */
function problemOf(cause: unknown): string {
  if (cause instanceof DOMException && cause.name === 'TimeoutError')
    return 'It did not answer in time; it may be locked'
  const text = cause instanceof Error ? cause.message : String(cause)
  if (/cannot find (module|package)|dlopen|\.node|no native build/i.test(text))
    return 'Its library is not installed here'
  if (/D-?Bus|DBUS|autolaunch|session bus/i.test(text)) return 'There is no D-Bus session'
  if (/org\.freedesktop\.secrets|ServiceUnknown|was not provided/i.test(text))
    return 'No keyring service is running'
  return text.split('\n')[0] ?? 'It failed'
}
