import { AppError } from '../../../../core/errors.ts'

const separator = Buffer.from('\nFrom ')
const maxEntryBytes = 1_000_000_000

/** Cuts an mboxrd stream into its entries: each begins at a line that reads `From `, since quoting leaves no other. */
export async function* splitMbox(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pending: Buffer = Buffer.alloc(0)
  /** Up to here there is no separator; a long message must not be searched again with every chunk. */
  let searched = 0
  for await (const chunk of source) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    let start = 0
    for (;;) {
      const at = pending.indexOf(separator, Math.max(start, searched))
      if (at === -1) break
      yield pending.subarray(start, at + 1)
      start = at + 1
      searched = start
    }
    pending = pending.subarray(start)
    searched = Math.max(0, pending.length - separator.length)
    if (pending.length > maxEntryBytes)
      throw new AppError('file.too_large', { details: { limit: '1 GB a message' } })
  }
  if (pending.length > 0) yield pending
}
