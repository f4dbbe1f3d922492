import { describe, expect, test } from 'vitest'
import { deadline, isTimeout, raceAbort } from '../../../main/lib/deadline.ts'

describe('a deadline', () => {
  test('passes by itself, and is told from being stopped', async () => {
    const signal = deadline(new AbortController().signal, 1)
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    expect(isTimeout(signal)).toBe(true)
  })

  test('ends with its parent, for its parent’s reason', () => {
    const parent = new AbortController()
    const signal = deadline(parent.signal, 60_000)
    const before = signal.aborted
    parent.abort(new Error('the person left'))
    expect([before, signal.aborted, isTimeout(signal), (signal.reason as Error).message]).toEqual([
      false,
      true,
      false,
      'the person left',
    ])
  })
})

describe('work that races against a signal', () => {
  test('settles as the work does while nobody aborts', async () => {
    const { signal } = new AbortController()
    const failing = raceAbort(Promise.reject(new Error('no')), signal)
    await expect(failing).rejects.toThrow('no')
    expect(await raceAbort(Promise.resolve(7), signal)).toBe(7)
  })

  test('rejects with the reason as soon as the signal aborts, however long the work takes', async () => {
    const abort = new AbortController()
    const racing = raceAbort(new Promise(() => undefined), abort.signal)
    abort.abort(new Error('enough'))
    await expect(racing).rejects.toThrow('enough')
  })

  test('is not begun on a signal that is aborted already', async () => {
    await expect(raceAbort(Promise.resolve(7), AbortSignal.abort(new Error('late')))).rejects.toThrow('late')
  })
})
