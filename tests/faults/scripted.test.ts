import { expect, test } from 'vitest'
import { describeFaults } from './as-tests.ts'
import { keepsSecret } from './secret-kept.ts'
import { faults } from './table/index.ts'

describeFaults('Faults of scripted, hostile servers', 'scripted')

test.each(['', 'a', 'ab'])('A secret that is kept is noticed, plain and behind “%s” in base64.', (before) => {
  const secret = 'quote " and пароль'
  const sasl = Buffer.from(`${before}\0ana\0${secret}`).toString('base64')
  expect([
    keepsSecret({ text: `LOGIN ana ${secret}` }, secret),
    keepsSecret([`AUTHENTICATE PLAIN ${sasl}`], secret),
    keepsSecret({ text: 'LOGIN ana [redacted]' }, secret),
  ]).toEqual([true, true, false])
})

test('Every fault has a name of its own', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length)
})
