import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { AppError } from '../../../../core/errors.ts'
import type { ArchiveThread } from '../worker/functions.ts'
import { copyKeySet } from './key-set.ts'
import type { ArchiveKeys } from './service.ts'

/** Calls that open no archive, and so must not fail or wait for want of a key. */
const needNoKeys = new Set(['closeReader', 'closeWriter', 'holdKeys', 'dropKeys'])

/**
 * A thread that is given an archive's keys before the first call that names the archive's folder. So whoever calls
 * `thread.call('anything', [root, …])` need not know whether the archive is encrypted; a call that opens an archive
 * only has to have its folder among its arguments. Where there is no key the thread is told why, and says so itself.
 */
export function withKeys(thread: ArchiveThread, keys: ArchiveKeys): ArchiveThread {
  const given = new Map<string, string>()

  const give = async (root: string): Promise<void> => {
    const stamp = keys.stampOf(root)
    if (stamp === null || given.get(root) === stamp) return
    try {
      const opened = await keys.open(root)
      if (opened === null) return
      const copy = copyKeySet(opened)
      const transfer = [...copy.packKeys.map(({ key }) => key), copy.indexKey].map(
        ({ buffer }) => buffer as ArrayBuffer,
      )
      // A reader that is open has the keys of before, and would take what is sealed with a newer one for damaged.
      await thread.call('closeReader', [root])
      await thread.call('holdKeys', [root, copy, null], { transfer })
      given.set(root, keys.stampOf(root) ?? stamp)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      given.delete(root)
      await thread.call('holdKeys', [root, null, error.code])
    }
  }
  const giving = new Map<string, Promise<void>>()
  /** A screen asks for several things at once; the keys are handed over for all of them together. */
  const giveOnce = (root: string): Promise<void> => {
    const known = giving.get(root) ?? give(root).finally(() => giving.delete(root))
    giving.set(root, known)
    return known
  }
  return {
    call: async (name, args, options) => {
      const roots = args.filter(isArchive)
      if (!needNoKeys.has(name)) for (const root of roots) await giveOnce(root)
      if (name === 'dropKeys') for (const root of roots) given.delete(root)
      return thread.call(name, args, options)
    },
    end: () => thread.end(),
    terminate: () => thread.terminate(),
  }
}

function isArchive(value: unknown): value is string {
  return typeof value === 'string' && isAbsolute(value) && existsSync(join(value, 'archive.json'))
}
