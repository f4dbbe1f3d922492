import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { OutputOf } from '../../../core/contract/index.ts'
import { imapOf } from '../../helpers/practice-clients.ts'
import type { PracticeCompany, PracticeUser } from '../../../main/practice/index.ts'

const entry = fileURLToPath(new URL('../../../main/cli/index.ts', import.meta.url))

test.each(['SIGINT', 'SIGTERM', 'end of input'])(
  'desk practice --json prints one line, serves by it, and ends with %s',
  async (order) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'desk-practice-'))
    const args = ['--disable-warning=ExperimentalWarning', entry, '--json', '--data-dir', dataDir, 'practice']
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const ended = once(child, 'exit')
    const lines: string[] = []
    const out = createInterface({ input: child.stdout })
    out.on('line', (line) => lines.push(line))
    await once(out, 'line')
    const access = JSON.parse(lines[0] ?? '') as OutputOf<'practice.access'>
    const healthy = access.users.find((user) => user.caseId === null)
    const client = imapOf(access as unknown as PracticeCompany, healthy as unknown as PracticeUser)
    await client.connect()
    const folders = await client.list()
    client.close()
    if (order === 'end of input') child.stdin.end()
    else child.kill(order as NodeJS.Signals)
    const [exitCode] = (await ended) as [number]
    await rm(dataDir, { recursive: true })
    expect([lines.length, folders.length > 4, exitCode]).toEqual([1, true, 0])
  },
)
