import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ArchiveReport } from '../../../core/archive/reports.ts'
import { AppError } from '../../../core/errors.ts'
import { fillMaildir } from '../../helpers/maildir.ts'
import { makeCertificates } from '../../helpers/certificates.ts'
import { makeMessage } from '../../helpers/messages.ts'
import { startDovecot } from '../../helpers/servers/dovecot.ts'
import type { Dovecot } from '../../helpers/servers/dovecot.ts'
import { createTestDesk } from '../../helpers/test-desk.ts'
import type { TestDesk } from '../../helpers/test-desk.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const user = 'ivo@lab.test'
const password = 'anchor 3'

describeWith(['dovecot'], 'the archive through the contract', () => {
  let dovecot: Dovecot
  let desk: TestDesk
  let mailboxId: string
  let archiveId: string

  beforeEach(async () => {
    const { valid } = await makeCertificates(['localhost'])
    dovecot = await startDovecot({ users: [{ name: user, password }], certificate: valid })
    fillMaildir(dovecot.maildirOf(user), 40)
    desk = await createTestDesk()
    const imap = { host: '127.0.0.1', port: dovecot.ports.imap, security: 'none' } as const
    const mailbox = { address: user, username: user, imap }
    const added = await desk.call('accounts.add', {
      name: 'Ivo',
      email: user,
      mailbox,
      secret: password,
      remember: false,
    })
    mailboxId = added.mailboxId ?? ''
    archiveId = (await desk.call('archive.create', { name: 'Ivo: 2026' })).archiveId
  })
  afterEach(async () => {
    await desk.dispose()
    await dovecot[Symbol.asyncDispose]()
  })

  const reportOf = async ({
    runId,
  }: {
    runId: string
  }): Promise<{ outcome: string | null; report: ArchiveReport }> => {
    const job = await desk.finished(runId)
    return { outcome: job.outcome, report: (await desk.call('archive.report', { runId })).report }
  }
  const pull = async () => reportOf(await desk.call('archive.pull', { archiveId, mailboxId }))

  it('pulls, lists, finds and reads mail, and says in words what it did', async () => {
    const { outcome } = await pull()
    const summary = await desk.call('archive.get', { archiveId })
    const { folders } = await desk.call('archive.folders', { archiveId })
    const inbox = folders.find(({ path }) => path === 'INBOX')
    const page = await desk.call('archive.messages', { archiveId, folderId: inbox?.folderId ?? 0, limit: 3 })
    await desk.searchable(archiveId)
    const found = await desk.call('archive.search', { archiveId, text: 'ben+8' })
    const { occurrenceId } = found.messages[0]!
    const message = await desk.call('archive.readMessage', { archiveId, occurrenceId })
    const source = await desk.call('archive.readSource', { archiveId, occurrenceId })
    const attachment = await desk.call('archive.readAttachment', { archiveId, occurrenceId, index: 0 })
    expect({
      outcome,
      summary: [summary.state, summary.messageCount, summary.name],
      page: [page.total, page.messages.map(({ subject }) => subject.split(':')[0])],
      found: found.messages.map(({ to }) => to),
      message: [
        message.headers.length,
        message.html !== null,
        message.attachments.map(({ filename }) => filename),
      ],
      source: source.text === makeMessage(8).toString('latin1'),
      attachment: [attachment.filename, attachment.sizeBytes === message.attachments[0]?.sizeBytes],
    }).toEqual({
      outcome: expect.stringMatching(/^Archived 40 new messages \(.* kB\) from 6 folders\.$/) as string,
      summary: ['ready', 40, 'Ivo: 2026'],
      page: [40, ['39', '38', '37']],
      found: ['ben+8@lab.test'],
      message: [7, true, ['load.bin']],
      source: true,
      attachment: ['load.bin', true],
    })
  })

  it('verifies, exports, checks the bundle, opens it read-only, and keeps every report', async () => {
    await pull()
    const verified = await reportOf(await desk.call('archive.verify', { archiveId }))
    const started = await desk.call('archive.export', {
      archiveId,
      selection: { kind: 'folders', folderIds: [] },
      format: 'eml',
    })
    const exported = await reportOf(started)
    const checked = await reportOf(await desk.call('archive.verifyBundle', { path: started.path }))
    const opened = await desk.call('archive.open', { path: started.path })
    const again = await desk.call('archive.open', { path: started.path })
    await desk.searchable(opened.archiveId)
    const { messages } = await desk.call('archive.search', { archiveId: opened.archiveId, text: 'ben+8' })
    const { reports } = await desk.call('archive.reports', { archiveId })
    await expect(desk.call('archive.pull', { archiveId: opened.archiveId, mailboxId })).rejects.toMatchObject(
      { code: 'archive.read_only' },
    )
    expect([
      verified.report.kind === 'verify' && verified.report.damage,
      exported.report.kind === 'export' && exported.report.messages,
      checked.report.kind === 'bundle' && checked.report.problems,
      [opened.kind, opened.messageCount, again.archiveId === opened.archiveId],
      messages.length,
      reports.map(({ report }) => report.kind),
    ]).toEqual([[], 40, [], ['bundle', 40, true], 1, ['export', 'verify', 'pull']])
  })

  it('says that an index is missing, makes it anew, and has the same mail again', async () => {
    await pull()
    const { path } = await desk.call('archive.get', { archiveId })
    const list = () => desk.call('archive.messages', { archiveId, limit: 500 })
    const before = await list()
    await desk.call('archive.forget', { archiveId })
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(path, `index.sqlite${suffix}`), { force: true })
    const lost = await desk.call('archive.open', { path })
    const { report } = await reportOf(await desk.call('archive.rebuildIndex', { archiveId }))
    expect([lost.state, lost.messageCount, report, (await list()).messages]).toEqual([
      'index_missing',
      null,
      { kind: 'rebuild', messages: 40, occurrences: 40, damage: [] },
      before.messages,
    ])
  })

  it('refuses what is no archive, what is newer, and what is there already', async () => {
    const { path } = await desk.call('archive.get', { archiveId })
    const card = join(path, 'archive.json')
    const problems: unknown[] = []
    const note = async (work: Promise<unknown>) =>
      problems.push(
        await work.then(
          () => 'none',
          (error: unknown) => (error instanceof AppError ? error.code : error),
        ),
      )
    await note(desk.call('archive.open', { path: desk.dataDir }))
    await note(desk.call('archive.create', { name: 'x', path }))
    await note(desk.call('archive.get', { archiveId: 'nowhere' }))
    writeFileSync(
      card,
      JSON.stringify({
        format: 'mail-desk-archive',
        version: 99,
        archiveId,
        name: 'x',
        kind: 'archive',
        createdAtMs: 0,
      }),
    )
    await note(desk.call('archive.open', { path }))
    const { state } = await desk.call('archive.get', { archiveId })
    rmSync(path, { recursive: true })
    expect([problems, state, (await desk.call('archive.get', { archiveId })).state]).toEqual([
      ['archive.not_an_archive', 'record.conflict', 'record.not_found', 'archive.newer'],
      'newer',
      'not_found',
    ])
  })
})
