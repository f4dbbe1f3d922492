import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fillArchive, makeArchive } from '../../helpers/archive.ts'
import { hostileLetters } from '../../helpers/hostile-letters.ts'
import { fillMaildir, sha256 } from '../../helpers/maildir.ts'
import { addMailbox, contentsOf, everything, startRestoreLab } from '../../helpers/restore-lab.ts'
import type { RestoreLab } from '../../helpers/restore-lab.ts'
import { createTestDesk } from '../../helpers/test-desk.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const from = 'ana@lab.test'
const to = 'ben@lab.test'
const letters = Object.values(hostileLetters)

describeWith(['dovecot'], 'a restore to another mailbox', () => {
  let lab: RestoreLab
  let archiveId: string

  beforeEach(async () => {
    lab = await startRestoreLab([from, to])
    const maildir = lab.dovecot.maildirOf(from)
    fillMaildir(maildir, 120)
    fillMaildir(maildir, 60, { folder: 'Sent', from: 500 })
    fillMaildir(maildir, 30, { folder: 'Projects/Crane 7/Plans', from: 700 })
    fillMaildir(maildir, letters.length, { folder: 'Odd', from: 0, message: (n) => letters[n]! })
    // The same message twice in one folder is two messages.
    fillMaildir(maildir, 1, { folder: 'Sent', from: 0, startMs: 0 })
    fillMaildir(maildir, 1, { folder: 'Sent', from: 0, startMs: 60_000 })
    archiveId = await lab.archive(from)
  })
  afterEach(() => lab[Symbol.asyncDispose]())
  const target = () => ({ kind: 'mailbox', mailboxId: lab.mailboxId(to) }) as const
  const request = () => ({ archiveId, selection: everything, target: target() })

  it('brings every message back byte for byte with its flags and date, and a second one adds nothing', async () => {
    const tried = await lab.restore({ ...request(), dryRun: true })
    const first = await lab.restore(request())
    const second = await lab.restore(request())
    // Another desk has no ledger; what the folders have tells it the same.
    await using other = await createTestDesk()
    const mailboxId = await addMailbox(other, to, lab.dovecot.ports.imap)
    const { path } = await lab.desk.call('archive.get', { archiveId })
    const opened = await other.call('archive.open', { path })
    const elsewhere = await other.call('restore.start', {
      archiveId: opened.archiveId,
      selection: everything,
      target: { kind: 'mailbox', mailboxId },
    })
    await other.finished(elsewhere.runId)
    const third = await other.call('restore.get', { restoreId: elsewhere.restoreId })
    const copy = await lab.archive(to)
    const folders = ['INBOX', 'Sent', 'Projects/Crane 7/Plans']
    const [was, is] = await Promise.all(
      [archiveId, copy].map((id) => Promise.all(folders.map((folder) => contentsOf(lab.desk, id, folder)))),
    )
    expect({
      counts: [tried, first, second, { report: third.report }].map(({ report }) => [
        report?.restored,
        report?.alreadyThere,
        report?.refused,
      ]),
      is,
    }).toEqual({
      counts: [
        [224, 0, 0],
        [224, 0, 0],
        [0, 224, 0],
        [0, 224, 0],
      ],
      is: was,
    })
  })

  it('brings hostile mail back byte for byte, but for what Dovecot cannot store: NUL bytes and bare line feeds', async () => {
    const root = makeArchive(lab.desk.dataDir, 'hostile')
    await fillArchive(root, 'Odd', letters)
    const opened = await lab.desk.call('archive.open', { path: root })
    const { report } = await lab.restore({ ...request(), archiveId: opened.archiveId })
    const again = await lab.restore({ ...request(), archiveId: opened.archiveId })
    const copy = await lab.archive(to)
    const got = (await contentsOf(lab.desk, copy, 'Odd')).map((line) => line.slice(0, 64))
    const kept = Object.entries(hostileLetters).filter(([, bytes]) => !got.includes(sha256(bytes)))
    const stored = kept.map(([, bytes]) =>
      bytes.toString('latin1').replaceAll('\0', '\x80').replace(/\r?\n/g, '\r\n'),
    )
    expect([
      [report?.restored, report?.refused, again.report?.restored],
      kept.map(([name]) => name),
      stored.map((text) => got.includes(sha256(Buffer.from(text, 'latin1')))),
    ]).toEqual([
      [letters.length, 0, 0],
      ['NUL bytes', 'bare line feeds'],
      [true, true],
    ])
  })

  it('can be taken back, and takes nothing else along', async () => {
    const { folders } = await lab.desk.call('archive.folders', { archiveId })
    const sent = folders.find(({ path }) => path === 'Sent')!
    const selection = { kind: 'folders' as const, folderIds: [sent.folderId] }
    fillMaildir(lab.dovecot.maildirOf(to), 5, { folder: 'Sent', from: 900 })
    const first = await lab.restore({ ...request(), selection })
    const { runId } = await lab.desk.call('restore.undo', { restoreId: first.restoreId })
    const { outcome } = await lab.desk.finished(runId)
    const copy = await lab.archive(to)
    const { counts } = await lab.desk.call('restore.items', { restoreId: first.restoreId })
    expect([outcome, (await contentsOf(lab.desk, copy, 'Sent')).length, counts]).toEqual([
      'Removed 62 of 62 messages that the restore had added.',
      5,
      { removed: 62 },
    ])
  })

  it('maps folders: below a prefix, to the target’s own Sent, and to names of its own choice', async () => {
    const below = await lab.restore({ ...request(), options: { prefix: 'Restored 2026-11-24' } })
    const preview = await lab.desk.call('restore.preview', {
      ...request(),
      options: { folders: [{ source: from, path: 'Odd', target: 'Strange mail' }] },
    })
    expect([
      below.report?.folders.filter(({ restored }) => restored > 0).map((one) => [one.target, one.restored]),
      preview.folders
        .filter(({ messages }) => messages > 0)
        .map((one) => [one.path, one.target, one.how, one.exists]),
      [preview.messages, preview.fits, preview.undoable],
    ]).toEqual([
      [
        ['Restored 2026-11-24/INBOX', 120],
        ['Restored 2026-11-24/Odd', 12],
        ['Restored 2026-11-24/Projects/Crane 7/Plans', 30],
        ['Restored 2026-11-24/Sent', 62],
      ],
      [
        ['INBOX', 'INBOX', 'same_name', true],
        ['Odd', 'Strange mail', 'chosen', false],
        ['Projects/Crane 7/Plans', 'Projects/Crane 7/Plans', 'same_name', false],
        ['Sent', 'Sent', 'special_use', true],
      ],
      [224, true, true],
    ])
  })

  it('leaves out what was no longer on the server, when asked to', async () => {
    const cur = join(lab.dovecot.maildirOf(from), 'cur')
    for (const name of readdirSync(cur).slice(0, 20)) rmSync(join(cur, name))
    const { runId } = await lab.desk.call('archive.pull', { archiveId, mailboxId: lab.mailboxId(from) })
    await lab.desk.finished(runId)
    const counts = async (leaveOutGone: boolean) =>
      (await lab.desk.call('restore.preview', { ...request(), options: { leaveOutGone } })).messages
    expect([await counts(false), await counts(true)]).toEqual([224, 204])
  })
})
