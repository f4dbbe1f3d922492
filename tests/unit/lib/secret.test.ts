import { format, inspect } from 'node:util'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '../../../core/errors.ts'
import { createFileLogger } from '../../../main/lib/logger.ts'
import { Secret } from '../../../main/lib/secret.ts'

/** Long enough never to be part of the text around it. */
const password = fc
  .string({ unit: 'grapheme-ascii', minLength: 12 })
  .filter((text) => !'[redacted]'.includes(text))

test('a secret opens to what was put in', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => new Secret(text).open() === text))
})

test('a secret never shows in any text that is made of it', () => {
  fc.assert(
    fc.property(password, (text) => {
      const secret = new Secret(text)
      const nested = { user: 'ana', deep: { list: [secret], map: new Map([['k', secret]]) } }
      const shown = [
        String(secret),
        ['password', secret].join(' '),
        JSON.stringify({ secret }),
        JSON.stringify(Object.entries(secret)),
        inspect(secret, { showHidden: true, depth: 9 }),
        inspect(nested, { showHidden: true, depth: 9 }),
        format('%s %o %O %j', secret, secret, secret, secret),
        Object.values(secret).join(),
        inspect(new AppError('auth.refused', { cause: secret })),
        inspect(structuredClone({ secret })),
      ]
      expect(shown.filter((line) => line.includes(text))).toEqual([])
    }),
  )
})

test('a secret does not get into the log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-log-'))
  const file = join(folder, 'logs', 'desk.log')
  const logger = createFileLogger(file)
  const secret = new Secret('tide-and-Time 1')
  logger.info({ secret, deep: { secret }, err: new Error('refused', { cause: secret }) }, 'signing in')
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('signing in')
  const line = readFileSync(file, 'utf8')
  rmSync(folder, { recursive: true })
  expect([line.includes('tide-and-Time'), JSON.parse(line)]).toMatchObject([
    false,
    { secret: '[redacted]', deep: { secret: '[redacted]' }, msg: 'signing in' },
  ])
})
