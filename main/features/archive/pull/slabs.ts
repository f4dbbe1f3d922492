import type { OccurrenceRecord } from '../../../../core/archive/pack.ts'
import type { ArchiveThread } from '../worker/functions.ts'
import type { SlabMessage } from '../worker/writing.ts'
import { createSlabs, slabBytes } from './slab-pool.ts'
import type { Slabs } from './slab-pool.ts'

/** What some messages came to, once they are durable. */
export interface StoredCounts {
  readonly stored: number
  readonly again: number
  readonly bytes: number
}

type OnStored = (counts: StoredCounts) => void

/** Carries messages of one folder to the thread that stores them. Several may add at the same time. */
export interface SlabCarrier {
  /** Takes a message; waits while all slabs are on their way. */
  add(at: OccurrenceRecord, bytes: Uint8Array): Promise<void>
  /** Takes a message piece by piece; false when a piece is null: nothing of the message is kept then. */
  addLarge(at: OccurrenceRecord, pieces: AsyncIterable<Uint8Array | null>): Promise<boolean>
  /** Sends what is left and waits until everything is durable. Rejects when anything could not be stored. */
  flush(): Promise<void>
}

/** The carriers of a pull; they share a few slabs. */
export interface SlabPool {
  /** A carrier for one folder, which is told what became of its messages. */
  carrier(onStored: OnStored): SlabCarrier
  /** Sends what is left of every folder and waits until it is durable. */
  flush(): Promise<void>
}

/** A slab that is being filled. */
interface Filling {
  /** False when there is no room left. */
  readonly put: (at: OccurrenceRecord, bytes: Uint8Array) => boolean
  readonly used: () => number
  readonly send: () => void
}

function fill(slab: ArrayBuffer, onSend: (messages: readonly SlabMessage[], bytes: number) => void): Filling {
  const messages: SlabMessage[] = []
  let used = 0
  return {
    put: (at, bytes) => {
      if (used + bytes.length > slabBytes) return false
      new Uint8Array(slab, used, bytes.length).set(bytes)
      messages.push({ at, start: used, length: bytes.length })
      used += bytes.length
      return true
    },
    used: () => used,
    send: () => onSend(messages, used),
  }
}

/**
 * Messages are copied into slabs of 4 MiB that change hands with the thread without being copied again, and come
 * back to be filled anew. A message larger than a slab travels alone in one of its own size.
 */
export function createSlabPool(thread: ArchiveThread): SlabPool {
  const fillings = new Set<Filling>()
  // Every slab is being filled for some folder: the fullest one goes first.
  const slabs = createSlabs(() => fullest(fillings)?.send())
  return {
    carrier: (onStored) => createCarrier(thread, slabs, fillings, onStored),
    flush: async () => {
      for (const filling of [...fillings]) filling.send()
      await slabs.settle()
    },
  }
}

function createCarrier(
  thread: ArchiveThread,
  slabs: Slabs,
  fillings: Set<Filling>,
  onStored: OnStored,
): SlabCarrier {
  let filling: Filling | null = null
  const append = appender(thread, slabs, onStored)
  const begin = (slab: ArrayBuffer): Filling => {
    const fresh = fill(slab, (messages, bytes) => {
      fillings.delete(fresh)
      if (filling === fresh) filling = null
      append(slab, messages, bytes)
    })
    fillings.add(fresh)
    return fresh
  }
  return {
    add: async (at, bytes) => {
      if (bytes.length > slabBytes) {
        await slabs.settle()
        append(new Uint8Array(bytes).buffer, [{ at, start: 0, length: bytes.length }], bytes.length)
        return
      }
      while (filling === null || !filling.put(at, bytes)) {
        filling?.send()
        const slab = await slabs.acquire()
        // Somebody else may have begun one meanwhile.
        if (filling === null) filling = begin(slab)
        else slabs.release(slab)
      }
    },
    addLarge: async (at, pieces) => {
      const counts = await sendLarge(thread, slabs, at, pieces)
      if (counts !== null) onStored(counts)
      return counts !== null
    },
    flush: async () => {
      filling?.send()
      await slabs.settle()
    },
  }
}

/** Sends a slab with its messages to the thread. */
function appender(thread: ArchiveThread, slabs: Slabs, onStored: OnStored) {
  return (slab: ArrayBuffer, messages: readonly SlabMessage[], bytes: number): void =>
    slabs.send(async () => {
      const {
        stored,
        again,
        slab: back,
      } = await thread.call('append', [slab, messages], { transfer: [slab] })
      onStored({ stored, again, bytes })
      return back
    })
}

function fullest(fillings: ReadonlySet<Filling>): Filling | null {
  return [...fillings].reduce<Filling | null>(
    (most, one) => (most === null || one.used() > most.used() ? one : most),
    null,
  )
}

/** One piece after the other in one slab: two connections with large messages take two slabs, whatever their size. */
async function sendLarge(
  thread: ArchiveThread,
  slabs: Slabs,
  at: OccurrenceRecord,
  pieces: AsyncIterable<Uint8Array | null>,
): Promise<StoredCounts | null> {
  let slab = await slabs.acquire()
  const id = await thread.call('beginLarge', [at])
  let bytes = 0
  let whole = false
  try {
    for await (const piece of pieces) {
      if (piece === null) return null
      for (let start = 0; start < piece.length; start += slabBytes) {
        const part = piece.subarray(start, start + slabBytes)
        new Uint8Array(slab, 0, part.length).set(part)
        slab = (await thread.call('appendLarge', [id, slab, part.length], { transfer: [slab] })).slab
      }
      bytes += piece.length
    }
    whole = true
  } finally {
    slabs.release(slab)
    if (!whole) await thread.call('abandonLarge', [id])
  }
  return { ...(await thread.call('endLarge', [id])), bytes }
}
