import { contentLengthOf } from '../../../../core/archive/mbox-variants.ts'
import type { MboxSigns } from '../../../../core/archive/mbox-variants.ts'

const fromLine = /^From .*\d:\d\d.*\d{4}/

/** What the beginning of a file shows of its kind, and how many messages it has; null when it is no mbox file. */
export function readSigns(sample: Buffer): MboxSigns | null {
  const text = sample.toString('latin1')
  if (!/^(\s*\n)?From [^\n]*(\n|$)/.test(text)) return null
  const signs = { messages: 0, lengthsThatFit: 0, withLength: 0, unquoted: 0 }
  const starts = [...text.matchAll(/(^|\n)From [^\n]{0,1000}/g)]
    .map((match) => ({ at: match.index + (match[1]?.length ?? 0), line: match[0].trimStart() }))
    .filter(({ line }) => fromLine.test(line))
  let reached = 0
  for (const { at } of starts) {
    if (at < reached) {
      signs.unquoted++
      continue
    }
    signs.messages++
    const body = bodyOf(text, at)
    const length = contentLengthOf(text.slice(at, body))
    if (length === null) continue
    const end = body + length
    // A message that goes on behind the sample says nothing.
    if (end > text.length) continue
    signs.withLength++
    if (!/^(\r?\n){0,2}($|From )/.test(text.slice(end, end + 16))) continue
    signs.lengthsThatFit++
    reached = end
  }
  return {
    ...signs,
    quotedOnce: text.match(/^>From /gm)?.length ?? 0,
    quotedMore: text.match(/^>{2,}From /gm)?.length ?? 0,
  }
}

function bodyOf(text: string, at: number): number {
  const blank = /\r?\n\r?\n/g
  blank.lastIndex = at
  const found = blank.exec(text)
  return found === null ? text.length : found.index + found[0].length
}
