import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
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
