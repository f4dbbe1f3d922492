import { AppError } from '../../../../core/errors.ts'

const separator = Buffer.from('\nFrom ')
const maxEntryBytes = 1_000_000_000

/** Cuts an mboxrd stream into its entries: each begins at a line that reads `From `, since quoting leaves no other. */
export async function* splitMbox(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  /** What belongs to the entry in hand; put together once, when its end is found. */
  let parts: Buffer[] = []
  let bytes = 0
  for await (const chunk of source) {
    // The end may lie across two chunks, so the last few bytes are looked at again with the next.
    const tail = parts.pop() ?? Buffer.alloc(0)
    let block = tail.length === 0 ? chunk : Buffer.concat([tail, chunk])
    bytes += chunk.length
    for (let at = block.indexOf(separator); at !== -1; at = block.indexOf(separator)) {
      yield Buffer.concat([...parts, block.subarray(0, at + 1)])
      parts = []
      block = block.subarray(at + 1)
      bytes = block.length
    }
    if (bytes > maxEntryBytes) throw new AppError('file.too_large', { details: { limit: '1 GB a message' } })
    const cut = Math.max(0, block.length - separator.length)
    parts.push(block.subarray(0, cut), block.subarray(cut))
  }
  if (bytes > 0) yield Buffer.concat(parts)
}
