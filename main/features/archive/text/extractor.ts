import { raceAbort } from '../../../lib/deadline.ts'
import { sha256Of } from '../store/frame.ts'
import { workerUrl } from '../../../lib/worker-url.ts'
import { startThread } from '../worker/thread.ts'
import type { ExtractThread } from './extract-functions.ts'
import type { AttachmentText } from './attachment-text.ts'
import type { HeavyPart } from './message-text.ts'

/** Takes files apart in a thread that can be ended. */
export interface Extractor {
  textOf(part: HeavyPart): Promise<AttachmentText>
  dispose(): Promise<void>
}

const patienceMs = 10_000
/** A file gets so much memory; one that wants more costs its thread. */
const heapMb = 512
/** The same file comes with many messages: texts of the last ones are kept, so many characters of them. */
const rememberedChars = 20_000_000

/**
 * One file after the other, each within its time: a file that is built to never end, or to eat all memory, costs
 * its thread and no more. The next file gets a new one.
 */
export function createExtractor(
  start: () => ExtractThread = startExtractThread,
  limitMs: number = patienceMs,
): Extractor {
  let thread: ExtractThread | null = null
  let tail: Promise<unknown> = Promise.resolve()
  const remembered = new Map<string, AttachmentText>()
  let characters = 0

  const extract = async ({ kind, bytes }: HeavyPart): Promise<AttachmentText> => {
    const mine = (thread ??= start())
    const limit = AbortSignal.timeout(limitMs)
    try {
      return await raceAbort(mine.call('textOfAttachment', [kind, bytes]), limit)
    } catch (error) {
      // Over its time, or its thread died of it: what comes next shall not suffer for it.
      thread = null
      await mine.terminate()
      return { text: '', problem: limit.aborted ? 'Taking it apart takes too long.' : diedOf(error) }
    }
  }
  const remember = (key: string, read: AttachmentText): void => {
    remembered.set(key, read)
    characters += read.text.length
    for (const [oldest, { text }] of remembered) {
      if (characters <= rememberedChars) break
      remembered.delete(oldest)
      characters -= text.length
    }
  }
  const one = async (part: HeavyPart): Promise<AttachmentText> => {
    const key = `${part.kind}:${sha256Of(part.bytes)}`
    const known = remembered.get(key)
    if (known !== undefined) return known
    const read = await extract(part)
    remember(key, read)
    return read
  }
  return {
    textOf: (part) => {
      const turn = tail.then(() => one(part))
      tail = turn.catch(() => undefined)
      return turn
    },
    dispose: async () => {
      await tail
      await thread?.end()
    },
  }
}

function startExtractThread(): ExtractThread {
  return startThread(workerUrl('main/features/archive/text/extract.worker.ts', 'extract-worker'), heapMb)
}

function diedOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'Taking it apart needs too much memory.'
  return `Taking it apart failed: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`
}
