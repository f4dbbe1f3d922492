import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../core/errors.ts'
import { readArchiveCard } from '../../../main/features/archive/store/folder.ts'
import { openArchiveWriter } from '../../../main/features/archive/store/writer.ts'
import { hashesIn, readArchive } from '../../helpers/archive-contents.ts'
import { fillArchive, inlineArchiveThread, makeArchive } from '../../helpers/archive.ts'
import { exportBundle } from '../../helpers/bundles.ts'
import { sha256 } from '../../helpers/maildir.ts'
import { mountSmallDisk } from '../../helpers/small-disk.ts'

const mountable = (() => {
  using disk = mountSmallDisk(1)
  return disk !== null
})()

describe.skipIf(!mountable)('an archive on a disk (needs to mount one)', { timeout: 60_000 }, () => {
  it('that becomes full, at whatever moment, loses nothing that it reported and goes on when there is room', async () => {
    const outcomes: unknown[] = []
    const codes = new Set<string>()
    for (const freeBytes of [0, 4, 8, 12, 20, 28, 40, 52, 64, 80, 100, 130, 160, 200].map(
      (kb) => kb * 1024,
    )) {
      using disk = mountSmallDisk(4)!
      const root = makeArchive(disk.path)
      await fillArchive(root, 'INBOX', [message(0)])
      disk.fillUpTo(freeBytes)
      const { stored, code } = await writeUntilFull(root)
      if (code !== null) codes.add(code)
      disk.free()
      await fillArchive(root, 'Later', [message(99)])
      const contents = await readArchive(root)
      const kept = hashesIn(contents, 'INBOX')
      const lost = [0, ...stored].map(hashOf).filter((hash) => !kept.includes(hash))
      outcomes.push([lost, contents.verify.damage, hashesIn(contents, 'Later').length])
    }
    expect(outcomes).toEqual(outcomes.map(() => [[], [], 1]))
    expect([...codes].filter((code) => !/^(file|db)\.disk_full$/.test(code))).toEqual([])
    expect(codes.size).toBeGreaterThan(0)
  })

  it('that cannot be written to is browsed, searched, verified and exported, and is not changed', async () => {
    using disk = mountSmallDisk(8)!
    const root = makeArchive(disk.path)
    const messages = [0, 1, 2].map((n) => message(n))
    await fillArchive(root, 'INBOX', messages.slice(0, 2))
    await inlineArchiveThread().call('indexText', [root])
    await fillArchive(root, 'Later', messages.slice(2))
    disk.makeReadOnly()
    const before = readdirSync(root)
    const contents = await readArchive(root)
    const read = await readAll(root)
    const found = await findAll(root)
    const copies = readdirSync(tmpdir()).filter((name) => name.startsWith('mail-desk-index-'))
    expect([
      hashesIn(contents, 'INBOX'),
      contents.verify.damage,
      read,
      found,
      readdirSync(root),
      copies,
    ]).toEqual([
      messages.slice(0, 2).map(sha256).sort(),
      [],
      { subjects: ['number 0', 'number 2', 'number 1'], exported: 3 },
      { subjects: ['number 1', 'number 0'], coverage: { indexed: 2, total: 3 } },
      before,
      [],
    ])
  })

  it('that cannot be written to and has no usable text index says that nothing is searchable, and why', async () => {
    const outcomes: unknown[] = []
    for (const damage of [
      rmText,
      (root: string) => {
        rmText(root)
        mkdirSync(join(root, 'text.sqlite'))
      },
    ]) {
      using disk = mountSmallDisk(8)!
      const root = makeArchive(disk.path)
      await fillArchive(root, 'INBOX', [message(0)])
      await inlineArchiveThread().call('indexText', [root])
      damage(root)
      disk.makeReadOnly()
      const indexed = await inlineArchiveThread()
        .call('indexText', [root])
        .catch((error: unknown) => (error as AppError).code)
      outcomes.push([await findAll(root), indexed, hashesIn(await readArchive(root), 'INBOX').length])
    }
    const nothing = { subjects: [], coverage: { indexed: 0, total: 1 } }
    expect(outcomes).toEqual([1, 2].map(() => [nothing, 'file.not_writable', 1]))
  })

  it('that cannot be written to says so when something has to be written', async () => {
    using disk = mountSmallDisk(8)!
    const root = makeArchive(disk.path)
    await fillArchive(root, 'INBOX', [message(0)])
    rmIndex(root)
    disk.makeReadOnly()
    const thread = inlineArchiveThread()
    await expect(thread.call('totals', [root])).rejects.toMatchObject({ code: 'archive.index_missing' })
    await expect(thread.call('openWriter', [root, true])).rejects.toMatchObject({ code: 'file.not_writable' })
  })
})

/** Writes one message after the other until the disk is full, or a dozen are stored. */
async function writeUntilFull(root: string): Promise<{ stored: number[]; code: string | null }> {
  const stored: number[] = []
  const fail = (error: unknown) => ({ stored, code: error instanceof AppError ? error.code : String(error) })
  try {
    const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: () => 0 })
    try {
      for (let n = 1; n < 13; n++) {
        writer.append([{ at: at(n), bytes: message(n) }])
        stored.push(n)
      }
    } finally {
      writer.close()
    }
    return { stored, code: null }
  } catch (error) {
    return fail(error)
  }
}

async function readAll(root: string) {
  const thread = inlineArchiveThread()
  const folder = mkdtempSync(join(tmpdir(), 'archive-test-'))
  try {
    const list = { folderId: null, sort: 'date', descending: false, offset: 0, limit: 10 } as const
    const { messages } = await thread.call('messages', [root, list])
    const read = await Promise.all(
      messages.map(({ occurrenceId }) => thread.call('readMessage', [root, occurrenceId])),
    )
    await thread.call('closeReader', [root])
    const subjects = read.map(({ row }) => row.subject)
    const { messages: exported } = await exportBundle(thread, root, { file: join(folder, 'out.zip') })
    return { subjects, exported }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function findAll(root: string) {
  const thread = inlineArchiveThread()
  const question = { text: 'subject:number ', folderId: null, order: 'newest', offset: 0, limit: 10 } as const
  const { messages } = await thread.call('search', [root, question])
  const coverage = await thread.call('textCoverage', [root])
  await thread.call('closeReader', [root])
  return { subjects: messages.map(({ subject }) => subject), coverage }
}

function rmText(root: string): void {
  for (const name of readdirSync(root)) if (name.startsWith('text.')) rmSync(join(root, name))
}

function rmIndex(root: string): void {
  for (const name of readdirSync(root)) if (name.startsWith('index.sqlite')) rmSync(join(root, name))
}

function at(n: number) {
  const place = { source: 'ana@b.example', folder: 'INBOX', uidValidity: '1', flags: [] }
  return { ...place, uid: 1000 + n, internalDateMs: 0, archivedAtMs: 0 }
}

function message(n: number): Buffer {
  // Digits of a fraction: they do not compress to nothing, so that the disk fills up.
  const digits = Array.from({ length: 900 }, (_, i) => String(Math.sin(n * 1000 + i)).slice(2))
  return Buffer.from(`From: a@b.example\r\nSubject: number ${n}\r\n\r\n${digits.join('\r\n')}\r\n`)
}

function hashOf(n: number): string {
  return sha256(message(n))
}
