import type { MessageRow, ReadableMessage } from '../../../core/archive/types.ts'
import { AppError } from '../../../core/errors.ts'
import { raceAbort } from '../../lib/deadline.ts'
import type { ArchiveThread } from './worker/functions.ts'

/** Takes mail apart for the screen. */
export interface MailParser {
  /** A message that takes too long comes back with the reason and its plain headers. */
  read(row: MessageRow, message: Uint8Array): Promise<ReadableMessage>
  /** Errors: `record.not_found`, `file.too_large`. */
  attachment(message: Uint8Array, index: number): ReturnType<typeof attachmentIn>
  dispose(): Promise<void>
}

const patienceMs = 10_000
const tooSlow = 'Taking this message apart takes too long; its source can be read.'

/**
 * Mail may be built so that taking it apart never ends (a megabyte of line ends is enough for some parsers). So it
 * is done in a thread that is ended when it is over its time; the next message gets a new one.
 */
export function createMailParser(start: () => ArchiveThread, limitMs: number = patienceMs): MailParser {
  let thread: ArchiveThread | null = null
  let tail: Promise<unknown> = Promise.resolve()

  const within = async <T>(work: (thread: ArchiveThread) => Promise<T>): Promise<T | null> => {
    const mine = (thread ??= start())
    const limit = AbortSignal.timeout(limitMs)
    try {
      return await raceAbort(work(mine), limit)
    } catch (error) {
      if (error instanceof AppError) throw error
      // Over its time, or out of memory: what comes next shall not suffer for it.
      thread = null
      await mine.terminate()
      if (limit.aborted) return null
      throw error
    }
  }
  // One after the other: what waits behind a slow message must not be taken for slow itself.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = tail.then(work, work)
    tail = turn.catch(() => undefined)
    return turn
  }
  return {
    read: (row, message) =>
      inTurn(async () => {
        const readable = await within((mine) => mine.call('toReadable', [row, message]))
        if (readable !== null) return readable
        return (await within((mine) => mine.call('toUnreadable', [row, message, tooSlow]))) ?? late()
      }),
    attachment: (message, index) =>
      inTurn(async () => (await within((mine) => attachmentIn(mine, message, index))) ?? late()),
    dispose: async () => {
      await thread?.end()
    },
  }
}

/** Of a message that is too slow nothing can be had. */
function late(): never {
  throw new AppError('record.not_found', {
    details: { what: 'content of the message (it takes too long to read)' },
  })
}

const attachmentIn = (thread: ArchiveThread, message: Uint8Array, index: number) =>
  thread.call('attachmentOf', [message, index])
