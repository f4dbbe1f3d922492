import type { Worker } from 'node:worker_threads'

const patienceMs = 2_000

/**
 * Asks a thread to close its port, waits until it has ended by itself, and ends it by force only when it does not: a
 * thread that is torn down inside a native call can take the whole program with it.
 */
export async function endThread(thread: Worker, close: () => unknown): Promise<void> {
  // Listened for before it is asked: the last answer and the end may come in one go.
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  await close()
  const timer = setTimeout(() => void thread.terminate(), patienceMs)
  await ended
  clearTimeout(timer)
}
