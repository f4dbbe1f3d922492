import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeArchive } from '../../helpers/archive.ts'
import { makeCertificates } from '../../helpers/certificates.ts'
import { fillMaildir } from '../../helpers/maildir.ts'
import { startDovecot } from '../../helpers/servers/dovecot.ts'
import type { Dovecot } from '../../helpers/servers/dovecot.ts'
import { measureCli, runCli } from '../../helpers/run-cli.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const user = 'olga@lab.test'
const password = 'large 1'
const largeBytes = 200_000_000
/** What it may take beside what the same work takes for a message of 1 MB: some chunks, and what waits to be collected. */
const allowedBytes = 120_000_000
/** Of a whole command from its sources, which is some 40 MB more than built. */
const commandBytes = 300_000_000

describeWith(['dovecot'], 'a message of 200 MB', () => {
  let dovecot: Dovecot
  let folder: string
  beforeAll(async () => {
    const { valid } = await makeCertificates(['localhost'])
    dovecot = await startDovecot({ users: [{ name: user, password }], certificate: valid })
    folder = mkdtempSync(join(tmpdir(), 'archive-test-'))
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await dovecot[Symbol.asyncDispose]()
  })

  const work = async (messageBytes: number) => {
    const sha256 = putMessage(dovecot.maildirOf(user), messageBytes)
    const script = join(import.meta.dirname, '../../helpers/large-child.ts')
    const root = makeArchive(folder, String(messageBytes))
    const child = [script, root, String(dovecot.ports.imap), user, password]
    const run = promisify(execFile)
    const { stdout } = await run(process.execPath, ['--disable-warning=ExperimentalWarning', ...child])
    const { found, peakBytes } = JSON.parse(stdout) as { found: unknown; peakBytes: number }
    return { sha256, found, peakBytes, left: readdirSync(root).includes('incoming') }
  }

  it('is pulled, verified, indexed anew and read to the byte, and memory does not grow with it', async () => {
    const small = await work(1_000_000)
    const large = await work(largeBytes)
    const { sha256 } = large
    expect([large.found, large.left]).toEqual([{ ended: null, failures: [], damage: 0, sha256 }, false])
    expect(large.peakBytes - small.peakBytes).toBeLessThan(allowedBytes)
  }, 120_000)

  it('takes the command line no more memory than it may, to pull and to verify', async () => {
    putMessage(dovecot.maildirOf(user), largeBytes)
    const desk = join(folder, 'desk')
    const imap = { host: '127.0.0.1', port: dovecot.ports.imap, security: 'none' }
    const mailbox = { address: user, username: user, imap, network: { dnsServers: [], trustedCaPem: null } }
    await runCli(desk, ['call', 'accounts.add', '-'], JSON.stringify({ name: 'Olga', email: user, mailbox }))
    const options = ['--mailbox', user, '--archive', 'drawings', '--password-env', 'PASSWORD']
    const pulled = await measureCli(desk, ['archive', 'pull', ...options, '--no-encryption'], password)
    const verified = await measureCli(desk, ['archive', 'verify', 'drawings'], password)
    expect([pulled.exitCode, verified.exitCode]).toEqual([0, 0])
    expect(Math.max(pulled.peakBytes, verified.peakBytes)).toBeLessThan(commandBytes)
  }, 120_000)
})

/** Makes it the only message of a Maildir, piece by piece; returns its hash. */
function putMessage(maildir: string, messageBytes: number): string {
  // One small message makes the folder; the large one is put over it, under a name without a stated size.
  fillMaildir(maildir, 1)
  const inbox = join(maildir, 'cur')
  for (const name of readdirSync(inbox)) rmSync(join(inbox, name))
  const fd = openSync(join(inbox, `1700000000.M${messageBytes}P1.lab:2,S`), 'w')
  const hash = createHash('sha256')
  const put = (bytes: Buffer) => {
    hash.update(bytes)
    writeSync(fd, bytes)
    return bytes.length
  }
  let written = put(Buffer.from('From: Olga <o@b.example>\r\nSubject: the drawings\r\n\r\nFrom here on:\r\n'))
  for (let n = 0; written < messageBytes; n++) {
    const line = createHash('sha512').update(String(n)).digest('base64').slice(0, 76)
    written += put(Buffer.from(`${line}\r\n`.repeat(5_000)))
  }
  closeSync(fd)
  return hash.digest('hex')
}
