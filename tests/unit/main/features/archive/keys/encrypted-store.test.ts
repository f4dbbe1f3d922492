import { randomBytes } from 'node:crypto'
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { dropAllKeys, dropKeys, holdKeys } from '../../../../../../main/features/archive/keys/ring.ts'
import { addPackKey, openDataKeys } from '../../../../../../main/features/archive/keys/key-set.ts'
import { readKeyFiles, writeKeyFile } from '../../../../../../main/features/archive/keys/key-file.ts'
import { readArchiveCard } from '../../../../../../main/features/archive/store/folder.ts'
import { openArchiveReader } from '../../../../../../main/features/archive/store/reader.ts'
import { openArchiveWriter } from '../../../../../../main/features/archive/store/writer.ts'
import { readArchive } from '../../../../../helpers/archive-contents.ts'
import { fillArchive, makeArchive } from '../../../../../helpers/archive.ts'
import { findPlaintext, listFiles, makeEncryptedArchive } from '../../../../../helpers/encrypted-archive.ts'
import type { EncryptedArchive } from '../../../../../helpers/encrypted-archive.ts'
import { makeMessage } from '../../../../../helpers/messages.ts'

const count = 30
const messages = Array.from({ length: count }, (_, n) => makeMessage(n))
/** Words of the mail, of its headers, and of the places that it is in. */
const words = ['harbour', 'ben+', 'lab.test', 'INBOX', 'b.example', 'load.bin', 'Message-ID', 'uidValidity']

describe('an encrypted archive', { timeout: 30_000 }, () => {
  let folder: string
  let archive: EncryptedArchive
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'archive-test-'))
    archive = makeEncryptedArchive(folder)
    await fillArchive(archive.root, 'INBOX', messages)
    return () => {
      dropAllKeys()
      rmSync(folder, { recursive: true, force: true })
    }
  })
  const pack = (n = 0) => join(archive.root, 'packs', readdirSync(join(archive.root, 'packs'))[n]!)
  const reopen = (rebuild = false) =>
    openArchiveWriter({ root: archive.root, card: readArchiveCard(archive.root), nowMs: () => 0, rebuild })
  const verify = async () => (await readArchive(archive.root)).verify

  it('is whole, gives back every byte, and has nothing in the clear in any file', async () => {
    const { verify: found, messages: rows } = await readArchive(archive.root)
    const reader = openArchiveReader(archive.root)
    const writer = await reopen()
    const id = writer.large.begin(place(900))
    writer.large.append(id, Buffer.concat([messages[1]!, Buffer.from('harbour '.repeat(3_000_000))]))
    const during = findPlaintext(archive.root, words)
    const plain = makeArchive(folder, 'plain')
    await fillArchive(plain, 'INBOX', messages)
    expect(findPlaintext(plain, ['INBOX']).length).toBeGreaterThan(1)
    writer.large.end(id)
    const after = findPlaintext(archive.root, words)
    writer.close()
    reader.close()
    expect([
      found.messages,
      found.damage,
      rows.length,
      during,
      after,
      findPlaintext(archive.root, words),
    ]).toEqual([count, [], count, [], [], []])
    expect([(await verify()).messages, (await verify()).damage]).toEqual([count + 1, []])
  })

  it('makes its index anew from the packs alone, still without a word in the clear', async () => {
    const before = (await readArchive(archive.root)).messages
    for (const file of listFiles(archive.root).filter((name) => /^(index|text)\.sqlite/.test(name)))
      rmSync(join(archive.root, file))
    const writer = await reopen(true)
    const during = findPlaintext(archive.root, words)
    writer.close()
    expect([(await readArchive(archive.root)).messages, during, findPlaintext(archive.root, words)]).toEqual([
      before,
      [],
      [],
    ])
  })

  it('shows a flipped bit anywhere as damage to the messages that it hits, and reads the rest', async () => {
    const whole = readFileSync(pack())
    for (let at = 400; at < whole.length; at += Math.floor(whole.length / 19)) {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ 0x10
      writeFileSync(pack(), bytes)
      const found = await verify()
      expect([at, found.damage.length > 0, found.messages >= count - 2]).toEqual([at, true, true])
    }
  })

  it('finds a large message damaged whose pieces were exchanged, cut off or changed, and reads the rest', async () => {
    const writer = await reopen()
    const large = Buffer.from(
      Array.from({ length: 20 }, () => randomBytes(1_000_000).toString('hex')).join('\r\n'),
    )
    writer.append([{ at: place(700), bytes: large }])
    writer.close()
    const whole = readFileSync(pack())
    const [first = 0, second = 0] = dataFramesOf(whole).slice(-10)
    const frame = whole.subarray(first, second)
    const bent = [
      Buffer.concat([whole.subarray(0, second), frame, whole.subarray(second + frame.length)]),
      Buffer.concat([whole.subarray(0, first + 50), whole.subarray(first + 51)]),
      Buffer.from(whole).fill((whole[second + 300] ?? 0) ^ 1, second + 300, second + 301),
    ]
    const found = []
    for (const bytes of bent) {
      writeFileSync(pack(), bytes)
      const { messages: good, damage } = await verify()
      found.push([good, damage.length > 0, new Set(damage.flatMap((one) => one.sha256 ?? [])).size])
    }
    writeFileSync(pack(), whole)
    expect([found, (await verify()).damage]).toEqual([bent.map(() => [count, true, 1]), []])
  })

  it('puts aside a record that was cut off, sealed as it is', async () => {
    for (const name of listFiles(archive.root).filter((file) => /^(index|text|ledger)/.test(file)))
      rmSync(join(archive.root, name))
    truncateSync(pack(), readFileSync(pack()).length - 100)
    const writer = await reopen()
    const { recovered, damage } = writer.recovery
    writer.close()
    expect([
      recovered,
      damage,
      listFiles(join(archive.root, 'quarantine')).length,
      findPlaintext(archive.root, words),
    ]).toEqual([headerAnd(count - 1), [], 1, []])
  })

  it('names a pack of another archive, and leaves it where it is', async () => {
    const other = makeEncryptedArchive(folder, 'other')
    await fillArchive(other.root, 'INBOX', messages.slice(0, 3))
    copyFileSync(
      join(other.root, 'packs', 'pack-000001.mbox.zst'),
      join(archive.root, 'packs', 'pack-000002.mbox.zst'),
    )
    const size = readFileSync(pack(1)).length
    const writer = await reopen(true)
    const { damage } = writer.recovery
    writer.close()
    expect([
      damage[0]?.problem,
      readFileSync(pack(1)).length,
      listFiles(join(archive.root, 'quarantine')),
    ]).toEqual(['the pack belongs to another archive', size, []])
  })

  it('takes no mail that somebody without the key put into it', async () => {
    const plain = makeArchive(folder, 'plain')
    await fillArchive(plain, 'INBOX', [makeMessage(99)])
    copyFileSync(
      join(plain, 'packs', 'pack-000001.mbox.zst'),
      join(archive.root, 'packs', 'pack-000002.mbox.zst'),
    )
    const writer = await reopen(true)
    const { damage } = writer.recovery
    writer.close()
    const { messages: rows } = await readArchive(archive.root)
    expect([damage.length > 0, rows.length]).toEqual([true, count])
  })

  it('opens with no key but its own, says which is missing, and is not changed by the attempt', async () => {
    const before = listFiles(archive.root).map((file) => [
      file,
      readFileSync(join(archive.root, file)).length,
    ])
    dropKeys(archive.root)
    const missing = await reopen().catch((error: unknown) => error)
    holdKeys(archive.root, null, 'secret.vault_locked')
    const locked = await reopen().catch((error: unknown) => error)
    rmSync(join(archive.root, 'keys.json'))
    rmSync(join(archive.root, 'keys-copy.json'))
    dropKeys(archive.root)
    const lost = await reopen().catch((error: unknown) => error)
    const after = listFiles(archive.root).map((file) => [file, readFileSync(join(archive.root, file)).length])
    expect([missing, locked, lost]).toMatchObject([
      { code: 'archive.key_missing' },
      { code: 'secret.vault_locked' },
      { code: 'archive.keys_damaged' },
    ])
    expect(after).toEqual(before.filter(([file]) => !String(file).startsWith('keys')))
  })

  it('begins a new pack under a new key, and reads both', async () => {
    const [file] = readKeyFiles(archive.root)
    const rotated = addPackKey(file!, archive.archiveKey, 1)
    writeKeyFile(archive.root, rotated)
    holdKeys(archive.root, openDataKeys(rotated, archive.archiveKey), null)
    const writer = await reopen()
    writer.append([{ at: place(500), bytes: makeMessage(500) }])
    writer.close()
    const found = await verify()
    expect([found.packs, found.messages, found.damage]).toEqual([2, count + 1, []])
  })
})

/** Where the sealed data frames of a pack begin. */
function dataFramesOf(bytes: Buffer): readonly number[] {
  const offsets: number[] = []
  for (let at = 0; at < bytes.length; at += 8 + bytes.readUInt32LE(at + 4))
    if (bytes.toString('latin1', at + 8, at + 12) === 'MDS2') offsets.push(at)
  return offsets
}

/** The pack's own record counts. */
const headerAnd = (n: number): number => n + 1

function place(uid: number) {
  const where = { source: 'ana@b.example', folder: 'INBOX', uidValidity: '1', uid, flags: [] }
  return { ...where, internalDateMs: 0, archivedAtMs: 1 }
}
