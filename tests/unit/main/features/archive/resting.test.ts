import { expect, it, vi } from 'vitest'
import type { ArchiveThread } from '../../../../../main/features/archive/worker/functions.ts'
import { restingThread } from '../../../../../main/features/archive/worker/resting.ts'

it('ends a thread that has nothing to do, never one that has, and starts another for the next call', async () => {
  vi.useFakeTimers()
  const log: string[] = []
  const answers: PromiseWithResolvers<unknown>[] = []
  let started = 0
  const start = () => {
    const n = ++started
    log.push(`start ${n}`)
    return {
      call: (name: string) => {
        log.push(`${name} in ${n}`)
        const answer = Promise.withResolvers<unknown>()
        answers.push(answer)
        return answer.promise
      },
      end: () => {
        log.push(`end ${n}`)
        return Promise.resolve()
      },
      terminate: () => Promise.resolve(),
    } as unknown as ArchiveThread
  }
  const thread = restingThread(start, 1_000)
  const first = thread.call('totals', ['a'])
  const second = thread.call('folders', ['a'])
  answers[0]?.resolve(1)
  await first
  await vi.advanceTimersByTimeAsync(60_000)
  log.push('one is still running')
  answers[1]?.reject(new Error('gone'))
  await expect(second).rejects.toThrow('gone')
  await vi.advanceTimersByTimeAsync(999)
  log.push('nearly')
  await vi.advanceTimersByTimeAsync(1)
  void thread.call('totals', ['b'])
  await thread.end()
  vi.useRealTimers()
  expect(log).toEqual([
    ...['start 1', 'totals in 1', 'folders in 1', 'one is still running', 'nearly', 'end 1'],
    ...['start 2', 'totals in 2', 'end 2'],
  ])
})
