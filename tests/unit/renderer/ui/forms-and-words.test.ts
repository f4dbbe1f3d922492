import { expect, test } from 'vitest'
import { z } from 'zod'
import { AppError } from '../../../../core/errors.ts'
import { CallError } from '../../../../renderer/ipc/call.ts'
import { wordsOf } from '../../../../renderer/ui/error-words.ts'
import { readSizes, writeSizes } from '../../../../renderer/ui/pane-sizes.ts'
import { problemsOf } from '../../../../renderer/ui/use-form.ts'

test('The problems of a form are those of its fields, the first of each; what is empty has to be filled in.', () => {
  const schema = z.strictObject({
    name: z.string().min(1),
    server: z.strictObject({ port: z.number().max(65_535, 'too high') }),
    note: z.string(),
  })
  expect([
    problemsOf(schema, { name: '', server: { port: 70_000 }, note: '' }),
    problemsOf(schema, { name: 'x', server: { port: 993 }, note: '' }),
  ]).toEqual([{ name: 'Fill this in.', server: 'too high' }, {}])
})

test('A failure is told in its own words, with its id when there is one; anything else is said to be our bug.', () => {
  const error = { code: 'secret.vault_locked', details: {}, retryable: false, errorId: 'E7' } as const
  const locked = {
    sentence: 'The password vault is locked.',
    nextStep: 'Enter its passphrase in Settings, then try again.',
  }
  expect([
    wordsOf(new CallError(error)),
    wordsOf(new AppError('secret.vault_locked')),
    wordsOf(new TypeError('x')),
  ]).toEqual([
    { ...locked, errorId: 'E7' },
    { ...locked, errorId: '' },
    {
      sentence: 'Something went wrong inside Mail Desk.',
      nextStep: 'Try again. If it happens again, send the log from Settings to support.',
      errorId: '',
    },
  ])
})

test('The widths of a split view are kept; what does not fit the view is not used.', () => {
  const kept = new Map<string, string>()
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  const defaults = ['380px', 100] as const
  const before = readSizes('queue', defaults, store)
  writeSizes('queue', ['412px', 100], store)
  kept.set('desk.panes.odd', '["wide", 100]')
  expect([
    before,
    ...['queue', 'odd'].map((name) => readSizes(name, defaults, store)),
    readSizes('queue', [1, 2, 3], store),
  ]).toEqual([
    ['380px', 100],
    ['412px', 100],
    ['380px', 100],
    [1, 2, 3],
  ])
})
