import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ArchiveReport } from '../../../core/archive/reports.ts'
import { copyDiffers } from '../../helpers/archive-copies.ts'
import { makeCertificates } from '../../helpers/certificates.ts'
import { failureOf } from '../../helpers/failure-of.ts'
import { fillMaildir } from '../../helpers/maildir.ts'
import { startDovecot } from '../../helpers/servers/dovecot.ts'
import type { Dovecot } from '../../helpers/servers/dovecot.ts'
import { createTestDesk } from '../../helpers/test-desk.ts'
import type { TestDesk } from '../../helpers/test-desk.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const user = 'nils@lab.test'
const password = 'cleat 4'
const count = 25

describeWith(['dovecot'], 'an archive that is kept safe', () => {
  let dovecot: Dovecot
  let desk: TestDesk
  let mailboxId: string
  let archiveId: string
  let root: string
  let copyPath: string

  beforeEach(async () => {
    const { valid } = await makeCertificates(['localhost'])
    dovecot = await startDovecot({ users: [{ name: user, password }], certificate: valid })
    fillMaildir(dovecot.maildirOf(user), count)
    desk = await createTestDesk()
    const imap = { host: '127.0.0.1', port: dovecot.ports.imap, security: 'none' } as const
    const mailbox = { address: user, username: user, imap }
    const person = { name: 'Nils', email: user, mailbox, secret: password, remember: false }
    mailboxId = (await desk.call('accounts.add', person)).mailboxId ?? ''
    const archive = await desk.call('archive.create', { name: 'Nils' })
    ;({ archiveId, path: root } = archive)
    copyPath = join(desk.dataDir, 'nas', 'copy of Nils')
  })
  afterEach(async () => {
    await desk.dispose()
    await dovecot[Symbol.asyncDispose]()
  })

  const run = async <K extends ArchiveReport['kind']>(kind: K, { runId }: { readonly runId: string }) => {
    const { state, outcome } = await desk.finished(runId)
    if (state !== 'done') throw new Error(`The run ended ${state}: ${outcome ?? ''}`)
    const { report } = await desk.call('archive.report', { runId })
    if (report.kind !== kind) throw new Error(`The report is of a ${report.kind}`)
    return { outcome: outcome ?? '', report: report as Extract<ArchiveReport, { readonly kind: K }> }
  }
  const pull = async () => run('pull', await desk.call('archive.pull', { archiveId, mailboxId }))
  const verify = async () => (await run('verify', await desk.call('archive.verify', { archiveId }))).report
  const repair = async (dryRun = false) =>
    run('repair', await desk.call('archive.repair', { archiveId, dryRun }))
  const packFile = () => {
    const [name = ''] = readdirSync(join(root, 'packs'))
    return join(root, 'packs', name)
  }
  const damageMiddle = () => {
    const bytes = readFileSync(packFile())
    const middle = Math.floor(bytes.length / 2)
    bytes[middle] = (bytes[middle] ?? 0) ^ 0x10
    writeFileSync(packFile(), bytes)
  }

  it('has a second copy that follows a pull by itself, and says how it stands', async () => {
    const added = await desk.call('archive.addCopy', { archiveId, path: copyPath })
    const { outcome } = await pull()
    const { copies } = await desk.call('archive.safety', { archiveId })
    expect([added.state, outcome.includes('the copy is in step'), copies.map((one) => one.state)]).toEqual([
      'behind',
      true,
      ['in_step'],
    ])
    expect([
      copyDiffers(root, copyPath),
      await failureOf(() => desk.call('archive.open', { path: copyPath })),
    ]).toEqual([[], 'archive.is_copy'])
  })

  it('is repaired from the server where there is no copy, and is whole by verify afterwards', async () => {
    await pull()
    damageMiddle()
    const found = await verify()
    const dry = await repair(true)
    const done = await repair()
    const after = await verify()
    const { folders } = await desk.call('archive.folders', { archiveId })
    expect([
      found.damage.map(({ folder, kind }) => [folder, kind]),
      dry.report.items.map(({ outcome }) => outcome),
      done.report.items.map(({ outcome, says }) => [outcome, says]),
      [after.damage, after.settled, after.messages],
      folders.find(({ path }) => path === 'INBOX')?.messageCount,
    ]).toEqual([
      [['INBOX', 'message']],
      ['stored_again'],
      [['stored_again', `stored once more, from INBOX of ${user} on the server`]],
      [[], 1, count],
      count,
    ])
  })

  it('says what is lost when nobody has it any more', async () => {
    await pull()
    damageMiddle()
    fillMaildirAnew()
    const { report, outcome } = await repair()
    expect([
      report.items.map((item) => item.outcome),
      report.items[0]?.says.includes('cannot be read'),
      outcome,
    ]).toEqual([['lost'], true, '1 damaged place nobody has whole.'])
  })
  const fillMaildirAnew = () => {
    for (const part of ['cur', 'new'])
      for (const name of readdirSync(join(dovecot.maildirOf(user), part)))
        rmSync(join(dovecot.maildirOf(user), part, name))
  }

  it('is scrubbed, and its history says so, in words, with a chain that holds and can be signed', async () => {
    await pull()
    const { outcome, report } = await run('scrub', await desk.call('archive.scrub', { archiveId }))
    const signed = await desk.call('archive.signLedger', { archiveId })
    const { lines, broken, signatures } = await desk.call('archive.ledger', { archiveId })
    expect([report.damage, report.messages, outcome.includes('everything matched')]).toEqual([
      [],
      count,
      true,
    ])
    expect([broken, signatures, lines.map(({ entry }) => entry.kind).slice(0, 2)]).toEqual([
      null,
      [{ seq: signed.seq, signs: signed.signs, fingerprint: signed.fingerprint, holds: true }],
      ['signed', 'scrubbed'],
    ])
  })

  it('shows a history that was changed afterwards, and where', async () => {
    await pull()
    const file = join(root, 'ledger.jsonl')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"name":"Nils"', '"name":"Nobody"'))
    const { broken } = await desk.call('archive.ledger', { archiveId })
    const { ledgerProblems } = await verify()
    expect([broken?.line, ledgerProblems.length]).toEqual([2, 1])
  })

  it('lives on in its copy when it is gone itself', async () => {
    await desk.call('archive.addCopy', { archiveId, path: copyPath })
    await pull()
    const before = await desk.call('archive.messages', { archiveId })
    const refused = await failureOf(() => desk.call('archive.promoteCopy', { path: copyPath }))
    rmSync(root, { recursive: true })
    const { runId } = await desk.call('archive.promoteCopy', { path: copyPath })
    await desk.finished(runId)
    const after = await desk.call('archive.messages', { archiveId })
    const { damage } = await verify()
    expect([refused, after.messages.map((one) => one.sha256), damage]).toEqual([
      'record.conflict',
      before.messages.map((one) => one.sha256),
      [],
    ])
    // It is an archive in its own right: mail can be pulled into it.
    expect((await pull()).report.folders.every(({ unfinished }) => unfinished === null)).toBe(true)
  })

  it('has a copy that is checked, mended, and deleted with its files only when asked', async () => {
    const { copyId } = await desk.call('archive.addCopy', { archiveId, path: copyPath })
    await pull()
    const pack = join(copyPath, 'packs', readdirSync(join(copyPath, 'packs'))[0] ?? '')
    const bytes = readFileSync(pack)
    bytes[500] = (bytes[500] ?? 0) ^ 1
    writeFileSync(pack, bytes)
    const checked = await run('copy', await desk.call('archive.verifyCopy', { copyId }))
    const damaged = (await desk.call('archive.safety', { archiveId })).copies[0]?.state
    const mended = await run('copy', await desk.call('archive.syncCopy', { copyId, mend: true }))
    const whole = (await desk.call('archive.safety', { archiveId })).copies[0]?.state
    await desk.call('archive.removeCopy', { copyId, deleteFiles: true })
    expect([checked.report.problems.length, damaged, mended.report.mended, whole]).toEqual([
      1,
      'damaged',
      1,
      'in_step',
    ])
    expect(await failureOf(() => desk.call('archive.open', { path: copyPath }))).toBe(
      'archive.not_an_archive',
    )
  })
})
