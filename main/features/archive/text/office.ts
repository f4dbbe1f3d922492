import type { Readable } from 'node:stream'
import { fromBufferPromise } from 'yauzl'
import { createXmlReader, gather } from './markup.ts'
import type { XmlReading } from './markup.ts'

/** Office formats by what their zip holds (ECMA-376). */
export type OfficeKind = 'docx' | 'xlsx' | 'pptx'

const maxEntries = 5_000
const maxXmlBytes = 64_000_000

const entries: Readonly<Record<OfficeKind, RegExp>> = {
  docx: /^word\/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml$/,
  xlsx: /^xl\/(?:sharedStrings|worksheets\/sheet\d+|comments\d*)\.xml$/,
  pptx: /^ppt\/(?:slides\/slide\d+|notesSlides\/notesSlide\d+|comments\/comment\d+)\.xml$/,
}

/**
 * The text of a DOCX, XLSX or PPTX file. A zip that unpacks to more than its share is read no further; what was
 * had until then is returned, with `cut` true. Errors: what the zip reader says of a broken file.
 */
export async function officeToText(
  bytes: Buffer,
  kind: OfficeKind,
  maxChars: number,
): Promise<{ readonly text: string; readonly cut: boolean }> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true })
  const into = gather(maxChars)
  const budget = { bytes: maxXmlBytes }
  let seen = 0
  for await (const entry of zip.eachEntry()) {
    if (++seen > maxEntries || into.isFull() || budget.bytes <= 0) break
    if (!entries[kind].test(entry.fileName)) continue
    if (entry.isEncrypted()) throw new Error('It is protected by a password.')
    const stream = await zip.openReadStreamPromise(entry)
    await readEntry(stream, { ...readingOf(kind), into }, budget)
    into.add(' ')
  }
  return { text: into.text(), cut: into.isFull() || budget.bytes <= 0 || seen > maxEntries }
}

async function readEntry(stream: Readable, reading: XmlReading, budget: { bytes: number }): Promise<void> {
  const parser = createXmlReader(reading)
  const decoder = new TextDecoder()
  for await (const chunk of stream) {
    const bytes = chunk as Buffer
    budget.bytes -= bytes.length
    parser.write(decoder.decode(bytes, { stream: true }))
    if (budget.bytes <= 0 || reading.into.isFull()) break
  }
  stream.destroy()
  parser.end()
}

function readingOf(kind: OfficeKind): Omit<XmlReading, 'into'> {
  if (kind === 'docx')
    return { isText: (name) => name === 'w:t', isBreak: (name) => /^w:(?:p|tab|br|tc)$/.test(name) }
  if (kind === 'pptx')
    return { isText: (name) => name === 'a:t', isBreak: (name) => /^a:(?:p|br|tc)$/.test(name) }
  let shared = false
  return {
    // A cell of type `s` holds the number of a shared string, which is no word of the sheet.
    isText: (name, attributes) => {
      if (name === 'c') shared = attributes['t'] === 's'
      return name === 't' || (name === 'v' && !shared)
    },
    isBreak: (name) => name === 'si' || name === 'c',
  }
}
