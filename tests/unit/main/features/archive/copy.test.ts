import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { packName } from '../../../../../core/archive/pack.ts'
import { checkCopy } from '../../../../../main/features/archive/store/copy-check.ts'
import { mendSegment } from '../../../../../main/features/archive/store/copy-bytes.ts'
import {
  beginCopy,
  deleteArchiveFiles,
  lookAtCopy,
} from '../../../../../main/features/archive/store/copy-folder.ts'
import { syncCopy } from '../../../../../main/features/archive/store/copy-sync.ts'
import { fillArchive, inlineArchiveThread, makeArchive } from '../../../../helpers/archive.ts'
import { readArchive } from '../../../../helpers/archive-contents.ts'
import { copyDiffers, rewritePack } from '../../../../helpers/archive-copies.ts'
import { makeEncryptedArchive } from '../../../../helpers/encrypted-archive.ts'
import { makeMessage } from '../../../../helpers/messages.ts'
import { failureOf } from '../../../../helpers/failure-of.ts'

let folder: string
let root: string
let target: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-copy-'))
  root = makeArchive(folder)
  target = join(folder, 'copy')
  await fillArchive(root, 'INBOX', [makeMessage(1), makeMessage(2)])
  beginCopy(root, target, 'c')
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

const expected = () => {
  const card = JSON.parse(readFileSync(join(root, 'archive.json'), 'utf8')) as { archiveId: string }
  return { copyId: 'c', archiveId: card.archiveId }
}
const sync = () => syncCopy({ root, target, expected: expected(), onProgress: () => undefined })
const look = () => lookAtCopy(root, target, expected()).state
const pack = (of: string) => join(of, 'packs', packName(1))

describe('a second copy', { timeout: 30_000 }, () => {
  it('is byte for byte the archive, and afterwards takes only what is new', async () => {
    const first = await sync()
    const before = [look(), copyDiffers(root, target)]
    await fillArchive(root, 'Sent', [makeMessage(3)])
    const behind = lookAtCopy(root, target, expected())
    const second = await sync()
    expect([before, behind.state, look(), copyDiffers(root, target)]).toEqual([
      ['in_step', []],
      'behind',
      'in_step',
      [],
    ])
    expect([first.bytes + second.bytes, behind]).toEqual([
      readFileSync(pack(root)).length,
      { state: 'behind', behindBytes: second.bytes, behindLines: 1 },
    ])
  })

  it('replaces a pack that was written anew, so that removed mail is gone there too', async () => {
    await sync()
    rewritePack(root, 1)
    const { replacedPacks, problems } = await sync()
    expect([replacedPacks, problems, copyDiffers(root, target)]).toEqual([1, [], []])
  })

  it('keeps its keys when the archive has lost or damaged its own, and says so', async () => {
    const encrypted = makeEncryptedArchive(folder, 'encrypted')
    const copy = join(folder, 'copy of encrypted')
    await fillArchive(encrypted.root, 'INBOX', [makeMessage(1)])
    beginCopy(encrypted.root, copy, 'e')
    const { archiveId } = encrypted
    const again = () =>
      syncCopy({
        ...{ root: encrypted.root, target: copy, expected: { copyId: 'e', archiveId } },
        onProgress: () => undefined,
      })
    await again()
    const keys = () => ['keys.json', 'keys-copy.json'].map((name) => readFileSync(join(copy, name), 'utf8'))
    const before = keys()
    rmSync(join(encrypted.root, 'keys.json'))
    writeFileSync(join(encrypted.root, 'keys-copy.json'), '{ "format": ')
    const { problems } = await again()
    expect([keys(), problems.length]).toEqual([before, 2])
    rmSync(join(encrypted.root, 'archive.json'))
    expect(await failureOf(again)).toBe('archive.not_an_archive')
  })

  it('follows no link that somebody put in the place of a file, and says that it could not write', async () => {
    const own = join(folder, 'own file')
    writeFileSync(own, 'mine')
    symlinkSync(own, pack(target))
    symlinkSync(own, join(target, 'archive.json.new'))
    const refused = await failureOf(sync)
    rmSync(pack(target))
    await sync()
    expect([refused, readFileSync(own, 'utf8'), copyDiffers(root, target)]).toEqual([
      'file.not_writable',
      'mine',
      [],
    ])
  })

  it('takes part in a removal that was cut off, until its own packs are written anew', async () => {
    writeFileSync(join(root, 'removal.json'), '{"packs":[1]}\n')
    await sync()
    const during = readFileSync(join(target, 'removal.json'), 'utf8')
    rmSync(join(root, 'removal.json'))
    rewritePack(root, 1)
    await sync()
    expect([during, existsSync(join(target, 'removal.json'))]).toEqual(['{"packs":[1]}\n', false])
  })

  it('made for the first time of an archive with packs that were written anew is whole at once', async () => {
    rewritePack(root, 1)
    await fillArchive(root, 'Sent', [makeMessage(3)])
    const { problems } = await sync()
    expect([
      problems,
      copyDiffers(root, target),
      (await checkCopy(target, () => undefined)).problems,
    ]).toEqual([[], [], []])
  })

  it('never goes into a folder that holds something else, is another archive, or is the archive itself', async () => {
    const full = join(folder, 'full')
    mkdirSync(full)
    writeFileSync(join(full, 'note.txt'), 'mine')
    const other = makeArchive(folder, 'other')
    const tries = [full, other, root, join(root, 'inside'), folder]
    expect(await Promise.all(tries.map((path) => failureOf(() => beginCopy(root, path, 'd'))))).toEqual(
      tries.map(() => 'record.conflict'),
    )
  })

  it('knows when another disk, or none, is in its place', async () => {
    await sync()
    const states = [look()]
    cpSync(target, join(folder, 'elsewhere'), { recursive: true })
    writeFileSync(
      join(target, 'copy.json'),
      readFileSync(join(target, 'copy.json'), 'utf8').replace('"c"', '"d"'),
    )
    states.push(look())
    const refused = await failureOf(sync)
    rmSync(target, { recursive: true })
    mkdirSync(target)
    states.push(look())
    rmSync(target, { recursive: true })
    states.push(look())
    expect([states, refused]).toEqual([
      ['in_step', 'wrong_disk', 'not_reachable', 'not_reachable'],
      'archive.copy_elsewhere',
    ])
  })

  it('that was changed by itself is not written over', async () => {
    await sync()
    rmSync(join(target, 'copy.json'))
    await fillArchive(target, 'Drafts', [makeMessage(9)])
    writeFileSync(
      join(target, 'copy.json'),
      JSON.stringify({ format: 'mail-desk-archive-copy', version: 1, ...expected() }),
    )
    await fillArchive(root, 'Sent', [makeMessage(3)])
    expect([look(), await failureOf(sync)]).toEqual(['diverged', 'archive.copy_diverged'])
  })

  it('names a damaged stretch when it is checked, and is mended from the archive', async () => {
    await sync()
    const bytes = readFileSync(pack(target))
    bytes[200] = (bytes[200] ?? 0) ^ 1
    writeFileSync(pack(target), bytes)
    const { damaged, problems } = await checkCopy(target, () => undefined)
    const mended = damaged.map((segment) => mendSegment(root, target, segment))
    expect([problems.length, mended, copyDiffers(root, target)]).toEqual([1, [true], []])
  })

  it('whose ledger was damaged gets it from the archive again', async () => {
    await fillArchive(root, 'Sent', [makeMessage(3)])
    await sync()
    const ledger = join(target, 'ledger.jsonl')
    writeFileSync(ledger, readFileSync(ledger, 'utf8').replace('"kind":"created"', '"kind":"creates"'))
    await sync()
    expect(copyDiffers(root, target)).toEqual([])
  })

  it('says so when the archive itself is damaged, and copies what is there', async () => {
    const bytes = readFileSync(pack(root))
    bytes[200] = (bytes[200] ?? 0) ^ 1
    writeFileSync(pack(root), bytes)
    const { problems } = await sync()
    expect([problems.length, copyDiffers(root, target)]).toEqual([1, []])
  })

  it('can be read as an archive by itself, which changes none of it; written to it cannot be', async () => {
    await sync()
    const thread = inlineArchiveThread()
    await thread.call('openWriter', [target, true])
    await thread.call('closeWriter', [])
    const { messages, verify } = await readArchive(target)
    const refused = await failureOf(() => thread.call('openWriter', [target, false]))
    expect([messages.length, verify.damage, copyDiffers(root, target), refused]).toEqual([
      2,
      [],
      [],
      'archive.is_copy',
    ])
  })

  it('that is deleted leaves what somebody else put there', async () => {
    await sync()
    writeFileSync(join(target, 'note.txt'), 'mine')
    deleteArchiveFiles(target)
    const left = readdirSync(target)
    rmSync(join(target, 'note.txt'))
    deleteArchiveFiles(target)
    expect([left, existsSync(target)]).toEqual([['note.txt'], false])
  })
})
