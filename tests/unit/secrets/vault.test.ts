import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createVault } from '../../../main/features/secrets/vault.ts'
import { Secret } from '../../../main/lib/secret.ts'

const cheap = 10
const right = new Secret('correct horse battery')
let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vault-'))
  file = join(folder, 'secrets', 'vault.bin')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function madeVault(secrets: Readonly<Record<string, string>> = {}) {
  const vault = createVault(file, cheap)
  await vault.unlock(right)
  for (const [ref, value] of Object.entries(secrets)) await vault.set(ref, new Secret(value))
  return vault
}

/** What comes of opening the file that lies there now: a code, or every secret asked for. */
async function outcomeOf(passphrase: Secret, refs: readonly string[] = []): Promise<unknown> {
  const vault = createVault(file, cheap)
  try {
    await vault.unlock(passphrase)
    return await Promise.all(refs.map(async (ref) => (await vault.get(ref))?.open() ?? null))
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('the vault', () => {
  it('gives every secret back after it was closed and opened', () =>
    fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 5 }),
        async (secrets) => {
          await rm(file, { force: true })
          await madeVault(secrets)
          expect(await outcomeOf(right, Object.keys(secrets))).toEqual(Object.values(secrets))
        },
      ),
      { numRuns: 15 },
    ))

  it('is refused as damaged when any byte was changed', async () => {
    await madeVault({ 'mailbox:1': 'swordfish' })
    const whole = await readFile(file)
    const outcomes = new Set<unknown>()
    for (let i = 0; i < whole.length; i++) {
      const changed = Buffer.from(whole)
      changed[i] = (changed[i] ?? 0) ^ (1 << (i % 8))
      await writeFile(file, changed)
      outcomes.add(await outcomeOf(right, ['mailbox:1']))
    }
    expect([...outcomes]).toEqual(['secret.vault_damaged'])
  })

  it('is refused when somebody changed any byte and made the checksum fit', async () => {
    await madeVault({ 'mailbox:1': 'swordfish' })
    const whole = await readFile(file)
    const outcomes = new Map<unknown, number>()
    for (let i = 0; i < whole.length - 32; i++) {
      const changed = Buffer.from(whole)
      changed[i] = (changed[i] ?? 0) ^ (1 << (i % 3))
      createHash('sha256')
        .update(changed.subarray(0, -32))
        .digest()
        .copy(changed, whole.length - 32)
      await writeFile(file, changed)
      const outcome = await outcomeOf(right, ['mailbox:1'])
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    expect([...outcomes.keys()].toSorted()).toEqual([
      'secret.vault_damaged',
      'secret.vault_newer',
      'secret.vault_wrong_passphrase',
    ])
  })

  it('is refused as damaged when it is cut off anywhere', async () => {
    await madeVault({ 'mailbox:1': 'swordfish' })
    const whole = await readFile(file)
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        await writeFile(file, whole.subarray(0, length))
        expect(await outcomeOf(right)).toBe('secret.vault_damaged')
      }),
      { numRuns: 40 },
    )
  })

  it('tells another passphrase from damage, and stays as it is', async () => {
    await madeVault({ 'mailbox:1': 'swordfish' })
    const before = await readFile(file)
    expect([
      await outcomeOf(new Secret('correct horse batterz')),
      (await readFile(file)).equals(before),
      await outcomeOf(right, ['mailbox:1']),
    ]).toEqual(['secret.vault_wrong_passphrase', true, ['swordfish']])
  })

  it('takes a passphrase in either Unicode form', async () => {
    const vault = createVault(file, cheap)
    await vault.unlock(new Secret('caf\u00e9 am Hafen'))
    expect(await outcomeOf(new Secret('cafe\u0301 am Hafen'))).toEqual([])
  })

  it('is a private file that shows neither secret nor reference, with nothing left beside it', async () => {
    await madeVault({ 'mailbox:1': 'swordfish' })
    const text = (await readFile(file)).toString('latin1')
    expect({
      mode: ((await stat(file)).mode & 0o777).toString(8),
      shows: ['swordfish', 'mailbox'].filter((word) => text.includes(word)),
      beside: await readdir(join(folder, 'secrets')),
    }).toEqual({ mode: '600', shows: [], beside: ['vault.bin'] })
  })

  it('never encrypts two states with the same nonce', async () => {
    const vault = await madeVault()
    const nonces = new Set<string>()
    for (let i = 0; i < 20; i++) {
      await vault.set('mailbox:1', new Secret('same'))
      nonces.add((await readFile(file)).subarray(60, 72).toString('hex'))
    }
    expect(nonces.size).toBe(20)
  })

  it('keeps every secret when many are written at once', async () => {
    const vault = await madeVault()
    const refs = Array.from({ length: 30 }, (_, i) => `mailbox:${i}`)
    await Promise.all(refs.map((ref) => vault.set(ref, new Secret(`of ${ref}`))))
    await vault.delete('mailbox:7')
    expect(await outcomeOf(right, refs)).toEqual(
      refs.map((ref) => (ref === 'mailbox:7' ? null : `of ${ref}`)),
    )
  })

  it('that was locked gives nothing until it is opened again', async () => {
    const vault = await madeVault({ 'mailbox:1': 'swordfish' })
    vault.lock()
    const states = [await vault.state()]
    await expect(vault.get('mailbox:1')).rejects.toMatchObject({ code: 'secret.vault_locked' })
    await vault.unlock(right)
    states.push(await vault.state())
    expect(states).toEqual(['locked', 'ready'])
  })

  it('that was replaced by another one while open is locked, not damaged', async () => {
    const vault = await madeVault({ 'mailbox:1': 'swordfish' })
    await rm(file)
    await createVault(file, cheap).unlock(new Secret('another passphrase'))
    expect(await vault.state()).toBe('locked')
    await expect(vault.set('mailbox:1', new Secret('x'))).rejects.toMatchObject({
      code: 'secret.vault_locked',
    })
  })
})
