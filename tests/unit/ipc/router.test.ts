import { describe, expect, test } from 'vitest'
import { AppError } from '../../../core/errors.ts'
import { createRouter, refuseUntrusted } from '../../../main/ipc/router.ts'
import type { AllHandlers, CallContext } from '../../../main/ipc/handlers.ts'
import { silentLogger } from '../../../main/lib/logger.ts'
import type { Logger } from '../../../main/lib/logger.ts'

const context: CallContext = { signal: new AbortController().signal, face: 'test' }
const aSettings = {
  operatorName: 'Ana',
  operatorEmail: '',
  colourScheme: 'auto',
  density: 'compact',
  helpdeskMailboxId: null,
}
const anId = expect.any(String) as string
const refusal = (code: string, details: object = {}, retryable = false) => ({
  ok: false,
  error: { code, details, retryable, errorId: anId },
})

/** A router on two features of the contract; the others are never asked. */
function routerOn(parts: { settings?: object; desk?: object; jobs?: object }, logger: Logger = silentLogger) {
  return createRouter(parts as unknown as AllHandlers, logger)
}

describe('a call', () => {
  test('is answered with the handler’s value in an envelope', async () => {
    const call = routerOn({ settings: { get: () => aSettings } })
    expect(await call('settings.get', {}, context)).toEqual({ ok: true, value: aSettings })
  })

  test('without input is a call with nothing in it', async () => {
    const call = routerOn({ settings: { get: () => aSettings } })
    expect(await call('settings.get', undefined, context)).toEqual({ ok: true, value: aSettings })
  })

  test.each(['settings.forget', 'settings', '', 'toString.call', '__proto__.get', 'settings.get.more'])(
    'of %j, which the contract does not have, is refused',
    async (name) => {
      const call = routerOn({ settings: { get: () => aSettings } })
      expect(await call(name, {}, context)).toEqual(refusal('contract.unknown_endpoint', { name }))
    },
  )

  test('with a field that is unknown or wrong never reaches the handler', async () => {
    let reached = 0
    const call = routerOn({ settings: { update: () => (reached++, aSettings) } })
    const answer = await call('settings.update', { density: 'airy', sql: 'DROP' }, context)
    expect([answer, reached]).toEqual([
      refusal('contract.invalid_input', {
        problems: [
          'density: Invalid option: expected one of "comfortable"|"compact"',
          'input: Unrecognized key: "sql"',
        ],
      }),
      0,
    ])
  })

  test('is filled with the defaults of its input', async () => {
    let given: unknown
    const call = routerOn({ jobs: { list: (input: unknown) => ((given = input), { jobs: [] }) } })
    await call('jobs.list', {}, context)
    expect(given).toEqual({ limit: 50 })
  })

  test('whose answer has an undeclared column is a bug and keeps it in', async () => {
    const call = routerOn({ settings: { get: () => ({ ...aSettings, passwordHash: 'x' }) } })
    expect(await call('settings.get', {}, context)).toEqual(refusal('internal'))
  })

  test.each([
    [
      'a known failure',
      () => {
        throw new AppError('db.busy', { details: { file: 'a' }, retryable: true })
      },
      refusal('db.busy', { file: 'a' }, true),
    ],
    ['a rejected promise', () => Promise.reject(new AppError('db.damaged')), refusal('db.damaged')],
    [
      'a bug',
      () => {
        throw new TypeError('x is not a function')
      },
      refusal('internal'),
    ],
    [
      'an abort',
      () => {
        throw new DOMException('gone', 'AbortError')
      },
      refusal('contract.cancelled', {}, true),
    ],
  ])('that ends in %s is a refusal, not a rejection', async (_, get, expected) => {
    expect(await routerOn({ settings: { get } })('settings.get', {}, context)).toEqual(expected)
  })

  test('of somebody who has gone is not begun', async () => {
    let reached = 0
    const call = routerOn({ settings: { get: () => (reached++, aSettings) } })
    const answer = await call('settings.get', {}, { ...context, signal: AbortSignal.abort() })
    expect([answer, reached]).toEqual([refusal('contract.cancelled', {}, true), 0])
  })

  test('that hit a bug is in the log under the id that its caller was given', async () => {
    const lines: object[] = []
    const logger = { ...silentLogger, error: (facts: object) => void lines.push(facts) }
    const bug = new TypeError('x is not a function')
    const answer = await routerOn({ settings: { get: () => Promise.reject(bug) } }, logger)(
      'settings.get',
      {},
      context,
    )
    const errorId = answer.ok ? null : answer.error.errorId
    expect(lines).toEqual([{ errorId, name: 'settings.get', err: bug }])
  })
})

describe('commands', () => {
  /** A handler that notes when it begins and ends, and ends when the test says so. */
  function slowUpdates() {
    const steps: string[] = []
    const gates = new Map<string, () => void>()
    const update = ({ operatorName }: { operatorName: string }) => {
      steps.push(`begin ${operatorName}`)
      const gate = Promise.withResolvers<void>()
      gates.set(operatorName, gate.resolve)
      return gate.promise.then(() => {
        steps.push(`end ${operatorName}`)
        return aSettings
      })
    }
    return { steps, update, release: (name: string) => gates.get(name)?.() }
  }

  test('on one aggregate run one after the other, in their order', async () => {
    const { steps, update, release } = slowUpdates()
    const call = routerOn({ settings: { update } })
    const calls = ['a', 'b'].map((operatorName) => call('settings.update', { operatorName }, context))
    await new Promise(setImmediate)
    const whileFirstRuns = [...steps]
    release('a')
    await calls[0]
    await new Promise(setImmediate)
    release('b')
    await Promise.all(calls)
    expect([whileFirstRuns, steps]).toEqual([['begin a'], ['begin a', 'end a', 'begin b', 'end b']])
  })

  test('go on after one that failed', async () => {
    let count = 0
    const update = () => (count++ === 0 ? Promise.reject(new AppError('db.busy')) : aSettings)
    const call = routerOn({ settings: { update } })
    const answers = await Promise.all([
      call('settings.update', {}, context),
      call('settings.update', {}, context),
    ])
    expect(answers.map((answer) => answer.ok)).toEqual([false, true])
  })

  test('leave queries and other aggregates free', async () => {
    const { update, release } = slowUpdates()
    const call = routerOn({ settings: { update, get: () => aSettings }, desk: { unlockVault: () => ({}) } })
    const slow = call('settings.update', { operatorName: 'a' }, context)
    const others = await Promise.all([
      call('settings.get', {}, context),
      call('desk.unlockVault', { passphrase: 'a long passphrase' }, context),
    ])
    await new Promise(setImmediate)
    release('a')
    expect([others.map((answer) => answer.ok), (await slow).ok]).toEqual([[true, true], true])
  })
})

test('a sender that is not trusted is logged and gets the refusal of its own', () => {
  const lines: object[] = []
  const logger = { ...silentLogger, warn: (facts: object) => void lines.push(facts) }
  expect([refuseUntrusted(logger, { url: 'https://mail.example' }), lines]).toEqual([
    refusal('contract.untrusted_sender'),
    [{ url: 'https://mail.example' }],
  ])
})
