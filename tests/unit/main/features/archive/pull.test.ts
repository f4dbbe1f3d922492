import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../../../core/errors.ts'
import { hashesIn, readArchive } from '../../../../helpers/archive-contents.ts'
import { inlineArchiveThread, labMailbox, makeArchive, pull } from '../../../../helpers/archive.ts'
import { sha256 } from '../../../../helpers/maildir.ts'
import { makeMessage } from '../../../../helpers/messages.ts'
import { scriptedSource } from '../../../../helpers/scripted-source.ts'
import type { Treatment } from '../../../../helpers/scripted-source.ts'

// Real files with real fsyncs: on a busy disk each takes its time.
describe('a pull from a server that misbehaves', { timeout: 30_000 }, () => {
  let root: string
  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'archive-test-'))
    root = makeArchive(folder)
    return () => rmSync(folder, { recursive: true, force: true })
  })

  const pullFrom = async (treatments: Readonly<Record<number, Treatment>>, count = 40) => {
    const messages = Array.from({ length: count }, (_, i) => {
      const treatment = treatments[i + 1]
      return treatment === undefined ? { bytes: makeMessage(i) } : { bytes: makeMessage(i), treatment }
    })
    const source = scriptedSource(messages)
    const { report, ended } = await pull(root, labMailbox('ana@lab.test', 1), 'x', {
      connect: source.connect,
    })
    const contents = await readArchive(root)
    const had = messages.filter(({ treatment }) => ['fine', 'is sent twice', undefined].includes(treatment))
    return {
      folder: report.folders[0]!,
      ended,
      contents,
      expected: had.map(({ bytes }) => sha256(bytes)).sort(),
    }
  }

  it('lists one message that breaks the connection, with the reason, and archives all the others', async () => {
    const { folder, ended, contents, expected } = await pullFrom({ 17: 'breaks the connection' })
    expect([
      ended,
      folder.failures.map(({ uid, reason }) => [uid, reason]),
      hashesIn(contents, 'INBOX'),
    ]).toEqual([null, [[17, expect.stringContaining('Internal error occurred')]], expected])
    expect(contents.coverage[0]).toMatchObject({
      serverCount: 40,
      archivedCount: 39,
      missingCount: 1,
      failures: [{ uid: 17 }],
    })
  })

  it('lists several broken ones, also the first and the last', async () => {
    const { folder, contents, expected } = await pullFrom({
      1: 'breaks the connection',
      9: 'breaks the connection',
      40: 'breaks the connection',
    })
    expect([folder.failures.map(({ uid }) => uid), hashesIn(contents, 'INBOX')]).toEqual([
      [1, 9, 40],
      expected,
    ])
  })

  it('lists a message that is announced and never sent', async () => {
    const { folder, contents, expected } = await pullFrom({ 3: 'is never sent' })
    expect([folder.failures.map(({ uid, reason }) => [uid, reason]), hashesIn(contents, 'INBOX')]).toEqual([
      [[3, 'The server lists this message but does not send it.']],
      expected,
    ])
  })

  it('calls a message that left while it was fetched no failure', async () => {
    const { folder, contents, expected } = await pullFrom({ 5: 'is gone meanwhile' })
    expect([folder.failures, hashesIn(contents, 'INBOX')]).toEqual([[], expected])
  })

  it('takes nothing twice and nothing that it did not ask for', async () => {
    const { folder, contents, expected } = await pullFrom({ 2: 'is sent twice' })
    expect([folder.newMessages, hashesIn(contents, 'INBOX')]).toEqual([40, expected])
  })

  it('tries what failed again at the next pull, and forgets the failure when it comes', async () => {
    await pullFrom({ 17: 'breaks the connection' })
    const second = await pullFrom({})
    expect([
      second.folder.newMessages,
      second.contents.coverage[0]?.failures,
      hashesIn(second.contents, 'INBOX'),
    ]).toEqual([1, [], second.expected])
  })

  it('carries messages that are larger than a slab', async () => {
    const bytes = Buffer.concat([Buffer.from('Subject: large\r\n\r\n'), Buffer.alloc(9_000_000, 'From x\n')])
    const source = scriptedSource([{ bytes: makeMessage(1) }, { bytes }, { bytes: makeMessage(2) }])
    await pull(root, labMailbox('ana@lab.test', 1), 'x', {
      connect: source.connect,
      thread: inlineArchiveThread(),
    })
    expect((await readArchive(root)).messages.map((one) => one.sha256).sort()).toEqual(
      [makeMessage(1), bytes, makeMessage(2)].map(sha256).sort(),
    )
  })

  it('names a folder that the server lists and does not let be read, in report and coverage', async () => {
    const source = scriptedSource([{ bytes: makeMessage(1) }])
    const connect = async () => {
      const open = await source.connect()
      const refused = new AppError('imap.protocol', { details: { host: 'x', response: 'Permission denied' } })
      return {
        ...open,
        listFolders: async () => [
          { path: 'Board', delimiter: '/', specialUse: null, state: null },
          ...(await open.listFolders()),
        ],
        status: (path: string) => (path === 'Board' ? Promise.reject(refused) : open.status(path)),
      }
    }
    const { report } = await pull(root, labMailbox('ana@lab.test', 1), 'x', {
      connect,
      thread: inlineArchiveThread(),
    })
    const { coverage } = await readArchive(root)
    expect([
      report.folders.map(({ path, unfinished }) => [path, unfinished !== null]),
      coverage.map(({ path, serverCount, missingCount }) => [path, serverCount, missingCount]),
    ]).toEqual([
      [
        ['Board', true],
        ['INBOX', false],
      ],
      [
        ['Board', null, null],
        ['INBOX', 1, 0],
      ],
    ])
  })

  it('gives up after some attempts when the server cannot be reached, and says so', async () => {
    const away = () => Promise.reject(new AppError('network.refused', { details: { host: 'x' } }))
    const { ended } = await pull(root, labMailbox('ana@lab.test', 1), 'x', {
      connect: away,
      thread: inlineArchiveThread(),
    })
    expect(ended).toMatchObject({ code: 'network.refused' })
  })
})
