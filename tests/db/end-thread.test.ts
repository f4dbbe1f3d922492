import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { endThread } from '../../db/end-thread.ts'

test('a thread whose end comes together with its last answer is not waited for in vain', async () => {
  const thread = new EventEmitter()
  const said: string[] = []
  await endThread(thread as unknown as Worker, () => {
    said.push('closed')
    thread.emit('exit', 0)
  })
  said.push('ended')
  expect(said).toEqual(['closed', 'ended'])
})
