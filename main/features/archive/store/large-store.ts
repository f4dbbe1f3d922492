import type { OccurrenceRecord } from '../../../../core/archive/pack.ts'
import { encodeRecord } from './frame.ts'
import { receiveLarge } from './large.ts'
import type { LargeMessage } from './large.ts'
import { countStored, prepareFact } from './prepare.ts'
import type { Prepared } from './prepare.ts'

/** Large messages on their way in; several may be, each known by its number. */
export interface LargeStore {
  begin(at: OccurrenceRecord): number
  append(id: number, chunk: Uint8Array): void
  /** Stores it, unless the archive has it: durable and indexed when this returns. */
  end(id: number): { readonly stored: number; readonly again: number }
  /** It did not come to its end: nothing of it is kept. */
  abandon(id: number): void
  close(): void
}

/**
 * Receives large messages in a folder and hands each, once it is whole, to `write`. With `sealed` what lies in the
 * folder meanwhile is encrypted.
 */
export function createLargeStore(
  folder: string,
  write: (records: readonly Prepared[]) => void,
  isKnown: (sha256: string) => boolean,
  sealed: boolean,
): LargeStore {
  const incoming = new Map<number, { readonly message: LargeMessage; readonly at: OccurrenceRecord }>()
  let nextId = 1
  const find = (id: number) => {
    const found = incoming.get(id)
    if (found === undefined) throw new Error(`No large message ${id} is being received`)
    return found
  }
  const discard = (id: number): void => {
    incoming.get(id)?.message.discard()
    incoming.delete(id)
  }
  return {
    begin: (at) => {
      const id = nextId++
      incoming.set(id, { message: receiveLarge(folder, `${id}.zst`, at, sealed), at })
      return id
    },
    append: (id, chunk) => find(id).message.add(chunk),
    end: (id) => {
      const { message, at } = find(id)
      try {
        const { record, summary, frames } = message.finish()
        const { sha256 } = record
        const prepared = isKnown(sha256)
          ? prepareFact({ kind: 'again', sha256, matchedBy: 'hash', at })
          : { record, head: encodeRecord(record), frames, summary }
        write([prepared])
        return countStored([prepared])
      } finally {
        discard(id)
      }
    },
    abandon: discard,
    close: () => {
      for (const id of incoming.keys()) discard(id)
    },
  }
}
