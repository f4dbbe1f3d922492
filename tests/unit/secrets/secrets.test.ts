import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSecrets } from '../../../main/features/secrets/index.ts'
import type { Keychain } from '../../../main/features/secrets/index.ts'
import { Secret } from '../../../main/lib/secret.ts'
import { memoryKeychain, missingKeychain } from '../../helpers/keychains.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const secretsWith = (keychain: Keychain) =>
  createSecrets({ vaultFile: join(folder, 'vault.bin'), keychain, logN: 10 })
const passphrase = new Secret('correct horse battery')
const locked = { code: 'secret.vault_locked' }

describe('where secrets are kept', () => {
  it('is the keychain where it works', async () => {
    const keychain = memoryKeychain()
    const secrets = secretsWith(keychain)
    expect([
      await secrets.status(),
      await secrets.set('mailbox:1', new Secret('swordfish'), 'kept'),
      await secrets.find('mailbox:1'),
      (await keychain.get('mailbox:1'))?.open(),
    ]).toEqual([
      { kind: 'keychain', state: 'ready', reason: 'The keychain of this computer works.' },
      'keychain',
      'keychain',
      'swordfish',
    ])
  })

  it('is a vault where the keychain fails, and it says why', async () => {
    const secrets = secretsWith(missingKeychain())
    const before = await secrets.status()
    await expect(secrets.set('mailbox:1', new Secret('x'), 'kept')).rejects.toMatchObject({
      code: 'secret.store_unavailable',
    })
    await secrets.unlock(passphrase)
    expect([
      before,
      await secrets.set('mailbox:1', new Secret('x'), 'kept'),
      (await secrets.status()).state,
    ]).toEqual([
      {
        kind: 'vault',
        state: 'missing',
        reason: 'The keychain of this computer cannot be used: There is no D-Bus session.',
      },
      'vault',
      'ready',
    ])
  })

  it('stays the vault once there is one, even when a keychain turns up', async () => {
    await secretsWith(missingKeychain()).unlock(passphrase)
    const secrets = secretsWith(memoryKeychain())
    expect(await secrets.status()).toMatchObject({ kind: 'vault', state: 'locked' })
    await expect(secrets.get('mailbox:1')).rejects.toMatchObject(locked)
    expect(await secrets.find('mailbox:1')).toBe('unknown')
  })

  it('is not made beside a keychain that works: it would hide what is in there', async () => {
    const secrets = secretsWith(memoryKeychain())
    await expect(secrets.unlock(passphrase)).rejects.toMatchObject({ code: 'record.conflict' })
    expect((await secrets.status()).kind).toBe('keychain')
  })

  it('asks the keychain whether it works once only', async () => {
    let asked = 0
    const keychain = {
      ...memoryKeychain(),
      findProblem: () => Promise.resolve(++asked > 0 ? 'It is locked' : null),
    }
    const secrets = secretsWith(keychain)
    await Promise.all([secrets.status(), secrets.status(), secrets.find('mailbox:1')])
    expect(asked).toBe(1)
  })
})

describe('a secret of the session', () => {
  it('works without any store and is gone with the program', async () => {
    const secrets = secretsWith(missingKeychain())
    await secrets.set('mailbox:1', new Secret('practice'), 'session')
    const during = [await secrets.find('mailbox:1'), (await secrets.get('mailbox:1'))?.open()]
    secrets.dispose()
    expect([during, await secrets.find('mailbox:1')]).toEqual([['session', 'practice'], null])
  })

  it('hides a kept one, and a new kept one takes its place', async () => {
    const secrets = secretsWith(memoryKeychain())
    const seen: unknown[] = []
    await secrets.set('mailbox:1', new Secret('old'), 'kept')
    await secrets.set('mailbox:1', new Secret('now'), 'session')
    seen.push((await secrets.get('mailbox:1'))?.open())
    await secrets.set('mailbox:1', new Secret('new'), 'kept')
    seen.push((await secrets.get('mailbox:1'))?.open(), await secrets.find('mailbox:1'))
    expect(seen).toEqual(['now', 'new', 'keychain'])
  })

  it('can be deleted while the vault is locked; a kept one cannot', async () => {
    await secretsWith(missingKeychain()).unlock(passphrase)
    const secrets = secretsWith(missingKeychain())
    await secrets.set('mailbox:1', new Secret('practice'), 'session')
    await secrets.delete('mailbox:1')
    await expect(secrets.delete('mailbox:1')).rejects.toMatchObject(locked)
  })

  it('is deleted together with the kept one', async () => {
    const secrets = secretsWith(memoryKeychain())
    await secrets.set('mailbox:1', new Secret('old'), 'kept')
    await secrets.set('mailbox:1', new Secret('now'), 'session')
    await secrets.delete('mailbox:1')
    expect(await secrets.get('mailbox:1')).toBeNull()
  })
})
