import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readArchiveCard } from '../../../main/features/archive/store/folder.ts'
import { openArchiveWriter } from '../../../main/features/archive/store/writer.ts'
import { hashesIn, readArchive } from '../../helpers/archive-contents.ts'
import { labMailbox, makeArchive, pull } from '../../helpers/archive.ts'
import { makeCertificates } from '../../helpers/certificates.ts'
import { fillMaildir, hashMaildir } from '../../helpers/maildir.ts'
import { startDovecot } from '../../helpers/servers/dovecot.ts'
import type { Dovecot } from '../../helpers/servers/dovecot.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const user = 'rolf@lab.test'
const password = 'belay 2'
/** How often a pull is killed; `KILLS=500` before a release. */
const kills = Number(process.env.KILLS ?? 8)
const child = join(import.meta.dirname, '../../helpers/pull-child.ts')
/** A first pull of everything, then refreshes, then a first pull again. */
const roundsOfOneArchive = 5

describeWith(['dovecot'], 'a pull that is killed at random moments', () => {
  let dovecot: Dovecot
  let folder: string
  let maildir: string
  beforeAll(async () => {
    const { valid } = await makeCertificates(['localhost'])
    dovecot = await startDovecot({ users: [{ name: user, password }], certificate: valid })
    maildir = dovecot.maildirOf(user)
    folder = mkdtempSync(join(tmpdir(), 'desk-pull-kill-'))
    fillMaildir(maildir, 400)
  })
  afterAll(async () => {
    await dovecot[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Some mail comes, some leaves. */
  function change(round: number): void {
    fillMaildir(maildir, 25, { from: 1000 + round * 25 })
    const cur = join(maildir, 'cur')
    for (const file of readdirSync(cur).slice(0, 5)) rmSync(join(cur, file))
  }

  it(
    'as a first pull or as a refresh, loses nothing, doubles nothing, and goes on to the same mail',
    async () => {
      const wrong: string[] = []
      let root = ''
      let cut = 0
      for (let round = 0; round < kills; round++) {
        if (round % roundsOfOneArchive === 0) root = makeArchive(folder, `archive ${round}`)
        else change(round)
        if (await pullAndKill(root, dovecot.ports.imap, Math.random() * 400)) cut++
        ;(await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: Date.now })).close()
        const contents = await readArchive(root)
        wrong.push(...contents.verify.damage.map(({ problem }) => `round ${round}: ${problem}`))
        const hashes = hashesIn(contents, 'INBOX')
        if (new Set(hashes).size !== hashes.length) wrong.push(`round ${round}: a message is there twice`)
        if (round % roundsOfOneArchive !== roundsOfOneArchive - 1 && round !== kills - 1) continue
        await pull(root, labMailbox(user, dovecot.ports.imap), password)
        const whole = hashesIn(await readArchive(root), 'INBOX')
        if (whole.join() !== hashMaildir(maildir).join())
          wrong.push(`round ${round}: not what the server has`)
      }
      expect([wrong, cut > 0]).toEqual([[], true])
    },
    60_000 + kills * 6_000,
  )
})

/** Starts a pull in its own process and kills it so long after it began; true when it had not come to its end. */
async function pullAndKill(root: string, port: number, afterMs: number): Promise<boolean> {
  const pulling = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', child, root, String(port), user, password],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let said = ''
  pulling.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (said === '') setTimeout(() => pulling.kill('SIGKILL'), afterMs)
    said += text
  })
  await new Promise((resolve) => pulling.once('close', resolve))
  return !said.includes('end')
}
