import { markText } from '../../../../db/archive-index/sync.ts'
import type { PresentMarks } from '../../../../db/archive-index/sync.ts'
import type { SourceMarks } from '../ports.ts'

/** What the archive has of a folder, and what it is not to have. */
export interface Present {
  /** Messages that the archive holds as being on the server. */
  readonly size: number
  readonly lastUid: number
  has(uid: number): boolean
  /** Whether retention removed it: it is not fetched again. */
  isRemoved(uid: number): boolean
  readonly removedCount: number
  /** Whether the archive knows the message with other flags or labels than these. */
  differs(uid: number, marks: SourceMarks): boolean
  /** Of the messages that are held: those that are not in `uids`. */
  without(uids: readonly number[]): readonly number[]
  /** Counts these as held, too; recognised under new numbers in this pull. */
  add(uids: readonly number[]): void
}

/** Answers from two arrays: a mailbox may hold more messages than there is room for objects. */
export function createPresent(known: PresentMarks & { readonly removed: readonly number[] }): Present {
  const { uids, kinds, marks } = known
  const removed = new Set(known.removed)
  const added = new Set<number>()
  const find = (uid: number): number => {
    let low = 0
    let high = uids.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const at = uids[middle] ?? 0
      if (at === uid) return middle
      if (at < uid) low = middle + 1
      else high = middle - 1
    }
    return -1
  }
  return {
    get size() {
      return uids.length + added.size
    },
    lastUid: uids.at(-1) ?? 0,
    has: (uid) => added.has(uid) || find(uid) !== -1,
    isRemoved: (uid) => removed.has(uid),
    removedCount: removed.size,
    differs: (uid, { flags, labels }) => {
      const at = find(uid)
      return at !== -1 && marks[kinds[at] ?? -1] !== markText(flags, labels)
    },
    without: (there) => {
      const on = new Set(there)
      return [...uids].filter((uid) => !on.has(uid))
    },
    add: (more) => {
      for (const uid of more) added.add(uid)
    },
  }
}
