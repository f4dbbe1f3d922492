/** How much of a message fits into one slab; a larger one travels alone. */
export const slabBytes = 4 * 1024 * 1024
const slabCount = 3

/** The slabs of one pull: all that is in flight, whatever the size of the mailbox or the number of connections. */
export interface Slabs {
  /** An empty slab; waits for one. Rejects when something could not be stored. */
  acquire(): Promise<ArrayBuffer>
  release(slab: ArrayBuffer): void
  /** Sends a slab on its way; it is free again when the work returns it. A failure is raised by the next call. */
  send(work: () => Promise<ArrayBuffer>): void
  /** Waits until nothing is on its way. Rejects when something could not be stored. */
  settle(): Promise<void>
}

/** Makes the slabs. `onStarved` is asked to send one when all are held and none is on its way. */
export function createSlabs(onStarved: () => void): Slabs {
  const free: ArrayBuffer[] = Array.from({ length: slabCount }, () => new ArrayBuffer(slabBytes))
  const underWay = new Set<Promise<void>>()
  let failure: Error | null = null

  const settle = async (): Promise<void> => {
    await Promise.all(underWay)
    if (failure !== null) throw failure
  }
  return {
    acquire: async () => {
      for (;;) {
        if (failure !== null) throw failure
        const slab = free.pop()
        if (slab !== undefined) return slab
        if (underWay.size === 0) onStarved()
        await Promise.race(underWay)
      }
    },
    // One made for a single large message, or one that went down with its thread, is not kept.
    release: (slab) => {
      if (slab.byteLength === slabBytes) free.push(slab)
    },
    send: (work) => {
      const sent = work()
        .then((back) => {
          if (back.byteLength === slabBytes) free.push(back)
        })
        .catch((error: unknown) => {
          failure ??= error instanceof Error ? error : new Error(String(error))
        })
        .finally(() => underWay.delete(sent))
      underWay.add(sent)
    },
    settle,
  }
}
