import { expect, test } from 'vitest'
import type { DeskBridge, Envelope } from '../../../../core/contract/wire.ts'
import { CallError, createCall } from '../../../../renderer/ipc/call.ts'
import { shouldRetry } from '../../../../renderer/ipc/client.ts'

const bridgeThatAnswers = (envelope: Envelope): DeskBridge => ({
  invoke: () => Promise.resolve(envelope),
  subscribe: () => () => undefined,
})

test('An envelope that is ok is opened.', async () => {
  const call = createCall(bridgeThatAnswers({ ok: true, value: { jobs: [] } }))
  expect(await call('jobs.list', {})).toEqual({ jobs: [] })
})

test('A refusal is thrown as a CallError that keeps code, details, retryable and errorId.', async () => {
  const error = {
    code: 'network.refused',
    details: { host: 'imap.example' },
    retryable: true,
    errorId: 'E1',
  } as const
  const call = createCall(bridgeThatAnswers({ ok: false, error }))
  const thrown = await call('jobs.list', {}).catch((refusal: unknown) => refusal as CallError)
  expect(thrown).toMatchObject({ name: 'AppError', ...error })
})

test('Only failures that may pass by themselves are retried, and not for ever.', () => {
  const failure = (retryable: boolean) =>
    new CallError({ code: 'contract.disconnected', details: {}, retryable, errorId: '' })
  expect([
    shouldRetry(0, failure(true)),
    shouldRetry(3, failure(true)),
    shouldRetry(4, failure(true)),
    shouldRetry(0, failure(false)),
    shouldRetry(0, new Error('a bug')),
  ]).toEqual([true, true, false, false, false])
})
