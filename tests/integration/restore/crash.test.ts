import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fillMaildir } from '../../helpers/maildir.ts'
import { contentsOf, everything, labPassword, startRestoreLab } from '../../helpers/restore-lab.ts'
import type { RestoreLab } from '../../helpers/restore-lab.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const from = 'ana@lab.test'
const to = 'ben@lab.test'
const messages = 450

describeWith(['dovecot'], 'a restore that is killed', () => {
  let lab: RestoreLab
  beforeEach(async () => {
    lab = await startRestoreLab([from, to])
    fillMaildir(lab.dovecot.maildirOf(from), messages, { message: (n) => bulky(n) })
  })
  afterEach(() => lab[Symbol.asyncDispose]())

  it('at any moment by kill -9 goes on where it was, with nothing lost and nothing doubled', async () => {
    const archiveId = await lab.archive(from)
    const mailboxId = lab.mailboxId(to)
    const killed: number[] = []
    for (const afterMs of [0, 10, 40, 90, 160, 250]) {
      const done = await restoreAndKill([lab.desk.dataDir, archiveId, mailboxId, labPassword], afterMs)
      if (done === null) break
      killed.push(done)
    }
    const last = await lab.restore({
      archiveId,
      selection: everything,
      target: { kind: 'mailbox', mailboxId },
    })
    const copy = await lab.archive(to)
    const [was, is] = await Promise.all([archiveId, copy].map((id) => contentsOf(lab.desk, id, 'INBOX')))
    expect([last.report?.refused, last.report?.messages, is]).toEqual([0, messages, was])
    expect(killed.length).toBeGreaterThan(2)
  }, 180_000)
})

function bulky(n: number): Buffer {
  const text = 'the harbour master of the quay\r\n'.repeat(300 + (n % 40) * 20)
  return Buffer.from(`From: a@b.example\r\nSubject: bulky ${n}\r\nMessage-ID: <${n}@bulk>\r\n\r\n${text}`)
}

/** Starts a restore in its own process and kills it; resolves to what it had reported, null when it came to its end. */
async function restoreAndKill(args: readonly string[], afterMs: number): Promise<number | null> {
  const script = join(import.meta.dirname, '../../helpers/restore-child.ts')
  const flags = ['--disable-warning=ExperimentalWarning', script, ...args]
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    // Counted from the first report: how long a process takes to start says nothing.
    if (output === '') setTimeout(() => child.kill('SIGKILL'), afterMs)
    output += text
  })
  await new Promise((resolve) => child.once('close', resolve))
  const lines = output.split('\n').slice(0, -1)
  return lines.some((line) => line.startsWith('end')) ? null : Number(lines.at(-1) ?? 0)
}
