import { createPrivateKey, createPublicKey, generateKeyPairSync, sign as signWith } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Publish } from '../../../core/contract/index.ts'
import { AppError } from '../../../core/errors.ts'
import type { signingContract, SigningStatus } from '../../../core/signing/contract.ts'
import type { DeskSignature } from '../../../core/signing/types.ts'
import type { HandlersOf } from '../../ipc/handlers.ts'
import { Secret } from '../../lib/secret.ts'
import type { Secrets } from '../secrets/index.ts'
import { fingerprintOf } from './verify.ts'

export { fingerprintOf, verifySignature } from './verify.ts'

/** Who signs, without the signature. */
export type SigningIdentity = Omit<DeskSignature, 'signatureBase64'>

/**
 * The desk's Ed25519 key. Its private half is in the secret store and nowhere else; it is made at its first use.
 * Errors: `secret.vault_locked`, `secret.store_unavailable` (no place for secrets was set up),
 * `secret.signing_key_lost` (a key was made here, but the store no longer has it: somebody must decide).
 */
export interface Signing {
  sign(bytes: Uint8Array): Promise<DeskSignature>
  /** The identity with which `sign` signs; makes the key where there is none. */
  identity(): Promise<SigningIdentity>
}

interface SigningDeps {
  readonly secrets: Pick<Secrets, 'get' | 'set'>
  readonly dataDir: string
  readonly publish: Publish
}

const secretRef = 'signing:ed25519'

/** Builds the desk's signing. */
export function createSigning(deps: SigningDeps): Signing & {
  readonly handlers: HandlersOf<typeof signingContract>
} {
  const { secrets, publish } = deps
  const publicFile = join(deps.dataDir, 'signing', 'public-key.pem')

  const make = async (): Promise<KeyObject> => {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
    await secrets.set(secretRef, new Secret(pem.toString()), 'kept')
    // Two programs may make the first key at once: what the store then has is the key.
    const key = await readKey(secrets)
    if (key === null) throw new AppError('secret.store_unavailable')
    await writePublic(publicFile, publicPemOf(key))
    publish('signing.changed', {})
    return key
  }
  // Asked for twice at once, a key is still made once.
  let opening: Promise<KeyObject> | null = null
  const open = (): Promise<KeyObject> =>
    (opening ??= openOrMake().finally(() => {
      opening = null
    }))
  const openOrMake = async (): Promise<KeyObject> => {
    const key = await readKey(secrets)
    if (key === null) {
      if ((await readPublic(publicFile)) !== null) throw new AppError('secret.signing_key_lost')
      return make()
    }
    // The public half is only a copy; one that went missing is written again.
    if ((await readPublic(publicFile)) !== publicPemOf(key)) await writePublic(publicFile, publicPemOf(key))
    return key
  }
  const status = () => readStatus(secrets, publicFile)
  return {
    identity: async () => identityOf(publicPemOf(await open())),
    sign: async (bytes) => {
      const key = await open()
      return {
        ...identityOf(publicPemOf(key)),
        signatureBase64: signWith(null, bytes, key).toString('base64'),
      }
    },
    handlers: {
      status,
      renew: async () => {
        await make()
        return status()
      },
    },
  }
}

async function readStatus(secrets: SigningDeps['secrets'], publicFile: string): Promise<SigningStatus> {
  const key = await readKey(secrets).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'secret.vault_locked') return 'locked' as const
    throw error
  })
  const pem = key === null || key === 'locked' ? await readPublic(publicFile) : publicPemOf(key)
  if (pem === null)
    return { state: key === 'locked' ? 'locked' : 'none', publicKeyPem: null, fingerprint: null }
  const state = key === 'locked' ? 'locked' : key === null ? 'lost' : 'ready'
  return { state, ...identityOf(pem) }
}

async function readKey(secrets: SigningDeps['secrets']): Promise<KeyObject | null> {
  const pem = await secrets.get(secretRef)
  return pem === null ? null : createPrivateKey(pem.open())
}

const publicPemOf = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()

function identityOf(publicKeyPem: string): SigningIdentity {
  const fingerprint = fingerprintOf(publicKeyPem)
  // The file with the public half is the desk's own; one that holds something else was changed by somebody.
  if (fingerprint === null) throw new AppError('secret.signing_key_lost')
  return { publicKeyPem, fingerprint }
}

async function readPublic(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw new AppError('file.not_readable', { details: { file }, cause })
  }
}

async function writePublic(file: string, pem: string): Promise<void> {
  try {
    await mkdir(join(file, '..'), { recursive: true, mode: 0o700 })
    await writeFile(file, pem)
  } catch (cause) {
    throw new AppError('file.not_writable', { details: { file }, cause })
  }
}
