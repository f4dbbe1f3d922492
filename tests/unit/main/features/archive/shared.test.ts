import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Selection } from '../../../../../core/archive/types.ts'
import { listSelectedFolders, eachSelected } from '../../../../../db/archive-index/select.ts'
import { readArchiveCard } from '../../../../../main/features/archive/store/folder.ts'
import { openArchiveReader } from '../../../../../main/features/archive/store/reader.ts'
import { openArchiveWriter } from '../../../../../main/features/archive/store/writer.ts'
import { hashWithPython, readArchive, unpackWithZstd } from '../../../../helpers/archive-contents.ts'
import { fillArchive, makeArchive } from '../../../../helpers/archive.ts'
import { sha256 } from '../../../../helpers/maildir.ts'

const report = base64(60_000, 1)

describe('an attachment that occurs in many messages', { timeout: 30_000 }, () => {
  let root: string
  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'archive-test-'))
    root = makeArchive(folder)
    return () => rmSync(folder, { recursive: true, force: true })
  })
  const packPath = () => join(root, 'packs', readdirSync(join(root, 'packs'))[0]!)
  const rebuild = async () => {
    const writer = await openArchiveWriter({
      root,
      card: readArchiveCard(root),
      nowMs: () => 0,
      rebuild: true,
    })
    writer.close()
    return writer.recovery
  }

  it('takes its space once, and every message comes back to the byte', async () => {
    const messages = [0, 1, 2, 3, 4].map((n) => withAttachments(n, [report]))
    await fillArchive(root, 'INBOX', messages)
    const packBytes = readFileSync(packPath()).length
    const { verify } = await readArchive(root)
    expect([hashesOf(root), verify.damage, packBytes < 1.4 * report.length]).toEqual([
      messages.map(sha256),
      [],
      true,
    ])
  })

  it('is found again by a later pull and by a new index', async () => {
    await fillArchive(root, 'INBOX', [withAttachments(0, [report])])
    await rebuild()
    await fillArchive(root, 'Later', [withAttachments(1, [report]), withAttachments(2, [report])])
    const before = (await readArchive(root)).messages
    const { damage } = await rebuild()
    const { messages, verify } = await readArchive(root)
    const packBytes = readFileSync(packPath()).length
    expect([messages, damage, verify.damage, packBytes < 1.4 * report.length]).toEqual([before, [], [], true])
  })

  it('leaves packs that are one mbox for every program, in which a line says where it is', async () => {
    const messages = [0, 1, 2].map((n) => withAttachments(n, [report, base64(20_000, n + 5)]))
    await fillArchive(root, 'INBOX', messages)
    const mbox = join(root, '..', 'all.mbox')
    writeFileSync(mbox, unpackWithZstd(root))
    const lines = readFileSync(mbox, 'latin1').match(/^\[stored once: .*\]$/gm) ?? []
    expect([hashWithPython(mbox).length, lines.length, lines[0]?.includes(sha256(messages[0]!))]).toEqual([
      3,
      2,
      true,
    ])
  })

  it('is copied only from where it really stands, never from a copy', async () => {
    const other = base64(30_000, 2)
    const messages = [
      withAttachments(0, [report]),
      withAttachments(1, [report, other]),
      withAttachments(2, [other, report]),
      withAttachments(3, [other]),
    ]
    await fillArchive(root, 'INBOX', messages)
    expect([hashesOf(root), (await readArchive(root)).verify.damage]).toEqual([messages.map(sha256), []])
  })

  it('that is damaged is named with every message that needs it, also when the index is made anew', async () => {
    const messages = [0, 1, 2].map((n) => withAttachments(n, [report]))
    await fillArchive(root, 'INBOX', [...messages, withAttachments(3, [])])
    const bytes = readFileSync(packPath())
    bytes[20_000] = (bytes[20_000] ?? 0) ^ 1
    writeFileSync(packPath(), bytes)
    const { verify } = await readArchive(root)
    const { damage } = await rebuild()
    const hit = messages.map(sha256)
    const after = await readArchive(root)
    expect([
      hit.filter((hash) => verify.damage.every((one) => one.sha256 !== hash)),
      damage.map((one) => one.sha256),
      after.messages.map((one) => one.subject),
    ]).toEqual([[], hit, ['number 1', 'number 2', 'number 3']])
  })

  it('comes back from any archive of messages that share parts in any way', async () => {
    const parts = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 })
    const mailbox = fc.array(parts, { minLength: 1, maxLength: 6 })
    const contents = [0, 1, 2, 3].map((n) => base64(9_000 + n, n))
    await fc.assert(
      fc.asyncProperty(mailbox, async (all) => {
        const one = makeArchive(mkdtempSync(join(root, '..', 'any-')))
        const messages = all.map((used, n) =>
          withAttachments(
            n,
            used.map((i) => contents[i]!),
          ),
        )
        await fillArchive(one, 'INBOX', messages)
        expect(hashesOf(one)).toEqual(messages.map(sha256))
      }),
      { numRuns: 25 },
    )
  })
})

/** The hashes of all messages as they are read, which the reader compares with what it was told. */
function hashesOf(root: string): readonly string[] {
  const reader = openArchiveReader(root)
  try {
    const all: Selection = { kind: 'folders', folderIds: [] }
    return listSelectedFolders(reader.index, all).flatMap(({ folderId }) =>
      [...eachSelected(reader.index, all, folderId)].map(({ place }) =>
        sha256(Buffer.from(reader.readMessage(place))),
      ),
    )
  } finally {
    reader.close()
  }
}

function withAttachments(n: number, attachments: readonly string[]): Buffer {
  const parts = attachments.map(
    (content, i) =>
      `--edge\r\nContent-Type: application/pdf; name=${i}.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${content}`,
  )
  const head = `From: a@b.example\r\nSubject: number ${n}\r\nContent-Type: multipart/mixed; boundary=edge\r\n\r\n`
  return Buffer.from(`${head}--edge\r\n\r\nFrom here, text ${n}\r\n${parts.join('')}--edge--\r\n`)
}

/** Lines of base64 that do not compress, other ones for each seed. */
function base64(bytes: number, seed: number): string {
  let state = seed + 1
  const values = Buffer.from(
    Array.from({ length: bytes }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return state >>> 16
    }),
  )
  return values.toString('base64').replace(/.{76}/g, '$&\r\n') + '\r\n'
}
