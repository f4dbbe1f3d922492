import { foldForMarks, isUnspaced } from './words.ts'
import type { QueryTerm } from './query-terms.ts'

/** Stretches of a text, as start and end (in UTF-16 code units, the end not included), ascending, apart. */
export type Hits = readonly (readonly [number, number])[]

/** What is looked for in a text to mark it. */
export interface Needle {
  readonly words: readonly string[]
  /** The last word may go on. */
  readonly prefix: boolean
  /** Written without spaces: found also in the middle of a run. */
  readonly anywhere: boolean
}

const maxHits = 50
const lengthChars = 180
const leadChars = 24
/** What is looked for mostly stands here, if it stands anywhere: the rest is read where it does not. */
const nearChars = 8_000
const wordCharacter = /[\p{L}\p{N}\p{M}]/u
const plainWordCharacter = /[a-z0-9]/

/** The needles of a question's words and phrases. */
export function toNeedles(texts: readonly (QueryTerm & { kind: 'text' })[]): readonly Needle[] {
  return texts.flatMap(({ text, prefix }) => {
    const words = foldForMarks(text.normalize('NFC')).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
    return words.length === 0 ? [] : [{ words: [...words], prefix, anywhere: isUnspaced(text) }]
  })
}

/** Most of what is asked about is ASCII, for which the plain expression is many times faster. */
function isWordAt(folded: string, at: number): boolean {
  const character = folded.charAt(at)
  return character < '\x80' ? plainWordCharacter.test(character) : wordCharacter.test(character)
}

/** Where needles occur in a text. */
export function findHits(text: string, needles: readonly Needle[]): Hits {
  const folded = foldForMarks(text)
  const hits = needles.flatMap((needle) => findNeedle(folded, needle))
  let reached = 0
  return hits
    .sort((a, b) => a[0] - b[0] || b[1] - a[1])
    .filter(([start, end]) => {
      if (start < reached) return false
      reached = end
      return true
    })
}

function findNeedle(folded: string, needle: Needle): (readonly [number, number])[] {
  const first = needle.words[0] ?? ''
  const hits: (readonly [number, number])[] = []
  for (let at = folded.indexOf(first); at !== -1; at = folded.indexOf(first, at + first.length)) {
    if (!needle.anywhere && at > 0 && isWordAt(folded, at - 1)) continue
    const end = endOf(folded, at, needle)
    if (end !== null) hits.push([at, end])
    if (hits.length >= maxHits) break
  }
  return hits
}

/** Where a needle that begins at a place ends; null when only its beginning is there. */
function endOf(folded: string, start: number, needle: Needle): number | null {
  let at = start
  for (const [n, word] of needle.words.entries()) {
    if (!folded.startsWith(word, at)) return null
    at += word.length
    const goesOn = at < folded.length && isWordAt(folded, at)
    if (n === needle.words.length - 1) {
      if (!goesOn || needle.anywhere) return at
      return needle.prefix ? wordEnd(folded, at) : null
    }
    if (goesOn && !needle.anywhere) return null
    while (at < folded.length && !isWordAt(folded, at)) at++
  }
  return at
}

function wordEnd(folded: string, from: number): number {
  let at = from
  while (at < folded.length && at - from < 100 && isWordAt(folded, at)) at++
  return at
}

/** A piece of a text around the place where most of what is looked for stands together; null without any hit. */
export function makeSnippet(
  text: string,
  needles: readonly Needle[],
): { readonly text: string; readonly hits: Hits } | null {
  const near = text.length > nearChars ? bestOf(text, needles, nearChars) : null
  const best = near !== null && near.count >= needles.length ? near : bestOf(text, needles, text.length)
  if (best === null) return null
  const { hits } = best
  const start = cutBefore(text, best.at)
  const end = cutAfter(text, start + lengthChars)
  const lead = start > 0 ? '… ' : ''
  const shift = lead.length - start
  return {
    text: `${lead}${onOneLine(text.slice(start, end)).trimEnd()}${end < text.length ? ' …' : ''}`,
    hits: hits
      .filter(([from, until]) => from >= start && until <= end)
      .map(([from, until]) => [from + shift, until + shift] as const),
  }
}

/** The first place with the most different hits, within the first characters of a text. */
function bestOf(text: string, needles: readonly Needle[], within: number) {
  // A word that the end cuts off is none.
  const hits = findHits(text.slice(0, within), needles).filter(
    ([, end]) => end < within || within === text.length,
  )
  const found = hits.map(([start, end]) => foldForMarks(text.slice(start, end)))
  let best: { readonly count: number; readonly at: number; readonly hits: Hits } | null = null
  for (const [first, [at]] of hits.entries()) {
    const beyond = hits.findIndex(([, end], n) => n >= first && end > at + lengthChars - leadChars)
    const count = new Set(found.slice(first, beyond === -1 ? undefined : beyond)).size
    if (best === null || count > best.count) best = { count, at, hits }
    if (best.count >= needles.length) break
  }
  return best
}

/** The beginning of a text, where nothing of it is to be marked. */
export function beginOf(text: string): string {
  const begin = text
    .slice(0, 10 * lengthChars)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toWellFormed()
  const end = cutAfter(begin, lengthChars)
  return end < begin.length ? `${begin.slice(0, end)} …` : begin
}

/** Line ends and control characters become blanks, each one: places in the text stay what they are. */
function onOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]/gu, ' ').toWellFormed()
}

/** A place before a hit, at the beginning of a word where there is one near. */
function cutBefore(text: string, hit: number): number {
  const wanted = Math.max(0, hit - leadChars)
  if (wanted === 0) return 0
  const blank = text.indexOf(' ', wanted)
  return blank !== -1 && blank < hit ? blank + 1 : wholeCharacter(text, wanted)
}

function cutAfter(text: string, wanted: number): number {
  if (wanted >= text.length) return text.length
  const blank = text.lastIndexOf(' ', wanted)
  return blank > wanted - 30 ? blank : wholeCharacter(text, wanted)
}

/** Not between the halves of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at
}
