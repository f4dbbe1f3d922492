import type { Worker } from 'node:worker_threads'

const patienceMs = 2_000

/**
 * Waits until a thread whose port was closed has ended by itself, and ends it by force only when it does not. A
 * thread that is torn down inside a native call can take the whole program with it.
 */
export async function endThread(thread: Worker): Promise<void> {
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  const timer = setTimeout(() => void thread.terminate(), patienceMs)
  try {
    await ended
  } finally {
    clearTimeout(timer)
  }
}
