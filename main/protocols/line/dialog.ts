import type { Duplex } from 'node:stream'
import { isTimeout } from '../../lib/deadline.ts'

/** Why a dialogue ended before it should. */
export type DialogEnd = 'closed' | 'reset' | 'timed_out' | 'line_too_long' | 'too_much' | 'cancelled'

/** A dialogue that cannot go on; `lastText` is what the other side said last. */
export class DialogError extends Error {
  override readonly name = 'DialogError'
  readonly end: DialogEnd
  readonly lastText: string

  constructor(end: DialogEnd, lastText: string, cause?: unknown) {
    super(end, cause === undefined ? undefined : { cause })
    this.end = end
    this.lastText = lastText
  }
}

/** What a server may send at most in one line, and in answer to one command; beyond it the connection ends. */
export interface DialogLimits {
  readonly lineBytes: number
  readonly replyBytes: number
}

/** Reads lines and bytes from a socket, and writes to it, with limits. It keeps nothing that it wrote. */
export interface LineDialog {
  readonly socket: Duplex
  /** The next line without its end. Rejects with `DialogError`. */
  readLine(signal: AbortSignal): Promise<string>
  /** Exactly this many bytes. Rejects with `DialogError`. */
  readBytes(count: number, signal: AbortSignal): Promise<Buffer>
  write(bytes: string | Buffer): void
  /** What has come and was not read: after STARTTLS there must be nothing (CVE-2011-0411). */
  pending(): string
  /** Stops listening, so that the socket can be handed to TLS. */
  release(): void
  destroy(): void
}

/** More than is ever shown: a secret in it must be seen whole to be taken out. */
const lastTextBytes = 32 * 1024

const defaultLimits: DialogLimits = { lineBytes: 64 * 1024, replyBytes: 2 * 1024 * 1024 }

/** Starts a dialogue on a connected socket. The other side is not trusted in anything. */
export function createDialog(socket: Duplex, limits: DialogLimits = defaultLimits): LineDialog {
  const input = createInput(socket, limits)
  const waitFor = async <T>(take: () => T | null, signal: AbortSignal): Promise<T> => {
    for (;;) {
      const taken = take()
      if (taken !== null) return taken
      const ended = input.ended()
      if (ended !== null) throw ended
      await input.more(signal)
    }
  }
  return {
    socket,
    readLine: (signal) => waitFor(input.takeLine, signal),
    readBytes: (count, signal) => {
      if (count > limits.replyBytes) return Promise.reject(input.fail('too_much'))
      return waitFor(() => input.takeBytes(count), signal)
    },
    write: (bytes) => {
      input.allowReply()
      if (!socket.destroyed) socket.write(bytes)
    },
    pending: input.pending,
    release: input.release,
    destroy: () => socket.destroy(),
  }
}

interface Input {
  takeLine(): string | null
  takeBytes(count: number): Buffer | null
  pending(): string
  ended(): DialogError | null
  fail(end: DialogEnd, cause?: unknown): DialogError
  more(signal: AbortSignal): Promise<void>
  /** A new command was sent: its reply is counted from nothing. */
  allowReply(): void
  release(): void
}

function createInput(socket: Duplex, limits: DialogLimits): Input {
  let held = Buffer.alloc(0)
  let total = 0
  let lastText = ''
  let error = null as DialogError | null
  let wake = Promise.withResolvers<void>()
  const fail: Input['fail'] = (end, cause) => {
    error ??= new DialogError(
      end,
      held.length > 0 ? printable(held.subarray(0, lastTextBytes)) : lastText,
      cause,
    )
    wake.resolve()
    return error
  }
  const onData = (chunk: Buffer) => {
    total += chunk.length
    held = Buffer.concat([held, chunk])
    if (total > limits.replyBytes) fail('too_much')
    else if (held.length > limits.lineBytes && held.indexOf(10) < 0) fail('line_too_long')
    if (error !== null) socket.destroy()
    wake.resolve()
  }
  const release = listen(socket, onData, fail)
  const take = (count: number): Buffer => {
    const taken = Buffer.from(held.subarray(0, count))
    held = held.subarray(count)
    return taken
  }
  return {
    fail,
    ended: () => error,
    pending: () => printable(held.subarray(0, 200)),
    takeLine: () => {
      const end = held.indexOf(10)
      if (end >= 0) lastText = withoutEnd(take(end + 1))
      return end < 0 ? null : lastText
    },
    allowReply: () => {
      total = 0
    },
    takeBytes: (count) => (held.length < count ? null : take(count)),
    more: (signal) => {
      wake = Promise.withResolvers()
      return waitOrAbort(wake.promise, signal, fail)
    },
    release,
  }
}

/** Listens until the function that it returns is called. */
function listen(socket: Duplex, onData: (chunk: Buffer) => void, fail: Input['fail']): () => void {
  const onEnd = () => void fail('closed')
  const onError = (cause: Error) => void fail(isReset(cause) ? 'reset' : 'closed', cause)
  socket.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onError).resume()
  return () => {
    socket.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onError).pause()
  }
}

const withoutEnd = (line: Buffer): string => line.toString('utf8').replace(/\r?\n$/, '')

const isReset = (cause: Error): boolean => 'code' in cause && cause.code === 'ECONNRESET'

async function waitOrAbort(work: Promise<void>, signal: AbortSignal, fail: Input['fail']): Promise<void> {
  const onAbort = () => void fail(isTimeout(signal) ? 'timed_out' : 'cancelled')
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await work
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** Bytes as text that can be shown: control characters become dots. */
export function printable(bytes: Buffer | string): string {
  return bytes.toString('utf8').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '·')
}
