import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../core/errors.ts'
import { Secret } from '../../lib/secret.ts'
import type { SecretStore } from './ports.ts'
import {
  checkVaultFrame,
  hasHeader,
  makeVaultKey,
  openVaultKey,
  sealVault,
  unsealVault,
} from './vault-format.ts'
import type { VaultKey } from './vault-format.ts'

/** A file of secrets under a passphrase; see `vault-format.ts`. */
export interface Vault extends SecretStore {
  state(): Promise<'missing' | 'locked' | 'ready'>
  /** Opens the file, or makes it where there is none. */
  unlock(passphrase: Secret): Promise<void>
  /** Forgets the key and overwrites it in memory. */
  lock(): void
}

const entries = z.record(z.string(), z.string())
type Entries = Readonly<Record<string, string>>

/**
 * Secrets in one file. The file is read anew for every call, so two processes see each other's changes, and no
 * secret stays in memory. Errors: `secret.vault_locked`, `_wrong_passphrase`, `_damaged`, `_newer`, `file.*`.
 */
export function createVault(file: string, logN: number): Vault {
  let opened: VaultKey | null = null
  let tail: Promise<unknown> = Promise.resolve()

  const load = async (): Promise<{ key: VaultKey; all: Entries }> => {
    const bytes = await readIfThere(file)
    if (opened === null || bytes === null) throw new AppError('secret.vault_locked')
    if (!hasHeader(bytes, opened)) {
      // Damaged, or replaced by another vault: then this key opens nothing any more.
      checkVaultFrame(bytes)
      throw new AppError('secret.vault_locked')
    }
    return { key: opened, all: parse(unsealVault(opened, bytes)) }
  }
  const change = (next: (all: Entries) => Entries): Promise<void> => {
    const mine = tail.then(async () => {
      const { key, all } = await load()
      await writeWhole(file, seal(key, next(all)))
    })
    tail = mine.catch(() => undefined)
    return mine
  }
  return {
    state: async () => {
      const bytes = await readIfThere(file)
      if (bytes === null) return 'missing'
      return opened !== null && hasHeader(bytes, opened) ? 'ready' : 'locked'
    },
    unlock: async (passphrase) => {
      const bytes = await readIfThere(file)
      const key =
        bytes === null
          ? await makeVaultKey(passphrase.open(), logN)
          : await openVaultKey(bytes, passphrase.open())
      // A vault whose text cannot be read is not open, whatever its header says.
      if (bytes === null) await writeWhole(file, seal(key, {}))
      else unsealVault(key, bytes).fill(0)
      opened = key
    },
    lock: () => {
      opened?.key.fill(0)
      opened = null
    },
    get: async (ref) => {
      const found = (await load()).all[ref]
      return found === undefined ? null : new Secret(found)
    },
    set: (ref, secret) => change((all) => ({ ...all, [ref]: secret.open() })),
    delete: (ref) =>
      change((all) => Object.fromEntries(Object.entries(all).filter(([known]) => known !== ref))),
  }
}

function seal(key: VaultKey, all: Entries): Buffer {
  const text = Buffer.from(JSON.stringify(all), 'utf8')
  const sealed = sealVault(key, text)
  text.fill(0)
  return sealed
}

function parse(text: Buffer): Entries {
  const parsed = entries.safeParse(JSON.parse(text.toString('utf8')))
  text.fill(0)
  if (!parsed.success) throw new AppError('secret.vault_damaged')
  return parsed.data
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return null
    throw new AppError('file.not_readable', { details: { file }, cause })
  }
}

/** Old or new, never half: a new file, flushed, takes the name of the old one. */
async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await writeFlushed(draft, bytes)
    await rename(draft, file)
    await flushFolder(dirname(file))
  } catch (cause) {
    await rm(draft, { force: true })
    const code = codeOf(cause) === 'ENOSPC' ? 'file.disk_full' : 'file.not_writable'
    throw new AppError(code, { details: { file }, cause })
  }
}

async function writeFlushed(draft: string, bytes: Buffer): Promise<void> {
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The rename itself lasts only when its folder is flushed; Windows has no such call and needs none. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : ''
