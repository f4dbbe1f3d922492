import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const collectEveryBytes = 4 * 1024 * 1024

/**
 * Gives the memory behind some bytes back at once, when the caller is their only owner and done with them: every view
 * of the same buffer is empty afterwards. Left to the collector, a hundred megabytes of mail that has long been stored
 * would wait for the next full collection.
 */
export function giveBack(...all: readonly Uint8Array[]): void {
  for (const { buffer } of all)
    // What is small may lie in Node's pool, together with others.
    if (buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize) buffer.transfer(0)
}

/**
 * For what others leave behind, such as the chunks that a socket was read in: is told of the bytes that came through,
 * and has the young generation collected every few megabytes. V8 sees only the small objects in front of such chunks
 * and would wait for many more. A collection of a young heap of 2 MB takes a millisecond (measured).
 */
export function createSweeper(collect: () => void = collectYoung): (bytes: number) => void {
  let sinceLast = 0
  return (bytes) => {
    sinceLast += bytes
    if (sinceLast < collectEveryBytes) return
    sinceLast = 0
    collect()
  }
}

type Collect = (options: { readonly type: 'minor' }) => void

let known: Collect | null = null

function collectYoung(): void {
  known ??= findCollector()
  known({ type: 'minor' })
}

/** V8 hands its collector only to contexts that are made while this flag is set. */
function findCollector(): Collect {
  setFlagsFromString('--expose-gc')
  const found: unknown = runInNewContext('globalThis.gc')
  setFlagsFromString('--no-expose-gc')
  return typeof found === 'function' ? (found as Collect) : () => undefined
}
