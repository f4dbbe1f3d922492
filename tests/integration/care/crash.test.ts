import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { contentsOf, letter, password, runEnded, startCareLab } from '../../helpers/care.ts'
import type { CareLab } from '../../helpers/care.ts'
import { createTestDesk } from '../../helpers/test-desk.ts'
import type { TestDesk } from '../../helpers/test-desk.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const old = Date.UTC(2020, 1, 1)
const users = Array.from({ length: 40 }, (_, n) => ({ name: `user${n}@lab.test` }))

describeWith(['dovecot'], 'a clean-up that is killed', () => {
  let lab: CareLab
  let dataDir: string
  let used = 0

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'care-crash-'))
    lab = await startCareLab(users, { desk: await createTestDesk({ dataDir }), encryption: 'off' })
    await lab.desk.dispose()
  })
  afterAll(async () => {
    await lab.dovecot[Symbol.asyncDispose]()
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** A mailbox nobody has used, with four old messages in two folders and a new one; and a preview of them. */
  const prepare = async () => {
    const user = users[used++]?.name ?? ''
    const mailboxId = lab.mailboxIdOf(user)
    const client = await lab.connect(user)
    for (let n = 0; n < 4; n++)
      await client.append(
        n % 2 === 0 ? 'INBOX' : 'Archive',
        letter({ subject: `${n}`, messageId: `${n}@a` }),
        ['\\Seen'],
        new Date(old + n * 1000),
      )
    await client.append('INBOX', letter({ subject: 'new', messageId: 'new@a' }), ['\\Seen'], new Date())
    await client.logout()
    const before = await everything(user)
    const runId = await withDesk(mailboxId, async (desk) => {
      const wish = {
        name: user,
        archiveId: lab.archiveId,
        mailboxIds: [mailboxId],
        rule: { olderThanDays: 365 },
      }
      const { planId } = await desk.call('care.savePlan', wish)
      return (await runEnded(desk, await desk.call('care.preview', { planId }))).run.runId
    })
    return { user, mailboxId, runId, before }
  }
  const everything = async (user: string) => [
    ...(await contentsOf(lab, user, 'INBOX')),
    ...(await contentsOf(lab, user, 'Archive')),
  ]
  const withDesk = async <T>(mailboxId: string, work: (desk: TestDesk) => Promise<T>): Promise<T> => {
    const desk = await createTestDesk({ dataDir })
    try {
      await desk.call('accounts.setSecret', { mailboxId, secret: password, remember: false })
      return await work(desk)
    } finally {
      await desk.dispose()
    }
  }
  /** Sources that the archive holds of a mailbox. */
  const archived = async (desk: TestDesk, user: string) => {
    const { archiveId } = lab
    const { folders } = await desk.call('archive.folders', { archiveId })
    const sources: string[] = []
    for (const { folderId } of folders.filter(({ source }) => source === user)) {
      const { messages } = await desk.call('archive.messages', { archiveId, folderId })
      for (const { occurrenceId } of messages)
        sources.push((await desk.call('archive.readSource', { archiveId, occurrenceId })).text)
    }
    return sources
  }

  it('at any step of removal loses nothing, goes on to the same end, and is undone byte for byte', async () => {
    const seen = { kills: 0, lost: [] as string[], wrong: [] as string[] }
    const dieAt = async (moment: string): Promise<boolean> => {
      const { user, mailboxId, runId, before } = await prepare()
      if (await runAndDie(dataDir, mailboxId, runId, 'carryOut', moment)) return false
      seen.kills++
      const left = new Set((await everything(user)).map(({ source }) => source))
      await withDesk(mailboxId, async (desk) => {
        const kept = new Set(await archived(desk, user))
        if (!before.every(({ source }) => left.has(source) || kept.has(source))) seen.lost.push(moment)
        const state = (await desk.call('care.run', { runId })).items[0]?.state
        if (state !== 'interrupted' && state !== 'previewed') seen.wrong.push(`${moment}: ${state ?? ''}`)
        const carried = await runEnded(desk, await desk.call('care.carryOut', { runId }))
        if (carried.run.items[0]?.amounts.removed?.messages !== 4)
          seen.wrong.push(`${moment}: not all removed`)
        if ((await everything(user)).length !== 1) seen.wrong.push(`${moment}: not only the new one is left`)
        await runEnded(desk, await desk.call('care.undoRun', { runId }))
      })
      const same = JSON.stringify(await everything(user)) === JSON.stringify(before)
      if (!same) seen.wrong.push(`${moment}: not as before`)
      return true
    }
    await dieAt('removing')
    for (let step = 1; await dieAt(String(step)); step++);
    expect(seen).toEqual({ kills: expect.any(Number) as number, lost: [], wrong: [] })
    expect(seen.kills).toBeGreaterThan(8)
  }, 600_000)

  it('at any step of an undo doubles nothing', async () => {
    const wrong: string[] = []
    const dieAt = async (moment: string): Promise<boolean> => {
      const { user, mailboxId, runId, before } = await prepare()
      const carried = await withDesk(mailboxId, async (desk) =>
        runEnded(desk, await desk.call('care.carryOut', { runId })),
      )
      if (carried.run.items[0]?.amounts.removed?.messages !== 4) wrong.push(`${moment}: nothing to undo`)
      if (await runAndDie(dataDir, mailboxId, runId, 'undo', moment)) return false
      await withDesk(mailboxId, async (desk) => runEnded(desk, await desk.call('care.undoRun', { runId })))
      if (JSON.stringify(await everything(user)) !== JSON.stringify(before)) wrong.push(moment)
      return true
    }
    for (let step = 1; await dieAt(String(step)); step++);
    expect(wrong).toEqual([])
  }, 600_000)
})

/** Runs it in a process that kills itself with SIGKILL; true when it came to its end instead. */
async function runAndDie(
  dataDir: string,
  mailboxId: string,
  runId: string,
  act: 'carryOut' | 'undo',
  moment: string,
): Promise<boolean> {
  const script = join(import.meta.dirname, '../../helpers/care-child.ts')
  const args = ['--disable-warning=ExperimentalWarning', script, dataDir, mailboxId, runId, act, moment]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  await new Promise((resolve) => child.once('close', resolve))
  return output.includes('end')
}
