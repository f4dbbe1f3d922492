import { describe, expect, it } from 'vitest'
import {
  attachmentText,
  kindOf,
  notOfKind,
  typesOf,
} from '../../../../../../main/features/archive/text/attachment-text.ts'
import type { ReadableKind } from '../../../../../../main/features/archive/text/attachment-text.ts'
import type { ExtractThread } from '../../../../../../main/features/archive/text/extract-functions.ts'
import { createExtractor } from '../../../../../../main/features/archive/text/extractor.ts'
import { makeDocx, makePdf, makePptx, makeXlsx, makeZip } from '../../../../../helpers/office-files.ts'

const words = ({ text }: { text: string }) => text.split(/\s+/).filter((word) => word !== '')

describe('the text of attachments', () => {
  it('is read from PDF, DOCX, XLSX, PPTX, HTML and plain text', async () => {
    const pdf = await attachmentText('pdf', makePdf(['Tide table (spring)', 'page two']), null)
    const docx = await attachmentText('docx', await makeDocx(['Harbour & quay', '会議室']), null)
    const xlsx = await attachmentText('xlsx', await makeXlsx(['Invoice', 'crane'], [1204.5]), null)
    const pptx = await attachmentText('pptx', await makePptx(['First', 'Second']), null)
    const html = await attachmentText(
      'html',
      Buffer.from('<style>p{}</style><p>Gr&uuml;n<b>e</b></p>Au'),
      null,
    )
    const text = await attachmentText('text', Buffer.from('caf\xe9', 'latin1'), 'iso-8859-1')
    expect([pdf, docx, xlsx, pptx, html, text].map((one) => [words(one), one.problem])).toEqual([
      [['Tide', 'table', '(spring)', 'page', 'two'], null],
      [['Harbour', '&', 'quay', '会議室', 'footline'], null],
      [['Invoice', 'crane', '1204.5', 'inline'], null],
      [['First', 'Second', 'spoken'], null],
      [['Grüne', 'Au'], null],
      [['café'], null],
    ])
  })

  it('of a damaged file is nothing, with the reason in words', async () => {
    const whole = makePdf(['x'])
    const docx = await makeDocx(['x'])
    const read = [
      await attachmentText('pdf', Buffer.from('%PDF-1.4 and then nothing that is one'), null),
      await attachmentText('docx', docx.subarray(0, docx.length - 30), null),
      await attachmentText(
        'docx',
        Buffer.concat([docx.subarray(0, 60), Buffer.alloc(200, 0xff), docx.subarray(260)]),
        null,
      ),
    ]
    expect([
      read.map(({ text, problem }) => [text, problem?.slice(0, 14)]),
      notOfKind('pdf', Buffer.from('GIF89a')),
      notOfKind('pdf', whole),
    ]).toEqual([
      [
        ['', 'It is damaged:'],
        ['', 'It is damaged:'],
        ['', 'It is damaged:'],
      ],
      'It is not a PDF file.',
      null,
    ])
  })

  it('of a zip that unpacks to gigabytes ends at its share', async () => {
    const bomb = `<sst>${'<si><t>bomb bomb bomb bomb</t></si>'.repeat(400_000)}</sst>`
    const { text, problem } = await attachmentText(
      'xlsx',
      await makeZip({ 'xl/sharedStrings.xml': bomb }),
      null,
    )
    expect([text.length <= 500_000, problem]).toEqual([
      true,
      'It is very long; only its first part is searchable.',
    ])
  })

  it('expands no entities that a document defines itself', async () => {
    const laughs = `<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><w:document xmlns:w="w"><w:p><w:t>&b;</w:t></w:p></w:document>`
    const { text } = await attachmentText('docx', await makeZip({ 'word/document.xml': laughs }), null)
    expect(text.includes('lol')).toBe(false)
  })

  it('knows a kind by type or by name, and what people ask for by "type:"', () => {
    expect([
      kindOf('application/octet-stream', 'Plan.PDF'),
      kindOf('image/png', 'photo.png'),
      kindOf('text/x-diff', null),
      typesOf('image/jpeg', 'IMG_1.JPG'),
      typesOf('application/pdf', null),
    ]).toEqual(['pdf', null, 'text', ['image', 'jpeg', 'jpg'], ['pdf']])
  })
})

const inline: ExtractThread = {
  call: ((_: string, [kind, bytes]: [ReadableKind, Buffer]) => attachmentText(kind, bytes, null)) as never,
  end: () => Promise.resolve(),
  terminate: () => Promise.resolve(),
}

describe('the thread that takes files apart', () => {
  it('is a real one, and reads', async () => {
    const extractor = createExtractor()
    const read = await extractor.textOf({ file: 'a.pptx', kind: 'pptx', bytes: await makePptx(['threaded']) })
    await extractor.dispose()
    expect([words(read)[0], read.problem]).toEqual(['threaded', null])
  })

  it('is ended when a file takes too long, and the next file gets a new one', async () => {
    let started = 0
    const extractor = createExtractor(() => {
      started++
      return started > 1 ? inline : { ...inline, call: () => new Promise<never>(() => undefined) }
    }, 50)
    const part = { file: 'a.pdf', kind: 'pdf', bytes: makePdf(['found']) } as const
    const slow = await extractor.textOf(part)
    const next = await extractor.textOf({ ...part, bytes: makePdf(['found too']) })
    await extractor.dispose()
    expect([slow, words(next), started]).toEqual([
      { text: '', problem: 'Taking it apart takes too long.' },
      ['found', 'too'],
      2,
    ])
  })

  it('reads the same file once only', async () => {
    let calls = 0
    const call: ExtractThread['call'] = (...all) => {
      calls++
      return inline.call(...all)
    }
    const extractor = createExtractor(() => ({ ...inline, call }))
    const part = { file: 'a.docx', kind: 'docx', bytes: await makeDocx(['once']) } as const
    const both = [await extractor.textOf(part), await extractor.textOf(part)]
    await extractor.dispose()
    expect([both.map((one) => words(one)[0]), calls]).toEqual([['once', 'once'], 1])
  })
})
