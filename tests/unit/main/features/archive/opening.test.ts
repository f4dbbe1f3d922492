import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { describeError } from '../../../../../core/error-text.ts'
import { AppError } from '../../../../../core/errors.ts'
import { readArchiveCard } from '../../../../../main/features/archive/store/folder.ts'
import { openArchiveReader } from '../../../../../main/features/archive/store/reader.ts'
import { openArchiveWriter } from '../../../../../main/features/archive/store/writer.ts'
import { hashesIn, readArchive, unpackWithZstd } from '../../../../helpers/archive-contents.ts'
import { fillArchive, inlineArchiveThread, makeArchive } from '../../../../helpers/archive.ts'
import { exportBundle } from '../../../../helpers/bundles.ts'
import { sha256 } from '../../../../helpers/maildir.ts'
import { makeMessage } from '../../../../helpers/messages.ts'
import { makeOldArchive } from '../../../../helpers/old-archive.ts'

const messages = [0, 1, 2, 3].map((n) => makeMessage(n))
const hashes = messages.map(sha256).sort()

describe('an archive that is opened', { timeout: 30_000 }, () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'archive-test-'))
    return () => rmSync(folder, { recursive: true, force: true })
  })
  const openWriter = (root: string) =>
    openArchiveWriter({ root, card: readArchiveCard(root), nowMs: () => 0 })
  const codeOf = async (work: () => Promise<unknown>) => {
    try {
      await work()
      return 'nothing'
    } catch (error) {
      return error instanceof AppError ? error.code : String(error)
    }
  }

  it('and was written by the first version is read, gone on with, verified and exported', async () => {
    const root = makeOldArchive(folder, messages)
    const before = readFileSync(join(root, 'packs', 'pack-000001.mbox.zst'))
    const missing = await codeOf(() => Promise.resolve(openArchiveReader(root)))
    await fillArchive(root, 'Later', [makeMessage(9)])
    const contents = await readArchive(root)
    const thread = inlineArchiveThread()
    const report = await exportBundle(thread, root, { file: join(folder, 'out.zip') })
    await thread.call('closeReader', [root])
    expect([
      [missing, hashesIn(contents, 'INBOX'), hashesIn(contents, 'Later')],
      [contents.verify.damage, contents.verify.ledgerProblems, report.messages],
      // What was there is as it was; what is new stands in a pack of its own, and the card says so.
      [
        readFileSync(join(root, 'packs', 'pack-000001.mbox.zst')).equals(before),
        readdirSync(join(root, 'packs')).length,
      ],
      readArchiveCard(root).version,
      unpackWithZstd(root)
        .toString('latin1')
        .match(/^From /gm)?.length,
    ]).toEqual([['archive.index_missing', hashes, [sha256(makeMessage(9))]], [[], [], 5], [true, 2], 2, 5])
  })

  it('and is of a newer format is refused with the right sentence, and nothing in it is touched', async () => {
    const root = makeArchive(folder)
    const card: unknown = JSON.parse(readFileSync(join(root, 'archive.json'), 'utf8'))
    const newer = { ...(card as object), version: 3, somethingNew: { and: 'unknown' } }
    writeFileSync(join(root, 'archive.json'), JSON.stringify(newer))
    const before = listing(root)
    const thread = inlineArchiveThread()
    const codes = [
      await codeOf(() => thread.call('openWriter', [root, false])),
      await codeOf(() => thread.call('openWriter', [root, true])),
      await codeOf(() => thread.call('totals', [root])),
    ]
    expect([codes, listing(root), describeError('archive.newer', {}).sentence]).toEqual([
      ['archive.newer', 'archive.newer', 'archive.newer'],
      before,
      'The archive was written by a newer Mail Desk.',
    ])
  })

  it('and has lost its index gets it back from the packs', async () => {
    const root = makeArchive(folder)
    await fillArchive(root, 'INBOX', messages)
    const before = (await readArchive(root)).messages
    removeIndex(root)
    const missing = await codeOf(() => Promise.resolve(openArchiveReader(root)))
    const writer = await openWriter(root)
    writer.close()
    expect([missing, (await readArchive(root)).messages]).toEqual(['archive.index_missing', before])
  })

  it('and has a damaged index says so, and gets it back from the packs', async () => {
    const root = makeArchive(folder)
    await fillArchive(root, 'INBOX', messages)
    writeFileSync(join(root, 'index.sqlite'), Buffer.alloc(50_000, 7))
    const damaged = await codeOf(() => Promise.resolve(openArchiveReader(root)))
    const writer = await openWriter(root)
    writer.close()
    expect([damaged, hashesIn(await readArchive(root), 'INBOX')]).toEqual(['db.damaged', hashes])
  })

  it('and has the index of another archive takes it for none, and for no damage', async () => {
    const root = makeArchive(folder, 'one')
    const other = makeArchive(folder, 'other')
    await fillArchive(root, 'INBOX', messages)
    await fillArchive(other, 'Elsewhere', [makeMessage(7), makeMessage(8)])
    removeIndex(root)
    cpSync(join(other, 'index.sqlite'), join(root, 'index.sqlite'))
    const missing = await codeOf(() => Promise.resolve(openArchiveReader(root)))
    const writer = await openWriter(root)
    writer.close()
    const contents = await readArchive(root)
    expect([missing, writer.recovery.damage, hashesIn(contents, 'INBOX'), contents.verify.damage]).toEqual([
      'archive.index_missing',
      [],
      hashes,
      [],
    ])
  })

  it('and was moved while it is open is read to the end where it was, and whole where it is', async () => {
    const root = makeArchive(folder)
    await fillArchive(root, 'INBOX', messages)
    const thread = inlineArchiveThread()
    await thread.call('readMessage', [root, 1])
    const moved = join(folder, 'moved')
    renameSync(root, moved)
    const { row } = await thread.call('readMessage', [root, 2])
    await thread.call('closeReader', [root])
    const gone = await codeOf(() => thread.call('totals', [root]))
    const { verify, messages: found } = await readArchive(moved)
    expect([row.occurrenceId, gone, verify.damage, found.length]).toEqual([
      2,
      'archive.not_an_archive',
      [],
      4,
    ])
  })

  it('by a second writer is refused while the first one has it, and open to it afterwards', async () => {
    const root = makeArchive(folder)
    const first = await openWriter(root)
    const refused = await codeOf(() => openWriter(root))
    first.close()
    const second = await openWriter(root)
    second.close()
    expect(refused).toBe('archive.busy')
  })
})

function removeIndex(root: string): void {
  for (const name of readdirSync(root)) if (/^index\.sqlite/.test(name)) rmSync(join(root, name))
}

/** Every file with its size and time of change. */
function listing(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => `${name} ${statSync(join(root, name)).size} ${statSync(join(root, name)).mtimeMs}`)
}
