import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { InputOf } from '../../../core/contract/index.ts'
import { createInlineDbClient } from '../../../db/inline-client.ts'
import { fillArchive, makeArchive } from '../../helpers/archive.ts'
import { hostileLetters } from '../../helpers/hostile-letters.ts'
import { fillMaildir } from '../../helpers/maildir.ts'
import { labPassword, startRestoreLab } from '../../helpers/restore-lab.ts'
import type { RestoreLab } from '../../helpers/restore-lab.ts'
import { createTestDesk } from '../../helpers/test-desk.ts'
import { memoryKeychain } from '../../helpers/keychains.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const from = 'ana@lab.test'
const to = 'ben@lab.test'

describeWith(['dovecot'], 'a recovery drill', () => {
  let lab: RestoreLab
  let folder: string
  beforeEach(async () => {
    lab = await startRestoreLab([from, to])
    folder = mkdtempSync(join(tmpdir(), 'drill-test-'))
  })
  afterEach(async () => {
    await lab[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  const drill = async (input: InputOf<'restore.drill'>) => {
    const { runId, drillId } = await lab.desk.call('restore.drill', input)
    const { outcome } = await lab.desk.finished(runId)
    const { drills } = await lab.desk.call('restore.drills', { archiveId: input.archiveId })
    return { drillId, outcome, summary: drills.find((one) => one.drillId === drillId) }
  }
  const mailbox = () => ({ kind: 'mailbox' as const, mailboxId: lab.mailboxId(to) })
  const foldersOf = async (address: string) => {
    const { folders } = await lab.desk.call('archive.serverFolders', { mailboxId: lab.mailboxId(address) })
    return folders.map(({ path }) => path).filter((path) => path.startsWith('Mail Desk'))
  }

  it('restores a sample, fetches it back, compares, measures, cleans up, and signs what it found', async () => {
    fillMaildir(lab.dovecot.maildirOf(from), 80)
    fillMaildir(lab.dovecot.maildirOf(from), 20, { folder: 'Sent', from: 200 })
    const archiveId = await lab.archive(from)
    const { drillId, summary } = await drill({ archiveId, target: mailbox(), sampleCount: 30, seed: 7 })
    const again = await drill({ archiveId, target: mailbox(), sampleCount: 30, seed: 7 })
    const files = await lab.desk.call('restore.exportDrill', { drillId, destination: folder })
    const check = await lab.desk.call('restore.verifyDrill', { path: files.json })
    const forged = join(folder, 'forged.json')
    writeFileSync(forged, readFileSync(files.json, 'utf8').replace('\\"identical\\":', '\\"identical\\":1'))
    const record = summary?.record
    expect({
      verdict: record?.verdict,
      sample: [record?.sample.messages, record?.sample.seed, record?.archive.messages],
      same: again.summary?.record?.sample.digest === record?.sample.digest,
      counts: record?.counts,
      measured: [record?.recovery.messagesPerSecond, record?.recovery.wholeArchiveMs].every(
        (n) => (n ?? 0) > 0,
      ),
      point: record?.recoveryPoint.folders.find(({ path }) => path === 'Sent')?.missing,
      cleaned: [summary?.cleanedUp, await foldersOf(to)],
      check: [check.valid, check.fingerprint === summary?.signedBy],
      forged: (await lab.desk.call('restore.verifyDrill', { path: forged })).problem,
      page: readFileSync(files.html, 'utf8').includes('What was not proved'),
    }).toEqual({
      verdict: 'pass',
      sample: [expect.any(Number), 7, 100],
      same: true,
      counts: {
        identical: record?.sample.messages,
        altered: 0,
        different: 0,
        refused: 0,
        unreadable: 0,
        missing: 0,
      },
      measured: true,
      point: 0,
      cleaned: [true, []],
      check: [true, true],
      forged: 'The signature does not hold: the record was changed after it was signed.',
      page: true,
    })
    expect(record?.sample.messages).toBeGreaterThanOrEqual(31)
  })

  it('says exactly what a server changes', async () => {
    const root = makeArchive(folder, 'hostile')
    await fillArchive(root, 'Odd', Object.values(hostileLetters))
    const { archiveId } = await lab.desk.call('archive.open', { path: root })
    const onServer = await drill({ archiveId, target: mailbox(), sampleCount: null })
    const files = { kind: 'files' as const, format: 'eml' as const, path: join(folder, 'out') }
    mkdirSync(files.path)
    const onDisk = await drill({ archiveId, target: files, sampleCount: null })
    const letters = Object.keys(hostileLetters).length
    expect([
      onServer.summary?.record?.verdict,
      onServer.summary?.record?.counts,
      onServer.summary?.record?.findings.map(({ what, words }) => [what, words]).toSorted(),
      onDisk.summary?.record?.counts.identical,
      existsSync(onDisk.summary?.record?.target.scratch ?? folder),
    ]).toEqual([
      'warning',
      { identical: letters - 2, altered: 2, different: 0, refused: 0, unreadable: 0, missing: 0 },
      [
        ['altered', 'Line ends were changed; the body is the same.'],
        ['altered', 'NUL bytes were replaced; the body is the same.'],
      ],
      letters,
      false,
    ])
  })

  it('leaves nothing behind that the next start does not find', async () => {
    fillMaildir(lab.dovecot.maildirOf(from), 5)
    const archiveId = await lab.archive(from)
    const db = createInlineDbClient(join(folder, 'desk.sqlite'))
    const keychain = memoryKeychain()
    const first = await createTestDesk({ dataDir: folder, db, keychain })
    const imap = { host: '127.0.0.1', port: lab.dovecot.ports.imap, security: 'none' as const }
    const { mailboxId } = await first.call('accounts.add', {
      name: to,
      email: to,
      mailbox: { address: to, username: to, imap },
      secret: labPassword,
      remember: true,
    })
    const scratch = 'Mail Desk drill deadbeef'
    const facts = { archiveId, targetName: to, runId: 'r', startedAtMs: 1 }
    await db.drills.putDrill({
      ...facts,
      drillId: 'killed',
      scratch: { kind: 'mailbox', mailboxId: mailboxId ?? '', folder: scratch },
    })
    const path = join(folder, scratch)
    mkdirSync(join(path, 'sample'), { recursive: true })
    await db.drills.putDrill({ ...facts, drillId: 'killed too', scratch: { kind: 'files', path } })
    fillMaildir(lab.dovecot.maildirOf(to), 3, { folder: scratch })
    await db.drills.interruptDrills(2)
    const cleaned = await first.call('restore.cleanUp', {})
    await first.dispose()
    expect([cleaned, await foldersOf(to), existsSync(path)]).toEqual([{ removed: 2, left: [] }, [], false])
  })
})
