import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../../core/errors.ts'
import { createFileLogger } from '../../../main/lib/logger.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-log-'))
  file = join(folder, 'logs', 'desk.log')
})

afterEach(() => rmSync(folder, { recursive: true, maxRetries: 5, retryDelay: 20 }))

test('a log makes its folder and writes one JSON object a line', async () => {
  const logger = createFileLogger(file)
  logger.warn({ url: 'https://mail.example/' }, 'refused by the shell')
  await expect.poll(() => readFileSync(file, 'utf8')).toMatch(/\n$/)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    level: 40,
    url: 'https://mail.example/',
    msg: 'refused by the shell',
  })
})

test('a log that has grown is put aside at the next start, and goes on empty', async () => {
  createFileLogger(file).info({}, 'first')
  await expect.poll(() => readFileSync(file, 'utf8')).toMatch(/\n$/)
  writeFileSync(file, 'x'.repeat(5_000_001))
  createFileLogger(file).info({}, 'second')
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toContain('second')
  expect(readFileSync(`${file}.1`, 'utf8').length).toBe(5_000_001)
})

test('of an error a log tells name, code, message and cause, and nothing else that a library put on it', async () => {
  const raised = Object.assign(new Error('Command failed'), {
    code: 'EAUTH',
    auth: { user: 'ana', pass: 'anchor 3' },
    options: { accessToken: 'anchor 3' },
  })
  const err = new AppError('auth.refused', { details: { host: 'mail.example' }, cause: raised })
  createFileLogger(file).error({ err, cause: raised }, 'run failed')
  await expect.poll(() => readFileSync(file, 'utf8')).toMatch(/\n$/)
  const text = expect.any(String) as string
  const cause = { type: 'Error', code: 'EAUTH', message: 'Command failed', stack: text }
  const { err: told, cause: below } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  expect([told, below]).toEqual([
    {
      type: 'AppError',
      code: 'auth.refused',
      details: { host: 'mail.example' },
      message: 'auth.refused',
      stack: text,
      cause,
    },
    cause,
  ])
})
