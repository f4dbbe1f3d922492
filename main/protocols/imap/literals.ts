import type { ImapFlow } from 'imapflow'
import { giveBack } from '../../lib/buffer-memory.ts'

/** What is used of imapflow's reader of responses; its states are 1 for lines and 2 for literals. */
interface ResponseStream {
  state: number
  /** Bytes of the literal that have not come yet. */
  literalWaiting: number
  /** What imapflow itself has put aside of it. */
  readonly literalBuffer: readonly Buffer[]
  readonly literals: Buffer[]
  readonly destroyed: boolean
  /** Reads the chunk from a position on; returns where to go on after a change of state, else null. */
  processChunkSegment(chunk: Buffer, start: number): Promise<number | null>
}

const inLine = 1
const inLiteral = 2
/** Room for a longer literal is made only as it comes: a server may announce what it never sends. */
const maxRoomBytes = 8 * 1024 * 1024

/**
 * imapflow keeps the chunks that a socket was read in until a literal is whole and leaves them to the collector: a
 * hundred megabytes of garbage beside the mail. Here a literal is put together in its place as it comes, and a chunk
 * that was nothing but literal is given back at once.
 */
export function putLiteralsTogether(client: ImapFlow): void {
  const { streamer: stream } = client as unknown as { readonly streamer: ResponseStream }
  const process = stream.processChunkSegment.bind(stream)
  let room: Buffer | null = null

  stream.processChunkSegment = (chunk, start) => {
    const isShort = stream.literalBuffer.length === 0 && stream.literalWaiting <= maxRoomBytes
    const isOurs = stream.state === inLiteral && (room !== null || isShort)
    if (!isOurs || stream.destroyed || start >= chunk.length) return process(chunk, start)
    room ??= Buffer.allocUnsafeSlow(stream.literalWaiting)
    const end = Math.min(chunk.length, start + stream.literalWaiting)
    chunk.copy(room, room.length - stream.literalWaiting, start, end)
    stream.literalWaiting -= end - start
    if (stream.literalWaiting === 0) {
      stream.literals.push(room)
      stream.state = inLine
      room = null
    }
    if (end < chunk.length) return Promise.resolve(end)
    // Only one that has its memory for itself: decompressed chunks share theirs.
    if (start === 0 && chunk.length === chunk.buffer.byteLength) giveBack(chunk)
    return Promise.resolve(null)
  }
}
