import type { OccurrenceRecord } from '../../../../core/archive/pack.ts'
import type { ArchiveThread } from '../worker/functions.ts'
import type { SlabMessage } from '../worker/writing.ts'

/** What one slab's messages came to, once they are durable. */
export interface SlabOutcome {
  readonly stored: number
  readonly again: number
  readonly bytes: number
}

/** Carries messages to the thread that stores them. */
export interface SlabCarrier {
  /** Takes a message; waits while two slabs are under way. */
  add(at: OccurrenceRecord, bytes: Uint8Array): Promise<void>
  /** Sends what is left and waits until everything is durable. Rejects when anything could not be stored. */
  flush(): Promise<void>
}

/** Two of these are what a pull keeps in flight, whatever the size of the mailbox. */
const slabBytes = 4 * 1024 * 1024
const slabsInFlight = 2

interface Filling {
  readonly slab: ArrayBuffer
  readonly messages: SlabMessage[]
  used: number
}

/**
 * Messages are copied into slabs of 4 MiB that change hands with the thread without being copied again, and come
 * back to be filled anew. A message larger than a slab travels alone in one of its own size.
 */
export function createSlabCarrier(
  thread: ArchiveThread,
  onStored: (outcome: SlabOutcome) => void,
): SlabCarrier {
  const free: ArrayBuffer[] = Array.from({ length: slabsInFlight }, () => new ArrayBuffer(slabBytes))
  const underWay = new Set<Promise<void>>()
  let filling: Filling | null = null
  let failure: Error | null = null

  const send = ({ slab, messages, used }: Filling): void => {
    filling = null
    const sent = store(slab, messages, used).finally(() => underWay.delete(sent))
    underWay.add(sent)
  }
  // Never rejects: a failure is kept and raised where the next message is added, or at the flush.
  const store = async (slab: ArrayBuffer, messages: readonly SlabMessage[], bytes: number): Promise<void> => {
    try {
      const {
        slab: back,
        stored,
        again,
      } = await thread.call('append', [slab, messages], { transfer: [slab] })
      if (back.byteLength === slabBytes) free.push(back)
      onStored({ stored, again, bytes })
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error))
    }
  }
  const begin = async (length: number): Promise<Filling> => {
    while (underWay.size >= slabsInFlight) await Promise.race(underWay)
    if (failure !== null) throw failure
    const slab = length > slabBytes ? new ArrayBuffer(length) : (free.pop() ?? new ArrayBuffer(slabBytes))
    return { slab, messages: [], used: 0 }
  }
  return {
    add: async (at, bytes) => {
      if (filling !== null && filling.used + bytes.length > filling.slab.byteLength) send(filling)
      filling ??= await begin(bytes.length)
      new Uint8Array(filling.slab, filling.used, bytes.length).set(bytes)
      filling.messages.push({ at, start: filling.used, length: bytes.length })
      filling.used += bytes.length
    },
    flush: async () => {
      if (filling !== null) send(filling)
      await Promise.all(underWay)
      if (failure !== null) throw failure
    },
  }
}
