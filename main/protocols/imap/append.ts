import type { ImapFlow, ImapFlowError } from 'imapflow'
import { encodePath, formatDateTime, getStatusCode, normalizePath } from 'imapflow/lib/tools.js'
import type { AppendMessage, AppendOutcome } from '../../features/restore/ports.ts'

/** What imapflow runs commands with; its types leave it out. */
interface Commands {
  exec(command: string, attributes: readonly unknown[], options?: object): Promise<Answer>
}
interface Answer {
  readonly response: { readonly attributes?: readonly Attribute[] }
  /** Lets the reading of the connection go on. */
  next(): void
}
interface Attribute {
  readonly value?: unknown
  readonly section?: readonly Attribute[]
}

/**
 * APPEND of one or many messages in one command. imapflow's own `append` carries one; with MULTIAPPEND (RFC 3502)
 * Dovecot took the bench's corpus four times as fast, because it makes a folder's index durable once a command.
 * All messages are taken or none. imapflow takes a message as bytes in memory, it cannot stream one.
 */
export async function appendMessages(
  client: ImapFlow,
  path: string,
  messages: readonly AppendMessage[],
): Promise<AppendOutcome> {
  const folder = encodePath(client, normalizePath(client, path))
  const hasBinary = client.capabilities.has('BINARY')
  const attributes = [
    { type: 'ATOM', value: folder },
    ...messages.flatMap((message) => attributesOf(message, hasBinary)),
  ]
  try {
    const answer = await (client as unknown as Commands).exec('APPEND', attributes)
    const outcome = readAppendUid(answer, messages.length)
    answer.next()
    return outcome
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === null) throw error
    return { kind: 'refused', refusal }
  }
}

function attributesOf({ bytes, flags, internalDateMs }: AppendMessage, hasBinary: boolean) {
  const date = internalDateMs === null ? undefined : formatDateTime(new Date(internalDateMs))
  return [
    flags.map((value) => ({ type: 'ATOM', value })),
    ...(date === undefined ? [] : [{ type: 'STRING', value: date }]),
    {
      type: 'LITERAL',
      value: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      // A plain literal may not hold NUL (RFC 9051 4.3); a literal8 may (RFC 3516).
      isLiteral8: hasBinary && bytes.includes(0),
    },
  ]
}

/** `[APPENDUID 38505 3955:3957]` (RFC 4315): the numbers of what was taken, in order. */
function readAppendUid({ response }: Answer, count: number): AppendOutcome {
  const none = {
    kind: 'appended',
    uidValidity: null,
    uids: Array.from({ length: count }, () => null),
  } as const
  const [code, uidValidity, set] = response.attributes?.[0]?.section ?? []
  if (typeof code?.value !== 'string' || code.value.toUpperCase() !== 'APPENDUID') return none
  const uids = typeof set?.value === 'string' ? expandSet(set.value) : []
  // A set of another length says nothing of which message got which number.
  if (uids.length !== count || typeof uidValidity?.value !== 'string') return none
  return /^\d{1,10}$/.test(uidValidity.value)
    ? { kind: 'appended', uidValidity: uidValidity.value, uids }
    : none
}

function expandSet(set: string): readonly number[] {
  if (!/^\d{1,10}(:\d{1,10})?(,\d{1,10}(:\d{1,10})?)*$/.test(set)) return []
  const uids: number[] = []
  for (const range of set.split(',')) {
    const [first = 0, last = first] = range.split(':').map(Number)
    if (last - first > 10_000) return []
    for (let uid = first; uid <= last; uid++) uids.push(uid)
  }
  return uids
}

/** Codes that speak of the connection or of the moment, not of the messages. */
const passing = new Set(['THROTTLED', 'UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG'])

/** NO or BAD to the command as a refusal of what it carried; null when it means something else. */
export function refusalOf(error: unknown): { readonly code: string | null; readonly words: string } | null {
  if (!(error instanceof Error)) return null
  const raised = error as ImapFlowError & { readonly response?: Parameters<typeof getStatusCode>[0] }
  if (raised.responseStatus !== 'NO' && raised.responseStatus !== 'BAD') return null
  if (raised.code === 'ETHROTTLE') return null
  const code = raised.serverResponseCode ?? (getStatusCode(raised.response) || null)
  if (code !== null && passing.has(code.toUpperCase())) return null
  if (code === null && /thrott|too many|try again|rate limit|slow down/i.test(raised.responseText ?? ''))
    return null
  return { code, words: raised.responseText ?? raised.message }
}
