import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

const blockChars = 128 * 1024
const params = { [constants.ZSTD_c_compressionLevel]: 1 }

/**
 * Text that is gathered while something else is written, to be written after it. It is kept compressed in memory
 * (about a tenth of its size) and not in a file, because an encrypted export must leave no clear text on the disk.
 */
export interface Spool {
  add(text: string): void
  /** Everything that was added, in order. */
  chunks(): Iterable<Buffer>
}

/** An empty spool. */
export function createSpool(): Spool {
  const blocks: Buffer[] = []
  let open: string[] = []
  let chars = 0
  const close = () => {
    if (chars > 0) blocks.push(zstdCompressSync(Buffer.from(open.join('')), { params }))
    open = []
    chars = 0
  }
  return {
    add: (text) => {
      open.push(text)
      chars += text.length
      if (chars >= blockChars) close()
    },
    chunks: function* () {
      close()
      for (const block of blocks) yield zstdDecompressSync(block)
    },
  }
}
