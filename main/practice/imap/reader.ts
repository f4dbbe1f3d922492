import type { Socket } from 'node:net'

/** Reads lines and counted bytes from a socket, in turn. Null means that the other side has gone. */
export interface ByteReader {
  /** A line without its CRLF, as Latin-1 so that no byte is lost. */
  readLine(): Promise<string | null>
  readBytes(count: number): Promise<Buffer | null>
  /** Forgets what has come but was not read: after STARTTLS nothing from before may count (RFC 9051, 6.2.1). */
  discard(): void
  /** Goes on with another socket, as after STARTTLS. */
  attach(socket: Socket): void
  detach(): void
}

/** A longer line is no mail client: the connection ends. */
const maxLineBytes = 64 * 1024

/** Reads from `socket` until it ends. */
export function createByteReader(socket: Socket): ByteReader {
  let buffered: Buffer = Buffer.alloc(0)
  let ended = false
  let wake: (() => void) | null = null
  let current = socket
  const onData = (chunk: Buffer) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk])
    wake?.()
  }
  const onEnd = () => {
    ended = true
    wake?.()
  }
  const attach = (next: Socket) => {
    current = next
    next.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onEnd)
  }
  const more = async () => {
    if (ended) return false
    await new Promise<void>((resolve) => (wake = resolve))
    wake = null
    return true
  }
  const take = (count: number, skip: number) => {
    const taken = buffered.subarray(0, count)
    buffered = buffered.subarray(count + skip)
    return taken
  }
  attach(socket)
  return {
    async readLine() {
      for (;;) {
        const end = buffered.indexOf('\n')
        if (end >= 0) return take(end, 1).toString('latin1').replace(/\r$/, '')
        if (buffered.length > maxLineBytes || !(await more())) return null
      }
    },
    async readBytes(count) {
      while (buffered.length < count) if (!(await more())) return null
      return Buffer.from(take(count, 0))
    },
    discard: () => void (buffered = Buffer.alloc(0)),
    attach,
    detach: () => void current.off('data', onData).off('end', onEnd).off('close', onEnd),
  }
}
