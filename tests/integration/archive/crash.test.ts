import { spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { hashesIn, readArchive } from '../../helpers/archive-contents.ts'
import { labMailbox, makeArchive, pull } from '../../helpers/archive.ts'
import { makeCertificates } from '../../helpers/certificates.ts'
import { startCuttingProxy } from '../../helpers/cutting-proxy.ts'
import { fillMaildir, hashMaildir } from '../../helpers/maildir.ts'
import { startDovecot } from '../../helpers/servers/dovecot.ts'
import type { Dovecot } from '../../helpers/servers/dovecot.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const user = 'rolf@lab.test'
const password = 'belay 2'
const messages = 3000

describeWith(['dovecot'], 'a pull that is cut off', () => {
  let dovecot: Dovecot
  let folder: string
  let root: string
  let maildir: string
  const pullNow = (port = dovecot.ports.imap) => pull(root, labMailbox(user, port), password)

  beforeAll(async () => {
    const { valid } = await makeCertificates(['localhost'])
    dovecot = await startDovecot({ users: [{ name: user, password }], certificate: valid })
    maildir = dovecot.maildirOf(user)
    // Big enough for several slabs, so that a kill may fall before, within and after a commit.
    fillMaildir(maildir, messages, { message: (n) => bulky(n) })
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'archive-test-'))
    root = makeArchive(folder)
    return () => rmSync(folder, { recursive: true, force: true })
  })
  afterAll(() => dovecot[Symbol.asyncDispose]())

  it('by kill -9 at any moment loses nothing reported and resumes to the same result', async () => {
    const kills: { reported: number; kept: number; damage: number }[] = []
    for (const afterMs of [0, 3, 10, 20, 35, 60, 100, 150]) {
      const reported = await pullAndKill(root, dovecot.ports.imap, afterMs)
      if (reported === null) break
      // The next writer recovers what the kill left behind; a pull with no server to reach does just that.
      await pull(root, labMailbox(user, 1), password)
      const { verify, messages: kept } = await readArchive(root)
      kills.push({ reported, kept: kept.length, damage: verify.damage.length })
    }
    const { ended } = await pullNow()
    const contents = await readArchive(root)
    const losses = kills.filter(({ reported, kept, damage }) => kept < reported || damage > 0)
    expect([losses, ended, contents.verify.damage, hashesIn(contents, 'INBOX')]).toEqual([
      [],
      null,
      [],
      hashMaildir(maildir),
    ])
    expect(kills.length).toBeGreaterThan(2)
  }, 120_000)

  it('with half a record at the end of a pack puts it aside and stores the message anew', async () => {
    await pullNow()
    const pack = join(root, 'packs', readdirSync(join(root, 'packs'))[0]!)
    // As a crash leaves it: neither index nor ledger had heard of the last record.
    for (const name of ['index.sqlite', 'index.sqlite-wal', 'index.sqlite-shm', 'ledger.jsonl'])
      rmSync(join(root, name), { force: true })
    truncateSync(pack, statSync(pack).size - 700)
    const { report } = await pullNow()
    const contents = await readArchive(root)
    const fetched = report.folders.reduce((sum, one) => sum + one.newMessages, 0)
    expect([
      fetched > 0 && fetched < 5,
      readdirSync(join(root, 'quarantine')).length,
      contents.verify.damage,
      hashesIn(contents, 'INBOX'),
    ]).toEqual([true, 1, [], hashMaildir(maildir)])
  })

  it('with foreign bytes at the end of a pack puts them aside', async () => {
    await pullNow()
    const pack = join(root, 'packs', readdirSync(join(root, 'packs'))[0]!)
    appendFileSync(pack, Buffer.alloc(5000, 7))
    const { ended } = await pullNow()
    const contents = await readArchive(root)
    expect([
      ended,
      readdirSync(join(root, 'quarantine')).length,
      contents.verify.damage,
      hashesIn(contents, 'INBOX'),
    ]).toEqual([null, 1, [], hashMaildir(maildir)])
  })

  it('by a connection that breaks again and again goes on where it was', async () => {
    await using proxy = await startCuttingProxy(
      dovecot.ports.imap,
      [400, 3_000, 900_000, 5_000_000, 9_000_001],
    )
    const { ended } = await pullNow(proxy.port)
    const contents = await readArchive(root)
    // How much goes over which of several connections is theirs: the last may not come to its cut.
    expect([ended, proxy.cuts() >= 4, contents.messages.length, hashesIn(contents, 'INBOX')]).toEqual([
      null,
      true,
      messages,
      hashMaildir(maildir),
    ])
  })

  it('by somebody keeps what was stored and goes on from there', async () => {
    const stop = new AbortController()
    let reported = 0
    const { ended } = await pull(root, labMailbox(user, dovecot.ports.imap), password, {
      signal: stop.signal,
      onProgress: (done) => {
        reported = done
        stop.abort(new DOMException('enough', 'AbortError'))
      },
    })
    const { messages: kept } = await readArchive(root)
    await pullNow()
    const contents = await readArchive(root)
    expect([
      ended?.name,
      kept.length >= reported && reported > 0 && kept.length < messages,
      hashesIn(contents, 'INBOX'),
    ]).toEqual(['AbortError', true, hashMaildir(maildir)])
  })

  it('does not write while another one writes', async () => {
    const [one, two] = await Promise.allSettled([pullNow(), pullNow()])
    const refused = [one, two].flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    )
    expect(refused).toMatchObject([{ code: 'archive.busy' }])
  })
})

function bulky(n: number): Buffer {
  const line = `${'harbour master of line '.repeat(3)}${n}\r\n`
  return Buffer.from(
    `From: a@b.example\r\nSubject: bulky ${n}\r\nMessage-ID: <${n}@bulk>\r\n\r\n${line.repeat(40 + (n % 90) * 4)}`,
  )
}

/** Starts a pull in its own process and kills it; resolves to what it had reported, null when it came to its end. */
async function pullAndKill(root: string, port: number, afterMs: number): Promise<number | null> {
  const script = join(import.meta.dirname, '../../helpers/pull-child.ts')
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, root, String(port), user, password],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const first = output === ''
    output += text
    // Counted from the first report: how long a process takes to start says nothing.
    if (first) setTimeout(() => child.kill('SIGKILL'), afterMs)
  })
  await new Promise((resolve) => child.once('close', resolve))
  const lines = output.split('\n').slice(0, -1)
  return lines.includes('end') ? null : Number(lines.at(-1) ?? 0)
}
