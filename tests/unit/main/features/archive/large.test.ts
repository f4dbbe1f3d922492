import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readArchiveCard } from '../../../../../main/features/archive/store/folder.ts'
import { openArchiveReader } from '../../../../../main/features/archive/store/reader.ts'
import { openArchiveWriter } from '../../../../../main/features/archive/store/writer.ts'
import type { ArchiveWriter } from '../../../../../main/features/archive/store/writer.ts'
import { findOccurrence } from '../../../../../db/archive-index/read.ts'
import { hashWithPython, readArchive, unpackWithZstd } from '../../../../helpers/archive-contents.ts'
import { inlineArchiveThread, makeArchive } from '../../../../helpers/archive.ts'
import { exportBundle } from '../../../../helpers/bundles.ts'
import { sha256 } from '../../../../helpers/maildir.ts'

describe('a message that is too large to be held whole', { timeout: 60_000 }, () => {
  let root: string
  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'archive-test-'))
    root = makeArchive(folder)
    return () => rmSync(folder, { recursive: true, force: true })
  })
  const open = (rebuild = false) =>
    openArchiveWriter({ root, card: readArchiveCard(root), nowMs: () => 0, rebuild })
  const stream = (occurrenceId: number) => {
    const reader = openArchiveReader(root)
    try {
      const place = findOccurrence(reader.index, occurrenceId)!.place
      const chunks = [...reader.streamMessage(place)]
      const largest = Math.max(...chunks.map((chunk) => chunk.length))
      const head = Buffer.from(reader.readHead(place, 100))
      return { bytes: Buffer.concat(chunks), chunks: chunks.length, largest, head }
    } finally {
      reader.close()
    }
  }

  it('comes back to the byte and in pieces, and every mail program can read it', async () => {
    const message = largeMessage(30)
    const writer = await open()
    const outcome = receive(writer, 1, message)
    writer.close()
    const { bytes, chunks, largest, head } = stream(1)
    const mbox = join(root, '..', 'all.mbox')
    writeFileSync(mbox, unpackWithZstd(root))
    expect([
      outcome,
      sha256(bytes),
      [chunks > 5, largest < 5_000_000, head],
      (await readArchive(root)).verify.damage,
      hashWithPython(mbox).length,
    ]).toEqual([{ stored: 1, again: 0 }, sha256(message), [true, true, message.subarray(0, 100)], [], 1])
  })

  it('is summed up as one that is held whole is, also when the index is made anew', async () => {
    const message = largeMessage(18)
    const writer = await open()
    receive(writer, 1, message)
    writer.close()
    const before = (await readArchive(root)).messages
    const rebuilt = await open(true)
    rebuilt.close()
    const after = (await readArchive(root)).messages
    expect([before, after]).toEqual([after, before])
    expect(before[0]).toMatchObject({ subject: 'plans', from: 'Ana <a@b.example>', attachmentCount: 2 })
  })

  it('is stored once, whether it came in chunks or whole', async () => {
    const message = largeMessage(17)
    const writer = await open()
    const whole = writer.append([{ at: at(1), bytes: message }])
    const inChunks = receive(writer, 2, message)
    writer.close()
    const { messages } = await readArchive(root)
    expect([whole, inChunks, messages.map((one) => one.sha256)]).toEqual([
      { stored: 1, again: 0 },
      { stored: 0, again: 1 },
      [sha256(message), sha256(message)],
    ])
  })

  it('that did not come to its end leaves nothing, and others may be stored meanwhile', async () => {
    const writer = await open()
    const cut = writer.large.begin(at(1))
    const other = writer.large.begin(at(2))
    writer.large.append(cut, largeMessage(17))
    writer.append([{ at: at(3), bytes: Buffer.from('Subject: small\r\n\r\nx') }])
    writer.large.append(other, Buffer.from('Subject: other\r\n\r\ny'))
    writer.large.end(other)
    writer.large.abandon(cut)
    const left = readdirSync(join(root, 'incoming'))
    writer.close()
    const { messages, verify } = await readArchive(root)
    expect([left, messages.map((one) => one.subject).toSorted(), verify.damage]).toEqual([
      [],
      ['other', 'small'],
      [],
    ])
  })

  it('is exported like any other', async () => {
    const message = largeMessage(20)
    const writer = await open()
    receive(writer, 1, message)
    writer.close()
    const thread = inlineArchiveThread()
    const file = join(root, '..', 'out.zip')
    const { messages, problems } = await exportBundle(thread, root, { file })
    const check = await thread.call('verifyBundle', [file, { secret: null, fingerprint: null }])
    await thread.call('closeReader', [root])
    expect([messages, problems, check.problems, check.mailBytes]).toEqual([1, [], [], message.length])
  })

  it('of which a crash left a part is cleared away when the archive is opened', async () => {
    const writer = await open()
    writer.large.append(writer.large.begin(at(1)), largeMessage(17))
    writeFileSync(join(root, 'incoming', 'left-over.zst'), 'half')
    writer.close()
    const next = await open()
    next.close()
    expect(readdirSync(root)).not.toContain('incoming')
  })

  it('that was damaged is found by verify, and its reader is told at the end', async () => {
    const message = largeMessage(20)
    const writer = await open()
    receive(writer, 1, message)
    writer.close()
    const pack = join(root, 'packs', readdirSync(join(root, 'packs'))[0]!)
    const bytes = readFileSync(pack)
    const middle = bytes.length >> 1
    bytes[middle] = (bytes[middle] ?? 0) ^ 1
    writeFileSync(pack, bytes)
    const { verify } = await readArchive(root)
    expect(verify.damage.map((one) => one.sha256)).toEqual([sha256(message)])
    expect(() => stream(1)).toThrow(expect.objectContaining({ code: 'archive.damaged' }))
  })
})

function at(uid: number) {
  const place = { source: 'ana@b.example', folder: 'INBOX', uidValidity: '1', flags: [] }
  return { ...place, uid, internalDateMs: 0, archivedAtMs: 0 }
}

function receive(writer: ArchiveWriter, uid: number, message: Buffer) {
  const id = writer.large.begin(at(uid))
  for (let from = 0; from < message.length; from += 999_983)
    writer.large.append(id, message.subarray(from, from + 999_983))
  return writer.large.end(id)
}

/** Two attachments of half as many megabytes each; lines that mbox would get wrong at every turn. */
function largeMessage(megabytes: number): Buffer {
  const line = Buffer.from(`From a line >From \r\n>From ${'x'.repeat(50)}\r\n`)
  const content = Buffer.alloc((megabytes / 2) * 1_000_000, line)
  for (let i = 0; i < content.length; i += 91) content[i] = 33 + ((i * 7919) % 90)
  const part = (name: string) =>
    Buffer.from(`--edge\r\nContent-Type: text/plain; name=${name}\r\nContent-Disposition: attachment\r\n\r\n`)
  return Buffer.concat([
    Buffer.from('From: Ana <a@b.example>\r\nSubject: plans\r\n'),
    Buffer.from('Content-Type: multipart/mixed; boundary=edge\r\n\r\n'),
    part('one.txt'),
    content,
    Buffer.from('\r\n'),
    part('two.txt'),
    content,
    Buffer.from('\r\n--edge--'),
  ])
}
