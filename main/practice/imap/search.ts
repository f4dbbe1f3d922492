import type { StoredMessage } from '../mail-store.ts'
import { fieldOf, parseMime } from './mime.ts'
import { parseSet } from './sequence.ts'
import { itemsOf, SyntaxRefused, textOf } from './tokens.ts'
import type { Token } from './tokens.ts'

/** A message with its sequence number. */
interface Candidate {
  readonly message: StoredMessage
  readonly sequence: number
}

type Test = (candidate: Candidate) => boolean

const flagKeys: Readonly<Record<string, string>> = {
  ANSWERED: '\\Answered',
  DELETED: '\\Deleted',
  DRAFT: '\\Draft',
  FLAGGED: '\\Flagged',
  SEEN: '\\Seen',
}

/** The messages of a folder that all keys fit (RFC 9051, 6.4.4). @throws SyntaxRefused */
export function searchMessages(view: readonly StoredMessage[], keys: readonly Token[]): readonly Candidate[] {
  const queue = [...keys]
  if (queue[0]?.kind === 'atom' && queue[0].text.toUpperCase() === 'CHARSET') queue.splice(0, 2)
  const test = readAll(queue, view)
  return view.map((message, index) => ({ message, sequence: index + 1 })).filter(test)
}

function readAll(queue: Token[], view: readonly StoredMessage[]): Test {
  const tests: Test[] = []
  while (queue.length > 0) tests.push(readKey(queue, view))
  return (candidate) => tests.every((test) => test(candidate))
}

function readKey(queue: Token[], view: readonly StoredMessage[]): Test {
  const token = queue.shift()
  if (token?.kind === 'list') return readAll([...token.items], view)
  const key = textOf(token).toUpperCase()
  if (/^[\d*]/.test(key)) {
    const inSet = parseSet(key, view.length)
    return ({ sequence }) => inSet(sequence)
  }
  if (key === 'NOT') {
    const negated = readKey(queue, view)
    return (candidate) => !negated(candidate)
  }
  if (key === 'OR') {
    const [left, right] = [readKey(queue, view), readKey(queue, view)]
    return (candidate) => left(candidate) || right(candidate)
  }
  return readFlagKey(key) ?? readArgumentKey(key, queue, view)
}

function readFlagKey(key: string): Test | null {
  const wanted = flagKeys[key]
  if (wanted !== undefined) return ({ message }) => message.flags.has(wanted)
  const unwanted = key.startsWith('UN') ? flagKeys[key.slice(2)] : undefined
  if (unwanted !== undefined) return ({ message }) => !message.flags.has(unwanted)
  if (key === 'ALL' || key === 'OLD') return () => true
  return key === 'NEW' || key === 'RECENT' ? () => false : null
}

function readArgumentKey(key: string, queue: Token[], view: readonly StoredMessage[]): Test {
  const argument = textOf(itemsOf(queue.shift())[0])
  switch (key) {
    case 'UID': {
      const inSet = parseSet(argument, view.at(-1)?.uid ?? 0)
      return ({ message }) => inSet(message.uid)
    }
    case 'KEYWORD':
      return ({ message }) => message.flags.has(argument)
    case 'UNKEYWORD':
      return ({ message }) => !message.flags.has(argument)
    case 'FROM':
    case 'TO':
    case 'CC':
    case 'BCC':
    case 'SUBJECT':
      return headerHas(key.toLowerCase(), argument)
    case 'HEADER':
      return headerHas(argument.toLowerCase(), textOf(queue.shift()))
    case 'BODY':
    case 'TEXT':
      return ({ message }) => has(message.bytes.toString('utf8'), argument)
    default:
      return readMeasureKey(key, argument)
  }
}

function readMeasureKey(key: string, argument: string): Test {
  const dayMs = 86_400_000
  const day = Date.parse(`${argument} UTC`)
  const onDay = (ms: number) => Math.floor(ms / dayMs) * dayMs
  const sent = (message: StoredMessage) => Date.parse(fieldOf(parseMime(message.bytes).fields, 'date') ?? '')
  switch (key) {
    case 'LARGER':
      return ({ message }) => message.bytes.length > Number(argument)
    case 'SMALLER':
      return ({ message }) => message.bytes.length < Number(argument)
    case 'SINCE':
      return ({ message }) => onDay(message.internalDateMs) >= day
    case 'BEFORE':
      return ({ message }) => onDay(message.internalDateMs) < day
    case 'ON':
      return ({ message }) => onDay(message.internalDateMs) === day
    case 'SENTSINCE':
      return ({ message }) => onDay(sent(message)) >= day
    case 'SENTBEFORE':
      return ({ message }) => onDay(sent(message)) < day
    case 'SENTON':
      return ({ message }) => onDay(sent(message)) === day
    default:
      throw new SyntaxRefused(`Nothing is known of the search key ${key}.`)
  }
}

/** An empty text fits every message that has the field (RFC 9051, 6.4.4). */
function headerHas(name: string, text: string): Test {
  return ({ message }) => {
    const values = parseMime(message.bytes).fields.filter((field) => field.name.toLowerCase() === name)
    return values.some((field) => has(decodeWords(field.value), text))
  }
}

function has(haystack: string, needle: string): boolean {
  return haystack.toLowerCase().includes(needle.toLowerCase())
}

/** Encoded words of a header as text (RFC 2047); a charset that is unknown stays as it was. */
export function decodeWords(value: string): string {
  const joined = value.replace(/\?=\s+=\?/g, '?==?')
  return joined.replace(
    /=\?([^?*]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi,
    (word, charset: string, how: string, text: string) => {
      const bytes =
        how.toLowerCase() === 'b'
          ? Buffer.from(text, 'base64')
          : Buffer.from(
              text
                .replaceAll('_', ' ')
                .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
              'latin1',
            )
      try {
        return new TextDecoder(charset).decode(bytes)
      } catch {
        return word
      }
    },
  )
}
