import type { ArchiveThread } from './functions.ts'

/**
 * A thread that is started when it is first asked for something, ends when it has had nothing to do for `restAfterMs`,
 * and is started anew by the next call: a thread takes 25 MB, and what it has read more. One that died is replaced so.
 */
export function restingThread(start: () => ArchiveThread, restAfterMs: number): ArchiveThread {
  let thread: ArchiveThread | null = null
  let running = 0
  let timer: NodeJS.Timeout | undefined
  const endings = new Set<Promise<void>>()

  const rest = (): void => {
    if (thread === null) return
    const ending = thread.end().finally(() => endings.delete(ending))
    endings.add(ending)
    thread = null
  }
  const end = async (how: 'end' | 'terminate'): Promise<void> => {
    clearTimeout(timer)
    const last = thread
    thread = null
    await Promise.all([...endings, last?.[how]()])
  }
  return {
    call: async (name, args, options) => {
      clearTimeout(timer)
      running++
      try {
        return await (thread ??= start()).call(name, args, options)
      } finally {
        running--
        if (running === 0) timer = setTimeout(rest, restAfterMs).unref()
      }
    },
    end: () => end('end'),
    terminate: () => end('terminate'),
  }
}
