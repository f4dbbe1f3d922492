import { mkdtempSync, readFileSync, renameSync, rmSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hashesIn, hashWithPython, readArchive, unpackWithZstd } from '../../helpers/archive-contents.ts'
import { labMailbox, makeArchive, pull } from '../../helpers/archive.ts'
import { makeCertificates } from '../../helpers/certificates.ts'
import { fillMaildir, hashMaildir } from '../../helpers/maildir.ts'
import { startDovecot } from '../../helpers/servers/dovecot.ts'
import type { Dovecot } from '../../helpers/servers/dovecot.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const user = 'mara@lab.test'
const password = 'keel over 1'

describeWith(['dovecot'], 'pulling a mailbox from Dovecot', () => {
  let dovecot: Dovecot
  let folder: string
  let root: string
  let maildir: string
  const pullNow = () => pull(root, labMailbox(user, dovecot.ports.imap), password)

  beforeEach(async () => {
    const { valid } = await makeCertificates(['localhost'])
    dovecot = await startDovecot({ users: [{ name: user, password }], certificate: valid })
    folder = mkdtempSync(join(tmpdir(), 'archive-test-'))
    root = makeArchive(folder)
    maildir = dovecot.maildirOf(user)
  })
  afterEach(async () => {
    await dovecot[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  const tally = async () => {
    const { report, ended } = await pullNow()
    if (ended !== null) throw ended
    const inbox = report.folders.find(({ path }) => path === 'INBOX')
    const { newMessages, alreadyStored, rematched, flagChanges, gone, failures, unfinished } = inbox!
    return { newMessages, alreadyStored, rematched, flagChanges, gone, failures, unfinished }
  }
  const nothing = {
    newMessages: 0,
    alreadyStored: 0,
    rematched: 0,
    flagChanges: 0,
    gone: 0,
    failures: [],
    unfinished: null,
  }

  it('archives every folder byte for byte, stores equal messages once, and is a valid mbox without us', async () => {
    fillMaildir(maildir, 300)
    fillMaildir(maildir, 40, { folder: 'Sent', from: 100 })
    fillMaildir(maildir, 20, { folder: 'Projects/&ANY-l', from: 1000 })
    await pullNow()
    const contents = await readArchive(root)
    const mbox = join(folder, 'all.mbox')
    writeFileSync(mbox, unpackWithZstd(root))
    const own = contents.messages.map((message) => message.sha256)
    expect({
      inbox: hashesIn(contents, 'INBOX'),
      sent: hashesIn(contents, 'Sent'),
      oil: hashesIn(contents, 'Projects/Öl'),
      verify: contents.verify,
      python: hashWithPython(mbox),
    }).toEqual({
      inbox: hashMaildir(maildir),
      sent: hashMaildir(maildir, 'Sent'),
      oil: hashMaildir(maildir, 'Projects/&ANY-l'),
      verify: { ...contents.verify, messages: 320, damage: [] },
      python: [...new Set(own)].sort(),
    })
  })

  it('downloads nothing when nothing is new, only what is new, and records flags and what left', async () => {
    fillMaildir(maildir, 50)
    const first = await tally()
    const second = await tally()
    fillMaildir(maildir, 7, { from: 50 })
    const third = await tally()
    const [one = '', two = ''] = readdirSync(join(maildir, 'cur')).filter((name) => name.endsWith(':2,S'))
    renameSync(join(maildir, 'cur', one), join(maildir, 'cur', one.replace(':2,S', ':2,RS')))
    rmSync(join(maildir, 'cur', two))
    const fourth = await tally()
    const fifth = await tally()
    const contents = await readArchive(root)
    expect([
      first,
      second,
      third,
      fourth,
      fifth,
      contents.messages.length,
      hashesIn(contents, 'INBOX'),
    ]).toEqual([
      { ...nothing, newMessages: 50 },
      nothing,
      { ...nothing, newMessages: 7 },
      { ...nothing, flagChanges: 1, gone: 1 },
      nothing,
      57,
      hashMaildir(maildir),
    ])
  })

  it('recognises a renumbered folder without downloading it, and still gets what is new', async () => {
    fillMaildir(maildir, 60)
    await tally()
    await tally()
    renumber(maildir)
    fillMaildir(maildir, 3, { from: 60 })
    const after = await tally()
    const again = await tally()
    const contents = await readArchive(root)
    expect([after, again, hashesIn(contents, 'INBOX'), contents.messages.length]).toEqual([
      { ...nothing, rematched: 60, newMessages: 3 },
      nothing,
      hashMaildir(maildir),
      63,
    ])
  })

  it('keeps what left and what was renumbered when the index is made anew from the packs', async () => {
    fillMaildir(maildir, 30)
    await tally()
    rmSync(join(maildir, 'cur', readdirSync(join(maildir, 'cur'))[3]!))
    renumber(maildir)
    await tally()
    const before = await readArchive(root)
    for (const name of ['index.sqlite', 'index.sqlite-wal', 'index.sqlite-shm'])
      rmSync(join(root, name), { force: true })
    const after = await tally()
    const rebuilt = await readArchive(root)
    const facts = ({ messages, folders, verify }: typeof before) => ({
      messages: messages.map(({ sha256, presence, flags, dateMs, subject }) => ({
        sha256,
        presence,
        flags,
        dateMs,
        subject,
      })),
      folders: folders.map(({ path, messageCount, specialUse }) => ({ path, messageCount, specialUse })),
      verify,
    })
    expect([after, facts(rebuilt)]).toEqual([nothing, facts(before)])
  })

  it('has a message without a final newline and an empty one as they were', async () => {
    const odd = [
      Buffer.from('Subject: no end\r\n\r\nlast line'),
      Buffer.from('Subject: empty\r\n\r\n'),
      Buffer.from('From x\r\n'),
    ]
    fillMaildir(maildir, odd.length, { message: (n) => odd[n]! })
    await tally()
    const contents = await readArchive(root)
    expect([hashesIn(contents, 'INBOX'), contents.verify.damage]).toEqual([hashMaildir(maildir), []])
  })

  it('says which folder is missing when a named one is not there', async () => {
    const { ended } = await pull(root, labMailbox(user, dovecot.ports.imap), password, {
      folders: ['Nowhere'],
    })
    expect(ended).toMatchObject({ code: 'imap.folder_missing', details: { folder: 'Nowhere' } })
  })

  it('says that the password is refused', async () => {
    const { ended } = await pull(root, labMailbox(user, dovecot.ports.imap), 'wrong')
    expect(ended).toMatchObject({ code: 'auth.refused' })
  })
})

/** Gives a Maildir's INBOX a new UIDVALIDITY, as a restored or migrated server does. */
function renumber(maildir: string): void {
  const list = join(maildir, 'dovecot-uidlist')
  const [head = '', ...lines] = readFileSync(list, 'utf8').split('\n')
  const changed = head.replace(/ V(\d+) /, (_, validity: string) => ` V${Number(validity) + 77} `)
  const shifted = lines.map((line) => line.replace(/^(\d+)/, (uid) => String(Number(uid) + 1000)))
  for (const name of readdirSync(maildir)) if (name.startsWith('dovecot.index')) rmSync(join(maildir, name))
  writeFileSync(list, [changed.replace(/ N(\d+) /, ' N5000 '), ...shifted].join('\n'))
}
