import { gather } from './markup.ts'

const maxPages = 2_000

/** The text of a PDF, page by page up to a number of characters. Errors: what the PDF reader says of a broken file. */
export async function pdfToText(
  bytes: Uint8Array,
  maxChars: number,
): Promise<{ readonly text: string; readonly cut: boolean }> {
  // Loaded when the first PDF comes: it is 2 MB of code that most threads never need.
  const { getDocumentProxy } = await import('unpdf')
  const document = await getDocumentProxy(new Uint8Array(bytes), {
    disableFontFace: true,
    stopAtErrors: false,
    verbosity: 0,
  })
  const into = gather(maxChars)
  try {
    const pages = Math.min(document.numPages, maxPages)
    for (let number = 1; number <= pages && !into.isFull(); number++) {
      const page = await document.getPage(number)
      const { items } = await page.getTextContent()
      for (const item of items) if ('str' in item) into.add(item.hasEOL ? `${item.str} ` : item.str)
      into.add(' ')
      page.cleanup()
    }
    return { text: into.text(), cut: into.isFull() || document.numPages > maxPages }
  } finally {
    await document.loadingTask.destroy()
  }
}
