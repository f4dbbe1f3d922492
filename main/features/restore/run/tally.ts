import type { RestoredFolder, RestoreReport } from '../../../../core/restore/types.ts'
import type { Result, Task } from './types.ts'

/** Adds up what happened, folder by folder. */
export interface Tally {
  folder(target: string, facts: Pick<RestoredFolder, 'created' | 'renamed'>): void
  count(task: Task, state: Result['state']): void
  done(): number
  folders(): readonly RestoredFolder[]
  totals(): Pick<RestoreReport, 'restored' | 'restoredBytes' | 'alreadyThere' | 'refused' | 'unreadable'>
}

const fields = {
  restored: 'restored',
  would_restore: 'restored',
  already_there: 'alreadyThere',
  refused: 'refused',
  unreadable: 'unreadable',
  removed: 'alreadyThere',
} as const

/** An empty tally. */
export function createTally(): Tally {
  const folders = new Map<string, { -readonly [K in keyof RestoredFolder]: RestoredFolder[K] }>()
  let done = 0
  const empty = { restored: 0, restoredBytes: 0, alreadyThere: 0, refused: 0, unreadable: 0 }
  const of = (target: string) => {
    const known = folders.get(target)
    if (known !== undefined) return known
    const fresh = { target, created: false, renamed: null, ...empty }
    folders.set(target, fresh)
    return fresh
  }
  return {
    folder: (target, facts) => Object.assign(of(target), facts),
    count: (task, state) => {
      const folder = of(task.targetFolder)
      folder[fields[state]]++
      if (fields[state] === 'restored') folder.restoredBytes += task.sizeBytes
      done++
    },
    done: () => done,
    folders: () => [...folders.values()],
    totals: () =>
      [...folders.values()].reduce(
        (sum, one) => ({
          restored: sum.restored + one.restored,
          restoredBytes: sum.restoredBytes + one.restoredBytes,
          alreadyThere: sum.alreadyThere + one.alreadyThere,
          refused: sum.refused + one.refused,
          unreadable: sum.unreadable + one.unreadable,
        }),
        empty,
      ),
  }
}
