import type { FoundMessage, Snippet } from '../../../../core/archive/find-endpoints.ts'
import type { QueryTerm } from '../../../../core/archive/query-terms.ts'
import { beginOf, findHits, makeSnippet, toNeedles } from '../../../../core/archive/snippet.ts'
import type { Hits, Needle } from '../../../../core/archive/snippet.ts'
import { AppError } from '../../../../core/errors.ts'
import type { Found } from '../../../../db/archive-text/search.ts'
import { asBuffer } from '../store/frame.ts'
import type { ArchiveReader } from '../store/reader.ts'
import { readExcerpt } from './document.ts'
import { readMessageText } from './message-text.ts'

type Wanted = readonly (QueryTerm & { kind: 'text' })[]

/** Bodies that were shown, so that the next letter that is typed finds them again. */
const rememberedChars = 4_000_000
const bodyChars = 64_000

/** Makes messages that were found into what the list shows: what was asked for is marked where it stands. */
export function createFoundView() {
  const bodies = new Map<string, string>()
  let characters = 0

  const bodyOf = (reader: ArchiveReader, { row, place }: Found): string => {
    const known = bodies.get(row.sha256)
    if (known !== undefined) return known
    const body = readBody(reader, place)
    characters += body.length
    bodies.set(row.sha256, body)
    for (const [oldest, { length }] of bodies) {
      if (characters <= rememberedChars) break
      bodies.delete(oldest)
      characters -= length
    }
    return body
  }
  return (reader: ArchiveReader, found: Found, wanted: Wanted): FoundMessage => {
    const needlesOf = (...fields: readonly (string | null)[]) =>
      toNeedles(wanted.filter(({ field }) => fields.includes(field)))
    const { row, excerpt } = found
    const { body, files } = readExcerpt(excerpt)
    const text = body ?? bodyOf(reader, found)
    return {
      ...row,
      subjectHits: marks(findHits(row.subject, needlesOf(null, 'subject'))),
      fromHits: marks(findHits(row.from, needlesOf(null, 'sender'))),
      snippet: snippetOf(text, files, needlesOf(null, 'body'), needlesOf(null)),
    }
  }
}

/** A message that cannot be read has no text to show; what is wrong with it is said where it is opened. */
function readBody(reader: ArchiveReader, place: Found['place']): string {
  try {
    return readMessageText(asBuffer(reader.readMessage(place)), 'body').body.slice(0, bodyChars)
  } catch (error) {
    if (error instanceof AppError) return ''
    throw error
  }
}

/** Where it was found in the text; else in a file; else the beginning of the text, with nothing marked. */
function snippetOf(
  body: string,
  files: readonly (readonly [string, string])[],
  inBody: readonly Needle[],
  inFiles: readonly Needle[],
): Snippet | null {
  const own = makeSnippet(body, inBody)
  if (own !== null) return { text: own.text, hits: marks(own.hits), file: null }
  for (const [file, text] of files) {
    const piece = makeSnippet(text, inFiles)
    if (piece !== null) return { text: piece.text, hits: marks(piece.hits), file }
  }
  return body.trim() === '' ? null : { text: beginOf(body), hits: [], file: null }
}

function marks(hits: Hits): [number, number][] {
  return hits.map(([start, end]) => [start, end])
}
