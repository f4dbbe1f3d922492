import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** A zip with these files. */
export async function makeZip(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream)
}

/** A Word file with one paragraph a text; a word may be cut into runs, as Word does. */
export function makeDocx(paragraphs: readonly string[]): Promise<Buffer> {
  const runs = (text: string) =>
    [text.slice(0, 3), text.slice(3)]
      .map((run) => `<w:r><w:t xml:space="preserve">${escape(run)}</w:t></w:r>`)
      .join('')
  const body = paragraphs.map((text) => `<w:p>${runs(text)}</w:p>`).join('')
  return makeZip({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
    'word/footer1.xml': '<w:ftr xmlns:w="w"><w:p><w:r><w:t>footline</w:t></w:r></w:p></w:ftr>',
    'word/settings.xml': '<w:settings xmlns:w="w"><w:t>unseen</w:t></w:settings>',
  })
}

/** An Excel file: shared strings, an inline one, and numbers. */
export function makeXlsx(strings: readonly string[], numbers: readonly number[]): Promise<Buffer> {
  const shared = strings.map((text) => `<si><t>${escape(text)}</t></si>`).join('')
  const cells = [
    ...strings.map((_, n) => `<c t="s"><v>${n + 70_000}</v></c>`),
    ...numbers.map((value) => `<c><v>${value}</v></c>`),
    '<c t="inlineStr"><is><t>inline</t></is></c>',
  ]
  return makeZip({
    'xl/sharedStrings.xml': `<sst>${shared}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row>${cells.join('')}</row></sheetData></worksheet>`,
  })
}

/** A PowerPoint file, one slide a text, with notes on the first. */
export function makePptx(slides: readonly string[]): Promise<Buffer> {
  const slide = (text: string) =>
    `<p:sld xmlns:a="a" xmlns:p="p"><a:p><a:r><a:t>${escape(text)}</a:t></a:r></a:p></p:sld>`
  return makeZip({
    ...Object.fromEntries(slides.map((text, n) => [`ppt/slides/slide${n + 1}.xml`, slide(text)])),
    'ppt/notesSlides/notesSlide1.xml': slide('spoken'),
  })
}

/** A PDF (ISO 32000-1) of one page a text, in Helvetica, with a cross-reference table. */
export function makePdf(pages: readonly string[]): Buffer {
  const fonts = '/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 595 842]'
  const kids = pages.map((_, n) => `${4 + 2 * n} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((text, n) => {
      const stream = `BT /F1 12 Tf 72 720 Td (${text.replace(/[()\\]/g, '\\$&')}) Tj ET`
      return [
        `<< /Type /Page /Parent 2 0 R ${fonts} /Contents ${5 + 2 * n} 0 R >>`,
        `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
      ]
    }),
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, n) => {
    const at = file.length
    file += `${n + 1} 0 obj\n${object}\nendobj\n`
    return `${String(at).padStart(10, '0')} 00000 n \n`
  })
  const xref = file.length
  const size = objects.length + 1
  file += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\n`
  return Buffer.from(`${file}startxref\n${xref}\n%%EOF\n`, 'latin1')
}

/** A part of a message as an attachment. */
export function attach(name: string, type: string, bytes: Buffer): readonly string[] {
  return [
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
  ]
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
