import { Parser } from 'htmlparser2'

const unread: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'head'])
/** Markup may be built so that reading it takes ever longer; what was read until then is kept. */
const patienceMs = 2_000
const stepChars = 16 * 1024
const inline: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo big code em font i mark q s small span strong sub sup tt u wbr'.split(' '),
)

/** Text with an end: what goes beyond is dropped. */
interface Gathered {
  readonly text: () => string
  readonly add: (piece: string) => void
  readonly isFull: () => boolean
}

/** Gathers pieces up to a number of characters. */
export function gather(maxChars: number): Gathered {
  const pieces: string[] = []
  let length = 0
  return {
    text: () => pieces.join(''),
    add: (piece) => {
      if (length >= maxChars) return
      pieces.push(length + piece.length > maxChars ? piece.slice(0, maxChars - length) : piece)
      length += piece.length
    },
    isFull: () => length >= maxChars,
  }
}

/** The words of HTML, read as a stream and never built into a document; at most `maxChars` of them. */
export function htmlToText(html: string, maxChars: number): string {
  const gathered = gather(maxChars)
  let hidden = 0
  const parser = new Parser({
    onopentag: (name) => {
      if (unread.has(name)) hidden++
      if (!inline.has(name)) gathered.add(' ')
    },
    onclosetag: (name) => {
      if (unread.has(name)) hidden = Math.max(0, hidden - 1)
      if (!inline.has(name)) gathered.add(' ')
    },
    ontext: (text) => {
      if (hidden === 0) gathered.add(text)
    },
  })
  const untilMs = performance.now() + patienceMs
  for (let at = 0; at < html.length && !gathered.isFull(); at += stepChars) {
    parser.write(html.slice(at, at + stepChars))
    if (performance.now() > untilMs) return gathered.text()
  }
  parser.end()
  return gathered.text()
}

/** One part of an office file, read piece by piece: the text of some elements, with breaks after others. */
export interface XmlReading {
  /** Whether the text within an element counts. */
  readonly isText: (name: string, attributes: Readonly<Record<string, string>>) => boolean
  readonly isBreak: (name: string) => boolean
  readonly into: Gathered
}

/** A reader that is given XML in pieces. Entities that a document defines itself are not expanded (no such bomb). */
export function createXmlReader({ isText, isBreak, into }: XmlReading): Parser {
  let depth = 0
  const counted: boolean[] = []
  return new Parser(
    {
      onopentag: (name, attributes) => {
        const counts = isText(name, attributes)
        if (counted.length < 10_000) counted.push(counts)
        if (counts) depth++
      },
      onclosetag: (name) => {
        if (counted.pop() === true) depth--
        if (isBreak(name)) into.add(' ')
      },
      ontext: (text) => {
        if (depth > 0) into.add(text)
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
}
