import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '../../../core/contract/index.ts'
import { runCli } from '../../helpers/run-cli.ts'

/** The command line as it is started by a shell: its output and its exit codes. */
let dataDir: string

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'desk-cli-'))
})

afterAll(() => rmSync(dataDir, { recursive: true }))

const refusal = (code: string, details: object) => ({
  ok: false,
  error: { code, details, retryable: false, errorId: expect.any(String) as string },
})

describe('desk endpoints', () => {
  test('lists the whole contract with kinds and JSON Schemas', async () => {
    const { exitCode, stdout } = await runCli(dataDir, ['--json', 'endpoints'])
    const listed = JSON.parse(stdout) as { name: string; kind: string; input: object; output: object }[]
    expect([exitCode, listed.map(({ name, kind }) => [name, kind])]).toEqual([
      0,
      [...endpoints].map(([name, { kind }]) => [name, kind]),
    ])
    expect(listed.find(({ name }) => name === 'jobs.get')).toMatchObject({
      input: { type: 'object', required: ['runId'], additionalProperties: false },
      output: { type: 'object' },
    })
  })
})

describe('desk call', () => {
  test('prints the envelope, and 0', async () => {
    const run = await runCli(dataDir, ['--json', 'call', 'desk.status'])
    expect([run.exitCode, JSON.parse(run.stdout)]).toMatchObject([
      0,
      { ok: true, value: { dataDir, platform: process.platform } },
    ])
  })

  test('takes its input as an argument or from standard input, and keeps what it changed', async () => {
    await runCli(dataDir, ['call', 'settings.update', '{"operatorName":"Ana"}'])
    const run = await runCli(dataDir, ['--json', 'call', 'settings.update', '-'], '{"density":"compact"}\n')
    expect(JSON.parse(run.stdout)).toMatchObject({
      ok: true,
      value: { operatorName: 'Ana', density: 'compact' },
    })
  })

  test('takes no secret from an argument, which others can see, however deep it is', async () => {
    const input = '{"target":{"kind":"draft","mailbox":{},"secret":"anchor 3"}}'
    const run = await runCli(dataDir, ['--json', 'call', 'accounts.checkSignIn', input])
    expect([run.exitCode, JSON.parse(run.stdout), run.stderr.includes('anchor 3')]).toEqual([
      2,
      refusal('usage.invalid', {
        problem:
          'Other users of this computer can see arguments: give an input with a secret on standard input (-).',
      }),
      false,
    ])
  })

  test('takes no recovery key from an argument either', async () => {
    const input = '{"archiveId":"x","recoveryKey":"ABCDE"}'
    const run = await runCli(dataDir, ['--json', 'call', 'archive.unlock', input])
    expect([run.exitCode, run.stdout.includes('usage.invalid')]).toEqual([2, true])
  })

  test('of an endpoint that does not exist prints the refusal, and 2', async () => {
    const run = await runCli(dataDir, ['--json', 'call', 'desk.explode'])
    expect([run.exitCode, JSON.parse(run.stdout)]).toEqual([
      2,
      refusal('contract.unknown_endpoint', { name: 'desk.explode' }),
    ])
  })

  test('with input that does not fit is 2, and says where', async () => {
    const run = await runCli(dataDir, ['--json', 'call', 'jobs.get', '{}'])
    expect([run.exitCode, JSON.parse(run.stdout)]).toEqual([
      2,
      refusal('contract.invalid_input', {
        problems: ['runId: Invalid input: expected string, received undefined'],
      }),
    ])
  })

  test('with input that is no JSON is 2, in a sentence', async () => {
    const run = await runCli(dataDir, ['call', 'desk.status', '{oops'])
    expect(run).toEqual({ exitCode: 2, stdout: '', stderr: 'The input is not JSON. Run it with --help.\n' })
  })
})

describe('any command', () => {
  test.each([
    ['an unknown command', ['explode']],
    ['an unknown option', ['call', 'desk.status', '--fast']],
    ['a missing argument', ['call']],
    ['a port that is none', ['serve', '--port', '99999']],
  ])('with %s is 2', async (_, args) => {
    expect((await runCli(dataDir, args)).exitCode).toBe(2)
  })

  test('prints its help and its version, and 0', async () => {
    const runs = await Promise.all([runCli(dataDir, ['--help']), runCli(dataDir, ['--version'])])
    expect(runs.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
  })

  test('on a damaged database is 70, and says what to do', async () => {
    const broken = mkdtempSync(join(tmpdir(), 'desk-cli-'))
    const file = join(broken, 'desk.sqlite')
    writeFileSync(file, 'this is no database, and long enough to be read as one')
    const run = await runCli(broken, ['call', 'desk.status'])
    rmSync(broken, { recursive: true })
    expect(run).toEqual({
      exitCode: 70,
      stdout: '',
      stderr: `The database ${file} is damaged. Restore it from a backup; archives are not affected.\n`,
    })
  })
})
