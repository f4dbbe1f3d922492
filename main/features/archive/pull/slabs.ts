import type { OccurrenceRecord } from '../../../../core/archive/pack.ts'
import type { ArchiveThread } from '../worker/functions.ts'
import type { SlabMessage } from '../worker/writing.ts'

/** What some messages came to, once they are durable. */
export interface StoredCounts {
  readonly stored: number
  readonly again: number
  readonly bytes: number
}

/** Carries messages of one folder to the thread that stores them. Several may add at the same time. */
export interface SlabCarrier {
  /** Takes a message; waits while all slabs are on their way. */
  add(at: OccurrenceRecord, bytes: Uint8Array): Promise<void>
  /** Takes a message piece by piece; false when the pieces ended before their time, and nothing of it is kept. */
  addLarge(at: OccurrenceRecord, pieces: AsyncIterable<Uint8Array | null>): Promise<boolean>
  /** Sends what is left and waits until everything is durable. Rejects when anything could not be stored. */
  flush(): Promise<void>
}

/** All that a pull has in flight, whatever the size of the mailbox or the number of its connections. */
export interface SlabPool {
  /** A carrier for one folder, which is told what became of its messages. */
  carrier(onStored: (counts: StoredCounts) => void): SlabCarrier
  /** Sends what is left of every folder and waits until it is durable. */
  flush(): Promise<void>
}

const slabBytes = 4 * 1024 * 1024
const slabCount = 3

interface Filling {
  readonly slab: ArrayBuffer
  readonly messages: SlabMessage[]
  used: number
  readonly send: () => void
}

/**
 * Messages are copied into slabs of 4 MiB that change hands with the thread without being copied again, and come
 * back to be filled anew. A message larger than a slab travels alone in one of its own size.
 */
export function createSlabPool(thread: ArchiveThread): SlabPool {
  const free: ArrayBuffer[] = Array.from({ length: slabCount }, () => new ArrayBuffer(slabBytes))
  const underWay = new Set<Promise<void>>()
  const fillings = new Set<Filling>()
  let failure: Error | null = null

  // Never rejects: a failure is kept and raised where the next message is added, or at the flush.
  const send = (work: () => Promise<ArrayBuffer>): void => {
    const sent = work()
      .then((back) => {
        if (back.byteLength === slabBytes) free.push(back)
      })
      .catch((error: unknown) => {
        failure ??= error instanceof Error ? error : new Error(String(error))
      })
      .finally(() => underWay.delete(sent))
    underWay.add(sent)
  }
  const acquire = async (): Promise<ArrayBuffer> => {
    for (;;) {
      if (failure !== null) throw failure
      const slab = free.pop()
      if (slab !== undefined) return slab
      // Every slab is being filled for some folder: the fullest one goes first.
      if (underWay.size === 0) fullest(fillings)?.send()
      await Promise.race(underWay)
    }
  }
  const settle = async (): Promise<void> => {
    await Promise.all(underWay)
    if (failure !== null) throw failure
  }
  return {
    flush: async () => {
      for (const filling of [...fillings]) filling.send()
      await settle()
    },
    carrier: (onStored) => {
      let filling: Filling | null = null
      const append = (slab: ArrayBuffer, messages: readonly SlabMessage[], bytes: number) =>
        send(async () => {
          const done = await thread.call('append', [slab, messages], { transfer: [slab] })
          onStored({ stored: done.stored, again: done.again, bytes })
          return done.slab
        })
      const begin = (slab: ArrayBuffer): Filling => {
        const fresh: Filling = {
          slab,
          messages: [],
          used: 0,
          send: () => {
            fillings.delete(fresh)
            if (filling === fresh) filling = null
            append(slab, fresh.messages, fresh.used)
          },
        }
        fillings.add(fresh)
        return fresh
      }
      const addAlone = async (at: OccurrenceRecord, bytes: Uint8Array) => {
        while (underWay.size > 0) await Promise.race(underWay)
        if (failure !== null) throw failure
        const slab = new ArrayBuffer(bytes.length)
        new Uint8Array(slab).set(bytes)
        append(slab, [{ at, start: 0, length: bytes.length }], bytes.length)
      }
      return {
        add: async (at, bytes) => {
          if (bytes.length > slabBytes) return addAlone(at, bytes)
          while (filling === null || filling.used + bytes.length > slabBytes) {
            filling?.send()
            const slab = await acquire()
            // Somebody else may have begun one meanwhile.
            if (filling === null) filling = begin(slab)
            else free.push(slab)
          }
          new Uint8Array(filling.slab, filling.used, bytes.length).set(bytes)
          filling.messages.push({ at, start: filling.used, length: bytes.length })
          filling.used += bytes.length
        },
        addLarge: async (at, pieces) => {
          const counts = await sendLarge(thread, { acquire, release: (slab) => free.push(slab) }, at, pieces)
          if (counts !== null) onStored(counts)
          return counts !== null
        },
        flush: async () => {
          filling?.send()
          await settle()
        },
      }
    },
  }
}

function fullest(fillings: ReadonlySet<Filling>): Filling | null {
  return [...fillings].reduce<Filling | null>(
    (most, one) => (most === null || one.used > most.used ? one : most),
    null,
  )
}

interface Slabs {
  readonly acquire: () => Promise<ArrayBuffer>
  readonly release: (slab: ArrayBuffer) => void
}

/** One piece after the other in one slab: two connections with large messages take two slabs, whatever their size. */
async function sendLarge(
  thread: ArchiveThread,
  { acquire, release }: Slabs,
  at: OccurrenceRecord,
  pieces: AsyncIterable<Uint8Array | null>,
): Promise<StoredCounts | null> {
  const id = await thread.call('beginLarge', [at])
  let slab = await acquire()
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
    // A slab that went down with the thread is not given back.
    if (slab.byteLength === slabBytes) release(slab)
    if (!whole) await thread.call('abandonLarge', [id])
  }
  return { ...(await thread.call('endLarge', [id])), bytes }
}
