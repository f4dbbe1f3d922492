import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { z } from 'zod'
import type { keyEndpoints } from '../../../../core/archive/key-endpoints.ts'
import { describeRewrite } from '../../../../core/archive/outcomes.ts'
import type { ArchiveCard } from '../../../../core/archive/pack.ts'
import type { RewriteReport } from '../../../../core/archive/reports.ts'
import { AppError } from '../../../../core/errors.ts'
import type { KnownArchive } from '../../../../db/queries/archive.ts'
import { freeFolder } from '../registry.ts'
import type { ArchiveRegistry } from '../registry.ts'
import { following, keep, work } from '../runs.ts'
import type { RunsDeps } from '../runs.ts'
import {
  archivePaths,
  createArchiveFolder,
  encryptedCard,
  plainCard,
  readArchiveCard,
} from '../store/folder.ts'
import { openLedger } from '../store/ledger.ts'
import { lockArchive } from '../store/lock.ts'
import { readKeyFiles, writeKeyFile } from './key-file.ts'
import { deleteLeftFolder, leftFolders } from './left-folders.ts'
import { isUnfinished } from './rewrite.ts'
import type { ArchiveKeys } from './service.ts'

interface KeyHandlersDeps extends RunsDeps {
  readonly keys: ArchiveKeys
  readonly registry: ArchiveRegistry
}

type Input<N extends keyof typeof keyEndpoints> = z.output<(typeof keyEndpoints)[N]['input']>

/** What the contract's endpoints on keys do. */
export function keyHandlers(deps: KeyHandlersDeps) {
  const { keys, registry } = deps
  const rootOf = async (archiveId: string) => (await registry.find(archiveId)).path
  const changed = (archiveId: string) => deps.publish('archive.changed', { archiveId })
  return {
    keyKeeping: () => keys.keeping(),
    keys: async ({ archiveId }: Input<'keys'>) => ({
      encryption: await keys.status(await rootOf(archiveId)),
    }),
    unlock: async ({ archiveId, recoveryKey, remember }: Input<'unlock'>) => {
      const known = await registry.find(archiveId)
      await keys.unlock(known.path, recoveryKey, remember ? 'kept' : 'session')
      deps.publish('archive.listChanged', {})
      changed(archiveId)
      return registry.summarize(known)
    },
    testRecoveryKey: async ({ archiveId, recoveryKey }: Input<'testRecoveryKey'>) => {
      keys.test(await rootOf(archiveId), recoveryKey)
      changed(archiveId)
      return {}
    },
    noteRecoveryKey: async ({ archiveId }: Input<'noteRecoveryKey'>) => {
      keys.note(await rootOf(archiveId))
      changed(archiveId)
      return {}
    },
    newRecoveryKey: async ({ archiveId }: Input<'newRecoveryKey'>) => {
      const root = await rootOf(archiveId)
      const recoveryKey = await changeKeys(root, 'new recovery key', () => keys.renew(root))
      changed(archiveId)
      return { recoveryKey }
    },
    rotateKey: async ({ archiveId }: Input<'rotateKey'>) => {
      const root = await rootOf(archiveId)
      await changeKeys(root, 'new data key', () => keys.rotate(root))
      changed(archiveId)
      return { encryption: await keys.status(root) }
    },
    ...leftFolderHandlers(deps),
    ...rewriteHandlers(deps),
  }
}

function leftFolderHandlers({ db, registry, reader, publish }: KeyHandlersDeps) {
  return {
    leftFolders: async ({ archiveId }: Input<'leftFolders'>) => ({
      folders: [...(await leftFolders(db, await registry.find(archiveId)))],
    }),
    deleteLeftFolder: async ({ archiveId, path }: Input<'deleteLeftFolder'>) => {
      const known = await registry.find(archiveId)
      await reader().call('closeReader', [path])
      await inLedger(known.path, async (enter) => {
        await deleteLeftFolder(db, known, path)
        enter(`the folder ${path}, which the archive was in before, was deleted`)
      })
      publish('archive.changed', { archiveId })
      return {}
    },
  }
}

type Enter = (what: string) => void

/** Works while nobody writes to the archive; `enter` puts a line into its ledger. Errors: `archive.busy`, `file.*`. */
async function inLedger<T>(root: string, work: (enter: Enter) => Promise<T>): Promise<T> {
  const lock = lockArchive(archivePaths(root).lock)
  try {
    const ledger = openLedger(root)
    try {
      return await work((what) => void ledger.append({ kind: 'keys', what, details: {} }, Date.now()))
    } finally {
      ledger.close()
    }
  } finally {
    lock.release()
  }
}

/**
 * Changes keys. It is entered first: that the disk is full has to be known before a key is made that nobody would then
 * be shown.
 */
function changeKeys<T>(root: string, what: string, work: () => Promise<T>): Promise<T> {
  return inLedger(root, async (enter) => {
    enter(what)
    return work().catch((error: unknown) => {
      enter(`${what}: it failed`)
      throw error
    })
  })
}

function rewriteHandlers(deps: KeyHandlersDeps) {
  const { keys, registry } = deps
  return {
    encrypt: async ({ archiveId }: Input<'encrypt'>) => {
      const known = await registry.find(archiveId)
      const card = readArchiveCard(known.path)
      if (card.kind === 'bundle') throw new AppError('archive.read_only')
      if (card.encryption !== undefined) throw alreadyEncrypted()
      const begun = unfinishedBeside(known.path, 'encrypted', true)
      const path = begun ?? freeFolder(dirname(known.path), `${basename(known.path)} (encrypted)`)
      // The recovery key of an attempt that was cut off may never have been seen, so there is another one.
      const recoveryKey = begun === null ? await beginEncrypted(keys, path, card) : await keys.renew(path)
      return { ...(await startRewrite(deps, known, path, 'encrypted', true)), recoveryKey }
    },
    reencrypt: async ({ archiveId }: Input<'reencrypt'>) => {
      const known = await registry.find(archiveId)
      const card = readArchiveCard(known.path)
      const begun = unfinishedBeside(known.path, 'new key', true)
      const path = begun ?? freeFolder(dirname(known.path), `${basename(known.path)} (new key)`)
      if (begun === null) {
        await changeKeys(known.path, 'new data key', () => keys.rotate(known.path))
        createArchiveFolder(path, card)
        const [file] = readKeyFiles(known.path)
        if (file !== undefined) writeKeyFile(path, file)
      }
      return startRewrite(deps, known, path, 'encrypted under a new key', true)
    },
    decrypt: async ({ archiveId, destination, replace }: Input<'decrypt'>) => {
      const known = await registry.find(archiveId)
      const card = readArchiveCard(known.path)
      if (card.encryption === undefined) throw new AppError('archive.not_encrypted')
      // Said at once, not by a run that fails.
      await keys.open(known.path)
      const path = resolve(destination)
      if (!isUnfinished(path)) createArchiveFolder(path, plainCard(card))
      return startRewrite(deps, known, path, 'decrypted', replace)
    },
  }
}

async function beginEncrypted(keys: ArchiveKeys, path: string, card: ArchiveCard): Promise<string> {
  const { recoveryKey, file } = await keys.prepare(card.archiveId)
  createArchiveFolder(path, encryptedCard(card, file.archiveKey.createdAtMs))
  writeKeyFile(path, file)
  return recoveryKey
}

/** The run: everything is written anew and proved, and only then is the desk's list changed, if it is to be. */
async function startRewrite(
  deps: KeyHandlersDeps,
  known: KnownArchive,
  path: string,
  how: RewriteReport['how'],
  replace: boolean,
) {
  const { archiveId, name, path: from } = known
  const { runId } = await work(
    deps,
    'archive.rewrite',
    `Write “${name}” anew, ${how}`,
    async (run, thread) => {
      const args = [from, path, how] as [string, string, string]
      const done = await thread.call('rewriteArchive', args, following(run, 'messages'))
      if (replace) {
        await deps.db.archive.putArchive({ ...known, path })
        await deps.reader().call('closeReader', [from])
        deps.publish('archive.listChanged', {})
      }
      const report: RewriteReport = { kind: 'rewrite', how, ...done, path, from, replaced: replace }
      await keep(deps, run.runId, archiveId, report)
      return describeRewrite(report)
    },
  )
  return { runId, path }
}

/** A folder beside the archive in which an earlier attempt was cut off. */
function unfinishedBeside(root: string, suffix: string, encrypted: boolean): string | null {
  const path = join(dirname(root), `${basename(root)} (${suffix})`)
  if (!existsSync(path) || !isUnfinished(path)) return null
  return (readArchiveCard(path).encryption !== undefined) === encrypted ? path : null
}

function alreadyEncrypted(): AppError {
  return new AppError('record.conflict', { details: { reason: 'This archive is encrypted already' } })
}
