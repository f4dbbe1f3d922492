import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readArchiveCard } from '../../../main/features/archive/store/folder.ts'
import { openArchiveReader } from '../../../main/features/archive/store/reader.ts'
import type { ArchiveReader } from '../../../main/features/archive/store/reader.ts'
import { openArchiveWriter } from '../../../main/features/archive/store/writer.ts'
import { catchUpText } from '../../../main/features/archive/text/catch-up.ts'
import { createExtractor } from '../../../main/features/archive/text/extractor.ts'
import { createFinding } from '../../../main/features/archive/worker/finding.ts'
import { makeArchive } from '../../helpers/archive.ts'

const count = 20_000
const folders = ['INBOX', 'Sent', 'Work/A', 'Work/B']
const numbers = Array.from({ length: count }, (_, n) => n)
const dateOf = (n: number) => Date.UTC(2023, 0, 1) + n * 3_600_000
const subjectOf = (n: number) => `${n === 9000 ? 'lighthouse' : 'note'} ${n}`
const newest = (all: readonly number[]) => all.map(subjectOf).reverse()
const context = { signal: new AbortController().signal, progress: () => Promise.resolve() }

/** An hour after the one before, in conversations of four; all say "anchor", each hundredth "lighthouse". */
function message(n: number): Buffer {
  const first = n - (n % 4)
  const lines = [
    `From: p${n % 8}@b.example`,
    `Subject: ${subjectOf(n)}`,
    `Date: ${new Date(dateOf(n)).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${n}@b.example>`,
    ...(n === first ? [] : [`References: <${first}@b.example>`]),
    '',
    `anchor${n % 100 === 0 ? ' lighthouse' : ''} token${n}`,
  ]
  return Buffer.from(lines.join('\r\n'))
}

async function fill(root: string): Promise<void> {
  const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: () => 0 })
  const place = { source: 'ana@b.example', uidValidity: '1', flags: [], archivedAtMs: 1 }
  for (let from = 0; from < count; from += 500)
    writer.append(
      numbers.slice(from, from + 500).map((n) => ({
        at: { ...place, folder: folders[n % 4] ?? '', uid: n + 1, internalDateMs: dateOf(n) },
        bytes: message(n),
      })),
    )
  writer.close()
}

describe('an archive of 20,000 messages', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'search-test-'))
  let reader: ArchiveReader
  const finding = createFinding(() => reader)
  const search = (
    text: string,
    order: 'relevance' | 'newest',
    offset = 0,
    folderId: number | null = null,
  ) => {
    const found = finding.search(context, '', { text: `${text} `, folderId, order, offset, limit: 25 })
    const { total, totalIsExact, messages } = found
    return { total, totalIsExact, subjects: messages.map(({ subject }) => subject) }
  }
  const facetsOf = (text: string) => finding.searchFacets(context, '', { text, folderId: null })

  beforeAll(async () => {
    const root = makeArchive(folder)
    await fill(root)
    const extractor = createExtractor()
    await catchUpText(root, extractor, context.progress)
    await extractor.dispose()
    reader = openArchiveReader(root)
  }, 120_000)
  afterAll(() => {
    reader.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is answered page by page, to the last one, and says how far it was counted', () => {
    const rare = numbers.filter((n) => n % 100 === 0)
    const pages = Array.from({ length: 8 }, (_, page) => search('lighthouse', 'newest', page * 25).subjects)
    expect([
      search('anchor', 'newest'),
      search('anchor', 'newest', count - 10),
      search('anchor', 'relevance').total,
      search('anchor', 'relevance').totalIsExact,
      search('lighthouse', 'newest').total,
      pages.flat(),
    ]).toEqual([
      { total: 500, totalIsExact: false, subjects: newest(numbers.slice(-25)) },
      { total: count, totalIsExact: true, subjects: newest(numbers.slice(0, 10)) },
      1_000,
      false,
      rare.length,
      newest(rare),
    ])
  })

  it('puts first what fits best, finds phrases as they stand, and keeps to a folder', () => {
    const inWork = facetsOf('token8 ').folders[0]?.folderId ?? null
    const inInbox = search('lighthouse -token400', 'newest', 0, inWork)
    expect([
      search('lighthouse', 'relevance').subjects[0],
      search('"lighthouse token1200"', 'relevance').subjects,
      search('"token1200 lighthouse"', 'relevance').subjects,
      search('"anchor lighthouse" -token19900', 'relevance').total,
      inInbox.total,
    ]).toEqual(['lighthouse 9000', ['note 1200'], [], 199, 199])
  })

  it('counts all that was found, and joins conversations', () => {
    const { total, totalIsExact, folders: inFolders, senders, years } = facetsOf('anchor ')
    const [hit] = finding.search(context, '', {
      ...{ text: 'token12346 ', folderId: null, order: 'newest', offset: 0, limit: 25 },
    }).messages
    const thread = finding.thread(context, '', hit?.occurrenceId ?? 0)
    const inYear = (year: number) => numbers.filter((n) => new Date(dateOf(n)).getFullYear() === year).length
    expect({
      ...{ total, totalIsExact },
      folders: inFolders.map(({ path, count: hits }) => [path, hits]).sort(),
      senders: senders.map(({ count: hits }) => hits),
      years: years.map(({ year, count: hits }) => [year, hits]),
      thread: thread.messages.map(({ subject }) => subject),
    }).toEqual({
      ...{ total: count, totalIsExact: true },
      folders: folders.map((path) => [path, count / 4]),
      senders: Array.from({ length: 8 }, () => count / 8),
      years: [2025, 2024, 2023].map((year) => [year, inYear(year)]),
      thread: [12344, 12345, 12346, 12347].map(subjectOf),
    })
  })
})
