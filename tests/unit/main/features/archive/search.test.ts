import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import { openArchiveReader } from '../../../../../main/features/archive/store/reader.ts'
import type { ArchiveReader } from '../../../../../main/features/archive/store/reader.ts'
import { catchUpText, forgetText } from '../../../../../main/features/archive/text/catch-up.ts'
import { createExtractor } from '../../../../../main/features/archive/text/extractor.ts'
import { createFinding } from '../../../../../main/features/archive/worker/finding.ts'
import { eachSelected, listSelectedFolders } from '../../../../../db/archive-index/select.ts'
import { fillArchive, makeArchive } from '../../../../helpers/archive.ts'
import { fillSearchable, searchableMessage } from '../../../../helpers/searchable-mail.ts'

const context = { signal: new AbortController().signal, progress: () => Promise.resolve() }
describe('the search of an archive', { timeout: 60_000 }, () => {
  let folder: string
  let root: string
  let reader: ArchiveReader
  const finding = createFinding(() => reader)
  const index = async () => {
    const extractor = createExtractor()
    const done = await catchUpText(root, extractor, context.progress)
    await extractor.dispose()
    return done
  }
  const search = (text: string, order: 'relevance' | 'newest' = 'newest', folderId: number | null = null) =>
    finding.search(context, root, { text, folderId, order, offset: 0, limit: 50 })
  const subjects = (text: string) => search(text).messages.map(({ subject }) => subject)

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'search-test-'))
    root = makeArchive(folder)
    await fillSearchable(root)
    await index()
    reader = openArchiveReader(root)
  })
  afterAll(() => {
    reader.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('finds by words of headers, text and attachments, in all scripts, and by every operator', () => {
    const questions = [
      'harbour',
      'har',
      '"tide table"',
      'tide -master',
      'from:ben OR subject:invoice',
      '会議室',
      'berth',
      'pilotage exemption',
      'filename:quay',
      'type:docx',
      'has:attachment from:dora -broken',
      'in:sent',
      'in:work',
      'mailbox:ana@b.example crane',
      'after:2025-01-07',
      'on:2025-01-02',
      'size:>50k',
      'is:flagged crane',
      'is:unread crane',
      'to:cleo before:2025-01-03',
      'body:invoice',
      '(tide OR crane) -(re OR slack)',
      'nobody-has-this',
    ]
    expect(Object.fromEntries(questions.map((text) => [text, subjects(`${text} `)]))).toEqual({
      harbour: ['Invoice 1204', 'Tide table'],
      har: [],
      '"tide table"': ['Re: Tide table', 'Tide table'],
      'tide -master': ['Re: Tide table'],
      'from:ben OR subject:invoice': ['会議室の予約', 'Invoice 1204', 'Re: Tide table'],
      会議室: ['会議室の予約'],
      berth: ['Plans'],
      'pilotage exemption': ['Plans'],
      'filename:quay': ['Plans'],
      'type:docx': ['Plans'],
      'has:attachment from:dora -broken': ['Plans'],
      'in:sent': ['Crane'],
      'in:work': ['Crane'],
      'mailbox:ana@b.example crane': ['Crane'],
      'after:2025-01-07': ['Crane', 'Broken'],
      'on:2025-01-02': ['Tide table'],
      'size:>50k': ['Crane'],
      'is:flagged crane': ['Crane'],
      'is:unread crane': [],
      'to:cleo before:2025-01-03': ['Tide table'],
      'body:invoice': [],
      '(tide OR crane) -(re OR slack)': ['Tide table'],
      'nobody-has-this': [],
    })
  })

  it('finds while a word is typed, the most fitting first, and marks it where it stands', () => {
    const found = search('harb', 'relevance')
    const [first, second] = found.messages
    const { messages } = search('berth seven')
    expect({
      order: [first?.subject, second?.subject],
      first: first?.snippet,
      file: messages[0]?.snippet,
      subject: search('invoice').messages[0]?.subjectHits,
      problems: search('before:soon harbour').problems,
    }).toEqual({
      order: ['Invoice 1204', 'Tide table'],
      first: {
        text: 'harbour harbour harbour fees',
        hits: [
          [0, 7],
          [8, 15],
          [16, 23],
        ],
        file: null,
      },
      file: {
        text: 'Berth seven is deep',
        hits: [
          [0, 5],
          [6, 11],
        ],
        file: 'quay-plan.pdf',
      },
      subject: [[0, 7]],
      problems: ['before: wants a date, such as 2025, 2025-03, 2025-03-14 or 7d.'],
    })
  })

  it('counts what was found, and joins conversations', () => {
    const { folders, senders, years, total, withAttachment } = finding.searchFacets(context, root, {
      text: 'to:cleo ',
      folderId: null,
    })
    const reply = search('subject:re ').messages[0]!
    const thread = finding.thread(context, root, reply.occurrenceId)
    const broken = search('broken').messages[0]!
    expect({
      facets: [folders.map(({ path, count }) => [path, count]), senders[0], years, total, withAttachment],
      thread: thread.messages.map(({ subject }) => subject),
      unread: finding.textProblems(context, root, broken.occurrenceId),
    }).toEqual({
      facets: [
        [
          ['INBOX', 6],
          ['Work/Sent', 1],
        ],
        { sender: 'Ana <ana@b.example>', count: 2 },
        [{ year: 2025, count: 7 }],
        7,
        2,
      ],
      thread: ['Tide table', 'Re: Tide table'],
      unread: {
        indexed: true,
        problems: [{ file: 'report.pdf', problem: expect.stringMatching(/^It is damaged: /) as string }],
      },
    })
  })

  it('selects for an export what it shows, and refuses a question that lacks something', () => {
    const select = (text: string) => {
      const selection = { kind: 'search', text, folderId: null } as const
      return listSelectedFolders(reader.index, selection).flatMap(({ folderId }) =>
        [...eachSelected(reader.index, selection, folderId)].map(({ subject }) => subject),
      )
    }
    expect(select('harbour OR in:sent ').sort()).toEqual(subjects('harbour OR in:sent ').sort())
    expect(() => select('harbour before:soon')).toThrow(
      expect.objectContaining({ code: 'archive.bad_query' }) as Error,
    )
  })

  it('answers whatever is asked', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '"',
      '-',
      ' ',
      'OR',
      'from:',
      'on:2025 ',
      'in:',
      'tide',
      '*',
      ':',
      '会',
      'type:pdf ',
      "'",
      '%',
    )
    const asked = fc.oneof(
      fc.string({ minLength: 1, maxLength: 60 }),
      fc.array(piece, { minLength: 1, maxLength: 30 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(asked, fc.constantFrom('relevance' as const, 'newest' as const), (text, order) => {
        expect(search(text, order).messages.length).toBeLessThanOrEqual(7)
      }),
    )
  })

  it('makes a text index anew that is damaged, and says meanwhile that nothing is searchable', async () => {
    const other = makeArchive(folder, 'damaged')
    await fillArchive(other, 'INBOX', [searchableMessage('Ana <ana@b.example>', 'Once', 'anchor')])
    writeFileSync(join(other, 'text.sqlite'), Buffer.alloc(9_000, 7))
    const opened = openArchiveReader(other)
    const found = createFinding(() => opened)
    const before = found.textCoverage(context, other)
    const extractor = createExtractor()
    await catchUpText(other, extractor, context.progress)
    await extractor.dispose()
    const after = found.textCoverage(context, other)
    opened.close()
    expect([before, after]).toEqual([
      { indexed: 0, total: 1 },
      { indexed: 1, total: 1 },
    ])
  })

  it('keeps its text when the index is made anew, and forgets what is taken out, to the last word', async () => {
    reader.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(root, `index.sqlite${suffix}`), { force: true })
    await fillArchive(root, 'INBOX', [])
    reader = openArchiveReader(root)
    const before = finding.textCoverage(context, root)
    const done = await index()
    const [gone] = search('berth').messages
    const id = reader.index
      .prepare('SELECT message_id FROM occurrences WHERE occurrence_id = ?')
      .pluck()
      .get(gone?.occurrenceId) as number
    // A word is stored without what it has in common with the one before.
    const holdsWord = () => readFileSync(join(root, 'text.sqlite')).toString('latin1').includes('ilotage')
    const heldBefore = holdsWord()
    await forgetText(root, [id])
    expect([before, done, gone?.subject, heldBefore, subjects('berth'), holdsWord()]).toEqual([
      { indexed: 0, total: 7 },
      { indexed: 7, total: 7 },
      'Plans',
      true,
      [],
      false,
    ])
  })
})
