import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PullClock } from '../../../main/features/archive/pull/patience.ts'
import { readArchive } from '../../helpers/archive-contents.ts'
import { inlineArchiveThread, labMailbox, makeArchive, pull } from '../../helpers/archive.ts'
import { makeMessage } from '../../helpers/messages.ts'
import { startScriptedImap } from '../../helpers/scripted-imap.ts'
import type { Mischief, ScriptedFolder, ScriptedImap } from '../../helpers/scripted-imap.ts'

/** Servers that do what the large providers do, through real sockets and the real IMAP client. */
describe('a pull from a provider', { timeout: 60_000 }, () => {
  let folder: string
  let root: string
  let server: ScriptedImap
  let nowMs: number
  let slept: number[]
  const clock: PullClock = {
    nowMs: () => nowMs,
    sleep: (ms, signal) => {
      signal.throwIfAborted()
      slept.push(ms)
      nowMs += ms
      return Promise.resolve()
    },
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'archive-provider-'))
    root = makeArchive(folder)
    nowMs = Date.UTC(2026, 0, 1, 14, 0)
    slept = []
    return () => rmSync(folder, { recursive: true, force: true })
  })
  afterEach(() => server[Symbol.asyncDispose]())

  const serve = async (folders: Readonly<Record<string, ScriptedFolder>>, capabilities = '') => {
    server = await startScriptedImap(folders, capabilities)
  }
  const pullNow = async (mischief: Mischief = () => false) => {
    server.mischief = mischief
    server.commands.length = 0
    const { report, ended } = await pull(root, labMailbox('ana@lab.test', server.port), 'x', {
      thread: inlineArchiveThread(),
      clock,
    })
    if (ended !== null) throw ended
    return { report, contents: await readArchive(root) }
  }
  const fetchesOfBytes = () => server.commands.filter((command) => command.includes('BODY.PEEK[]'))

  describe('with Gmail’s extensions', () => {
    const message = (uid: number, emailId: string, labels: readonly string[], modseq: number) => ({
      ...{ uid, bytes: makeMessage(Number(emailId)), emailId, labels, flags: [], modseq },
    })
    const gmail = 'X-GM-EXT-1 SPECIAL-USE CONDSTORE ENABLE'
    const box = (): Record<string, ScriptedFolder> => ({
      INBOX: { uidValidity: 1, modseq: 5, messages: [message(1, '11', [], 5)] },
      Work: { uidValidity: 2, modseq: 5, messages: [message(1, '12', [], 5)] },
      '[Gmail]/All Mail': {
        uidValidity: 3,
        modseq: 5,
        attributes: '\\All',
        messages: [message(1, '11', ['\\\\Inbox'], 5), message(2, '12', ['Work', '\\\\Starred'], 5)],
      },
      '[Gmail]/Spam': { uidValidity: 4, modseq: 5, attributes: '\\Junk', messages: [] },
      '[Gmail]/Trash': {
        uidValidity: 5,
        modseq: 5,
        attributes: '\\Trash',
        messages: [message(9, '19', [], 5)],
      },
    })

    it('fetches each message once, from All Mail, Spam and Trash, and keeps its labels', async () => {
      await serve(box(), gmail)
      const { report, contents } = await pullNow()
      expect([
        contents.messages.map(({ labels }) => labels),
        contents.folders.map(({ path }) => path),
        report.labelFolders,
        fetchesOfBytes().length,
      ]).toEqual([
        [['\\Inbox'], ['Work', '\\Starred'], []],
        ['[Gmail]/All Mail', '[Gmail]/Spam', '[Gmail]/Trash'],
        ['INBOX', 'Work'],
        2,
      ])
    })

    it('tracks labels that change, and does not fetch a message again that moved to the trash', async () => {
      await serve(box(), gmail)
      await pullNow()
      const all = server.folders.get('[Gmail]/All Mail')!
      all.messages = [message(1, '11', ['\\\\Inbox', 'Taxes'], 6)]
      all.modseq = 7
      const trash = server.folders.get('[Gmail]/Trash')!
      trash.messages.push(message(10, '12', [], 6))
      trash.modseq = 6
      const { report, contents } = await pullNow()
      const thread = inlineArchiveThread()
      const told = await thread.call('history', [root, contents.messages[1]?.occurrenceId ?? 0])
      await thread.call('closeReader', [root])
      const by = (path: string) => report.folders.find((one) => one.path === path)
      expect([
        by('[Gmail]/All Mail')?.flagChanges,
        by('[Gmail]/All Mail')?.gone,
        by('[Gmail]/Trash')?.alreadyStored,
        fetchesOfBytes(),
        told.map(({ kind, folder: from }) => [kind, from]),
        contents.messages.map(({ labels, presence }) => [labels, presence]),
      ]).toEqual([
        1,
        1,
        1,
        [],
        [
          ['archived', '[Gmail]/All Mail'],
          ['moved', '[Gmail]/All Mail'],
        ],
        [
          [['Taxes', '\\Inbox'], 'here'],
          [['Work', '\\Starred'], 'gone'],
          [[], 'here'],
          [[], 'here'],
        ],
      ])
    })
  })

  it('knows a message by its EMAILID in another folder and after renumbering, and fetches it once', async () => {
    const one = { uid: 1, bytes: makeMessage(1), emailId: 'M6d99ac3275bb4e' }
    const inbox: ScriptedFolder = { uidValidity: 1, messages: [one] }
    await serve({ INBOX: inbox, Kept: { uidValidity: 1, messages: [] } }, 'OBJECTID')
    await pullNow()
    server.folders.set('INBOX', { uidValidity: 1, messages: [] })
    server.folders.set('Kept', { uidValidity: 1, messages: [{ ...one, uid: 5 }] })
    await pullNow()
    const moved = fetchesOfBytes()
    server.folders.set('Kept', { uidValidity: 2, messages: [{ ...one, uid: 77 }] })
    const { report, contents } = await pullNow()
    expect([
      moved,
      fetchesOfBytes(),
      report.folders.map(({ rematched }) => rematched),
      contents.messages.map(({ presence }) => presence),
      contents.verify.messages,
    ]).toEqual([[], [], [0, 1], ['gone', 'here'], 1])
  })

  it('takes a large message in pieces, or whole where the server does not send pieces', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Subject: large\r\n\r\n'),
      Buffer.alloc(13_000_000, 'From me\r\n'),
    ])
    await serve({ INBOX: { uidValidity: 1, messages: [{ uid: 1, bytes }] } })
    await pullNow()
    const pieces = fetchesOfBytes().length
    const other = makeArchive(folder, 'other')
    const [first] = [root]
    root = other
    const { contents } = await pullNow(({ name, args, socket, tag }) => {
      if (name !== 'UID FETCH' || !args.includes('<')) return false
      socket.write(`${tag} BAD partial is not known here\r\n`)
      return true
    })
    root = first
    const before = await readArchive(first)
    expect([pieces, before.messages.map(({ sha256 }) => sha256), before.verify.damage]).toEqual([
      4,
      contents.messages.map(({ sha256 }) => sha256),
      [],
    ])
  })
})
