import { giveBack } from '../../../lib/buffer-memory.ts'
import type { OpenSourceFolder } from '../ports.ts'

/** A message larger than this is fetched in pieces, so that it is never in memory whole. */
export const largeBytes = 8 * 1024 * 1024
const pieceBytes = 4 * 1024 * 1024

/**
 * The bytes of a message, a piece at a time (BODY.PEEK[]<start.length>). The listed size says where the end should
 * be; a server whose sizes are rough is asked on until a piece comes short. Yields null when the server does not do
 * as it is asked, and then nothing more: such a message has to be fetched whole.
 */
export async function* fetchInPieces(
  folder: OpenSourceFolder,
  uid: number,
  checkpoint: () => Promise<void>,
): AsyncGenerator<Uint8Array | null> {
  for (let start = 0; ; start += pieceBytes) {
    await checkpoint()
    const piece = await folder.fetchPart(uid, start, pieceBytes)
    if (piece === null) {
      yield null
      return
    }
    const { length } = piece
    if (length > 0) yield piece
    giveBack(piece)
    // Shorter than asked for: this was the end.
    if (length < pieceBytes) return
  }
}
