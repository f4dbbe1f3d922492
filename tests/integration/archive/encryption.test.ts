import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isUnfinished } from '../../../main/features/archive/keys/rewrite.ts'
import { dropAllKeys, holdKeys } from '../../../main/features/archive/keys/ring.ts'
import { readArchiveCard } from '../../../main/features/archive/store/folder.ts'
import { openArchiveWriter } from '../../../main/features/archive/store/writer.ts'
import { hashesIn, readArchive } from '../../helpers/archive-contents.ts'
import { archiveThread, labMailbox, makeArchive, pull } from '../../helpers/archive.ts'
import { makeCertificates } from '../../helpers/certificates.ts'
import { findPlaintext, makeEncryptedArchive } from '../../helpers/encrypted-archive.ts'
import type { EncryptedArchive } from '../../helpers/encrypted-archive.ts'
import { fillMaildir, hashMaildir, sha256 } from '../../helpers/maildir.ts'
import { makeMessage } from '../../helpers/messages.ts'
import { startDovecot } from '../../helpers/servers/dovecot.ts'
import type { Dovecot } from '../../helpers/servers/dovecot.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const user = 'ute@lab.test'
const password = 'sealed 4'
const words = ['harbour', 'lab.test', 'INBOX', 'bulky', 'b.example']

/** Runs a helper in its own process and kills it so long after its first word; null when it came to its end. */
async function runAndKill(
  script: string,
  args: readonly string[],
  archiveKey: Buffer,
  afterMs: number,
): Promise<'killed' | null> {
  const file = join(import.meta.dirname, '../../helpers', script)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ARCHIVE_KEY: archiveKey.toString('base64') },
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), afterMs)
    output += text
  })
  await new Promise((resolve) => child.once('close', resolve))
  return output.endsWith('end\n') ? null : 'killed'
}

describeWith(['dovecot'], 'a pull into an encrypted archive', () => {
  let dovecot: Dovecot
  let folder: string
  let archive: EncryptedArchive
  beforeAll(async () => {
    const { valid } = await makeCertificates(['localhost'])
    dovecot = await startDovecot({ users: [{ name: user, password }], certificate: valid })
    fillMaildir(dovecot.maildirOf(user), 1500, { message: bulky })
  })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'encryption-test-'))
    archive = makeEncryptedArchive(folder)
    return () => {
      dropAllKeys()
      rmSync(folder, { recursive: true, force: true })
    }
  })
  afterAll(() => dovecot[Symbol.asyncDispose]())

  it('that is killed at any moment leaves no word in the clear, loses nothing, and goes on', async () => {
    const { root, archiveKey } = archive
    const clear: (readonly string[])[] = []
    let kills = 0
    for (const afterMs of [0, 5, 20, 60, 120]) {
      const args = [root, String(dovecot.ports.imap), user, password]
      if ((await runAndKill('pull-child.ts', args, archiveKey, afterMs)) === 'killed') kills++
      clear.push(findPlaintext(root, words))
    }
    const thread = archiveThread()
    await thread.call('holdKeys', [root, archive.keys(), null])
    const { ended } = await pull(root, labMailbox(user, dovecot.ports.imap), password, { thread })
    const contents = await readArchive(root)
    expect([clear.flat(), ended, contents.verify.damage, hashesIn(contents, 'INBOX'), kills > 1]).toEqual([
      [],
      null,
      [],
      hashMaildir(dovecot.maildirOf(user)),
      true,
    ])
    expect(findPlaintext(root, words)).toEqual([])
  }, 120_000)
})

describe('writing a plain archive anew as an encrypted one', () => {
  it('that is killed at any moment changes nothing in the old one and goes on to the same mail', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'encryption-test-'))
    const from = makeArchive(folder, 'plain')
    const messages = Array.from({ length: 400 }, (_, n) => (n % 3 === 0 ? bulky(n) : makeMessage(n)))
    const { archiveId } = readArchiveCard(from)
    const writer = await openArchiveWriter({
      root: from,
      card: readArchiveCard(from),
      nowMs: () => 0,
      packTargetBytes: 40_000,
    })
    for (const [n, bytes] of messages.entries()) writer.append([{ at: place(n + 1), bytes }])
    writer.close()
    const to = makeEncryptedArchive(folder, 'sealed', archiveId)
    let kills = 0
    let left: boolean | null = null
    for (let afterMs = 0; ; afterMs += 25) {
      const outcome = await runAndKill('rewrite-child.ts', [from, to.root], to.archiveKey, afterMs)
      if (outcome === null) break
      kills++
      left = isUnfinished(to.root)
    }
    holdKeys(to.root, to.keys(), null)
    const [old, sealed] = [await readArchive(from), await readArchive(to.root)]
    const clear = findPlaintext(to.root, words)
    dropAllKeys()
    const hashes = messages.map((message) => sha256(message)).sort()
    expect({
      kills: kills > 1,
      unfinished: [left, isUnfinished(to.root)],
      packs: readdirSync(join(from, 'packs')).length > 3,
      old: [old.verify.damage, hashesIn(old, 'INBOX').length],
      sealed: [sealed.verify.damage, sealed.verify.ledgerProblems],
      same: JSON.stringify(hashesIn(sealed, 'INBOX')) === JSON.stringify(hashes),
      clear,
    }).toEqual({
      kills: true,
      unfinished: [true, false],
      packs: true,
      old: [[], 400],
      sealed: [[], []],
      same: true,
      clear: [],
    })
    rmSync(folder, { recursive: true, force: true })
  }, 180_000)
})

function bulky(n: number): Buffer {
  const line = `${'harbour master of line '.repeat(3)}${n}\r\n`
  return Buffer.from(
    `From: a@b.example\r\nSubject: bulky ${n}\r\nMessage-ID: <${n}@bulk>\r\n\r\n${line.repeat(40 + (n % 90) * 4)}`,
  )
}

function place(uid: number) {
  const where = { source: 'ana@b.example', folder: 'INBOX', uidValidity: '1', uid, flags: [] }
  return { ...where, internalDateMs: uid * 1000, archivedAtMs: 1 }
}
