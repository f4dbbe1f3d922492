import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { AppError } from '../../../core/errors.ts'
import { startCuttingProxy } from '../../helpers/cutting-proxy.ts'
import { fillMaildir } from '../../helpers/maildir.ts'
import { own } from '../../helpers/servers/instance.ts'
import { contentsOf, everything, startRestoreLab } from '../../helpers/restore-lab.ts'
import type { RestoreLab } from '../../helpers/restore-lab.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const from = 'ana@lab.test'
const to = 'ben@lab.test'

describeWith(['dovecot'], 'a restore that meets trouble', () => {
  let lab: RestoreLab
  afterEach(() => lab[Symbol.asyncDispose]())
  const request = (archiveId: string) => ({
    archiveId,
    selection: everything,
    target: { kind: 'mailbox' as const, mailboxId: lab.mailboxId(to) },
  })
  const bulky = (n: number) =>
    Buffer.from(
      `From: a@b.example\r\nMessage-ID: <${n}@bulk>\r\nSubject: ${n}\r\n\r\n${'harbour '.repeat(2_000)}\r\n`,
    )

  it('stops at a full mailbox, says so, and goes on when there is room', async () => {
    lab = await startRestoreLab([from, { name: to, quotaBytes: 1_200_000 }])
    fillMaildir(lab.dovecot.maildirOf(from), 60, { message: bulky })
    fillMaildir(lab.dovecot.maildirOf(from), 50, { folder: 'Ballast', from: 100, message: bulky })
    const archiveId = await lab.archive(from)
    const { folders } = await lab.desk.call('archive.folders', { archiveId })
    const only = (path: string) => ({
      kind: 'folders' as const,
      folderIds: folders.filter((folder) => folder.path === path).map(({ folderId }) => folderId),
    })
    const ballast = await lab.restore({ ...request(archiveId), selection: only('Ballast') })
    const inbox = { ...request(archiveId), selection: only('INBOX') }
    const tried = await lab.restore({ ...inbox, dryRun: true })
    const first = await lab.restore(inbox)
    const { runId } = await lab.desk.call('restore.undo', { restoreId: ballast.restoreId })
    await lab.desk.finished(runId)
    const second = await lab.resume(first.restoreId)
    const copy = await lab.archive(to)
    const [was, is] = await Promise.all([archiveId, copy].map((id) => contentsOf(lab.desk, id, 'INBOX')))
    expect({
      tried: [tried.report?.restored, tried.report?.fits],
      first: [first.report?.stopped?.reason, first.report?.restored, first.report?.notTried],
      second: [second.report?.stopped, second.report?.restored, second.report?.alreadyThere],
      is,
    }).toEqual({
      tried: [60, false],
      first: ['over_quota', 24, 36],
      second: [null, 60, 0],
      is: was,
    })
  })

  it('names the folder that it may not write to, and does the rest', async () => {
    lab = await startRestoreLab([from, to], {
      extraConfig:
        'mail_plugins = $mail_plugins acl\nprotocol imap {\n  mail_plugins = $mail_plugins acl\n}\nplugin {\n  acl = vfile\n}',
    })
    fillMaildir(lab.dovecot.maildirOf(from), 30)
    fillMaildir(lab.dovecot.maildirOf(from), 60, { folder: 'Closed', from: 100 })
    const archiveId = await lab.archive(from)
    fillMaildir(lab.dovecot.maildirOf(to), 1, { folder: 'Closed', from: 900 })
    const acl = join(lab.dovecot.maildirOf(to), '.Closed', 'dovecot-acl')
    writeFileSync(acl, 'owner lr\n')
    chmodSync(acl, 0o644)
    own(acl)
    const { report, items } = await lab.restore(request(archiveId))
    const refused = items.filter(({ state }) => state === 'refused')
    expect([
      report?.restored,
      refused.length,
      [...new Set(refused.map(({ reason }) => reason))],
      refused[0]?.words,
    ]).toEqual([30, 60, ['read_only'], expect.stringMatching(/NOPERM|ermission/)])
  })

  it('loses its connection again and again, and brings everything once', async () => {
    lab = await startRestoreLab([from, to])
    fillMaildir(lab.dovecot.maildirOf(from), 400, { message: bulky })
    const archiveId = await lab.archive(from)
    // The server's answers are short: a cut after so many bytes falls between or within appends.
    await using proxy = await startCuttingProxy(lab.dovecot.ports.imap, [2_400, 2_600, 2_900, 2_500, 3_300])
    const imap = { host: '127.0.0.1', port: proxy.port, security: 'none' as const }
    await lab.desk.call('accounts.editMailbox', { mailboxId: lab.mailboxId(to), imap })
    const { report } = await lab.restore(request(archiveId))
    const copy = await lab.archive(to)
    const [was, is] = await Promise.all([archiveId, copy].map((id) => contentsOf(lab.desk, id, 'INBOX')))
    expect([report?.restored, proxy.cuts() > 1, is]).toEqual([400, true, was])
  })

  it('is not begun twice into one mailbox at once', async () => {
    lab = await startRestoreLab([from, to])
    fillMaildir(lab.dovecot.maildirOf(from), 40)
    const archiveId = await lab.archive(from)
    const { runId } = await lab.desk.call('restore.start', request(archiveId))
    const second = await lab.desk.call('restore.start', request(archiveId)).catch((error: unknown) => error)
    await lab.desk.finished(runId)
    expect(second instanceof AppError ? second.code : second).toBe('record.conflict')
  })
})
