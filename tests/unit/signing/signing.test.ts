import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSecrets } from '../../../main/features/secrets/index.ts'
import { createSigning, verifySignature } from '../../../main/features/signing/index.ts'
import { Secret } from '../../../main/lib/secret.ts'
import { memoryKeychain, missingKeychain } from '../../helpers/keychains.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signing-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const signingWith = (secrets: ReturnType<typeof createSecrets>) =>
  createSigning({ secrets, dataDir: folder, publish: () => undefined })
const secretsWith = (keychain = memoryKeychain()) =>
  createSecrets({ vaultFile: join(folder, 'vault.bin'), keychain, logN: 10 })
const context = { signal: new AbortController().signal, face: 'test' } as const
const text = Buffer.from('handed over\n')

describe("the desk's signature", () => {
  it('is made with one key, holds for its bytes and for no others', async () => {
    const signing = signingWith(secretsWith())
    const [one, two] = await Promise.all([signing.sign(text), signing.sign(text)])
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()
    expect({
      sameKey:
        one.fingerprint === two.fingerprint && (await signing.identity()).fingerprint === one.fingerprint,
      holds: verifySignature(one, text),
      otherBytes: verifySignature(one, Buffer.from('handed over')),
      otherKey: verifySignature({ ...one, publicKeyPem: other }, text),
      noKey: verifySignature({ ...one, publicKeyPem: 'hello' }, text),
      noSignature: verifySignature({ ...one, signatureBase64: '' }, text),
    }).toEqual({
      sameKey: true,
      holds: true,
      otherBytes: false,
      otherKey: false,
      noKey: false,
      noSignature: false,
    })
  })

  it('is verified by openssl, which finds the same fingerprint', async () => {
    const { publicKeyPem, signatureBase64, fingerprint } = await signingWith(secretsWith()).sign(text)
    await writeFile(join(folder, 'key.pem'), publicKeyPem)
    await writeFile(join(folder, 'text'), text)
    await writeFile(join(folder, 'signature'), Buffer.from(signatureBase64, 'base64'))
    const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder })
    const said = openssl(
      ...[
        'pkeyutl',
        '-verify',
        '-pubin',
        '-inkey',
        'key.pem',
        '-rawin',
        '-in',
        'text',
        '-sigfile',
        'signature',
      ],
    )
    openssl('pkey', '-pubin', '-in', 'key.pem', '-outform', 'DER', '-out', 'key.der')
    const sum = openssl('dgst', '-sha256', '-r', 'key.der').toString().slice(0, 64)
    expect([said.toString().trim(), sum]).toEqual(['Signature Verified Successfully', fingerprint])
  })

  it('survives the program: the next desk with the same store has the same key', async () => {
    const keychain = memoryKeychain()
    const first = await signingWith(secretsWith(keychain)).identity()
    expect(await signingWith(secretsWith(keychain)).identity()).toEqual(first)
  })

  it('says what to do while no secret store is there or open', async () => {
    const secrets = secretsWith(missingKeychain())
    const before = signingWith(secrets)
    await expect(before.sign(text)).rejects.toMatchObject({ code: 'secret.store_unavailable' })
    await secrets.unlock(new Secret('correct horse battery'))
    const { fingerprint } = await before.identity()
    const next = signingWith(secretsWith(missingKeychain()))
    await expect(next.sign(text)).rejects.toMatchObject({ code: 'secret.vault_locked' })
    expect(await next.handlers.status({}, context)).toMatchObject({ state: 'locked', fingerprint })
  })

  it('is not silently made with another key when the store lost the first, only when somebody asks', async () => {
    const first = await signingWith(secretsWith()).sign(text)
    const next = signingWith(secretsWith(memoryKeychain()))
    await expect(next.sign(text)).rejects.toMatchObject({ code: 'secret.signing_key_lost' })
    expect(await next.handlers.status({}, context)).toMatchObject({
      state: 'lost',
      fingerprint: first.fingerprint,
    })
    const renewed = await next.handlers.renew({}, context)
    const { fingerprint } = await next.identity()
    expect([renewed.state, renewed.fingerprint === fingerprint, fingerprint === first.fingerprint]).toEqual([
      'ready',
      true,
      false,
    ])
    expect(verifySignature(first, text)).toBe(true)
  })

  it('keeps no private key outside the secret store', async () => {
    await signingWith(secretsWith()).identity()
    expect(await readFile(join(folder, 'signing', 'public-key.pem'), 'utf8')).toMatch(
      /^-----BEGIN PUBLIC KEY-----\n[^-]+\n-----END PUBLIC KEY-----\n$/,
    )
  })
})
