import type { MailStore, StoredFolder, StoredMessage } from './mail-store.ts'
import type { Wire } from './wire.ts'

/** One command as the client sent it, with its literals read. */
export interface ImapCommand {
  readonly tag: string
  /** In capitals; `UID FETCH` is one name. */
  readonly name: string
  /** What follows the name, with literals as quoted strings. */
  readonly args: string
  readonly literals: readonly Buffer[]
}

/** Usage and limit in kilobytes, as GETQUOTAROOT reports them (RFC 9208). */
export interface Quota {
  readonly usedKb: number
  readonly limitKb: number
}

/** What a session knows of its client. */
export interface ImapSession {
  readonly store: MailStore
  readonly quota: Quota | null
  selected: StoredFolder | null
}

type Answer = (session: ImapSession, command: ImapCommand) => readonly string[]

/** Reads a command with its literals, answering each synchronizing one (RFC 9051 section 4.3). */
export async function readCommand(wire: Wire): Promise<ImapCommand | null> {
  let text = ''
  const literals: Buffer[] = []
  for (;;) {
    const line = await wire.line()
    if (line === null) return null
    const literal = /\{(\d+)(\+?)\}$/.exec(line)
    if (literal === null) return parse(text + line, literals)
    if (literal[2] === '') wire.say('+ go on')
    const bytes = await wire.bytes(Number(literal[1]))
    if (bytes === null) return null
    literals.push(bytes)
    const short = bytes.length > 500 ? 'literal' : bytes.toString('utf8')
    text += `${line.slice(0, literal.index)}"${short.replace(/[\\"]/g, '\\$&')}"`
  }
}

function parse(line: string, literals: readonly Buffer[]): ImapCommand {
  const [, tag = '', name = '', args = ''] = /^(\S+) ((?:UID )?\S+) ?(.*)$/is.exec(line) ?? []
  return { tag, name: name.toUpperCase(), args, literals }
}

/** What a well-behaved server answers to each command after sign-in; the tagged OK follows. */
export const healthyAnswers: Readonly<Record<string, Answer>> = {
  NOOP: () => [],
  CHECK: () => [],
  ID: () => ['* ID ("name" "Scripted")'],
  ENABLE: () => ['* ENABLED'],
  NAMESPACE: () => ['* NAMESPACE (("" "/")) NIL NIL'],
  LIST: ({ store }, { args }) =>
    /^\S+ ""/.test(args) ? ['* LIST (\\Noselect) "/" ""'] : store.folders.map(listed('LIST')),
  LSUB: ({ store }) => store.folders.map(listed('LSUB')),
  STATUS: ({ store }, { args }) => {
    const folder = store.folder(nameIn(args))
    return folder === undefined
      ? []
      : [
          `* STATUS "${folder.name}" (MESSAGES ${folder.messages.length} UIDNEXT ${folder.uidNext} UIDVALIDITY 7 UNSEEN 0)`,
        ]
  },
  SELECT: select,
  EXAMINE: select,
  CLOSE: () => [],
  UNSELECT: () => [],
  GETQUOTAROOT: ({ quota }, { args }) => [
    `* QUOTAROOT ${args} ""`,
    ...(quota === null ? [] : [`* QUOTA "" (STORAGE ${quota.usedKb} ${quota.limitKb})`]),
  ],
  'UID SEARCH': (session, command) => [
    `* SEARCH ${found(session, command)
      .map((message) => message.uid)
      .join(' ')}`.trimEnd(),
  ],
  SEARCH: (session, command) => [
    `* SEARCH ${found(session, command)
      .map((message) => (session.selected?.messages.indexOf(message) ?? 0) + 1)
      .join(' ')}`.trimEnd(),
  ],
  'UID FETCH': (session, { args }) =>
    withUids(session, args).map((message) => fetched(session, message, args)),
  'UID STORE': (session, { args }) => {
    const flags = /\(([^)]*)\)/.exec(args)?.[1]?.split(' ') ?? []
    for (const message of withUids(session, args)) for (const flag of flags) message.flags.add(flag)
    return []
  },
  EXPUNGE: expunge,
  'UID EXPUNGE': expunge,
}

const listed =
  (verb: string) =>
  (folder: StoredFolder): string =>
    `* ${verb} (\\HasNoChildren${folder.specialUse === '' ? '' : ` ${folder.specialUse}`}) "/" "${folder.name}"`

/** The words of a command, quoted or not. */
export const wordsIn = (args: string): readonly string[] =>
  [...args.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/gs)].map(
    ([, quoted, bare]) => quoted?.replace(/\\(.)/gs, '$1') ?? bare ?? '',
  )

/** The folder that a command names first, quoted or not. */
export const nameIn = (args: string): string => wordsIn(args)[0] ?? ''

function select(session: ImapSession, { args }: ImapCommand): readonly string[] {
  session.selected = session.store.folder(nameIn(args)) ?? null
  return [
    '* FLAGS (\\Seen \\Deleted \\Flagged)',
    '* OK [PERMANENTFLAGS (\\Seen \\Deleted \\Flagged \\*)] ok',
    `* ${session.selected?.messages.length ?? 0} EXISTS`,
    '* 0 RECENT',
    '* OK [UIDVALIDITY 7] ok',
    `* OK [UIDNEXT ${session.selected?.uidNext ?? 1}] ok`,
  ]
}

/** Messages that contain the last word of the criteria; `UID n` and `ALL` are known too. */
function found(session: ImapSession, { args }: ImapCommand): readonly StoredMessage[] {
  const uids = /^UID (\S+)$/i.exec(args)?.[1]
  if (uids !== undefined) return withUids(session, uids)
  const wanted = /"([^"]+)"$/.exec(args)?.[1] ?? (args.toUpperCase() === 'ALL' ? '' : args.split(' ').at(-1))
  return (session.selected?.messages ?? []).filter(({ raw }) => raw.includes(wanted ?? ''))
}

function withUids({ selected }: ImapSession, args: string): readonly StoredMessage[] {
  const ranges = (/^\S+/.exec(args)?.[0] ?? '').split(',').map((range) => range.split(':'))
  const inRange = (uid: number) =>
    ranges.some(([from, to = from]) => uid >= Number(from) && uid <= (to === '*' ? Infinity : Number(to)))
  return (selected?.messages ?? []).filter(({ uid }) => inRange(uid))
}

function fetched({ selected }: ImapSession, message: StoredMessage, args: string): string {
  const body = /BODY(?:\.PEEK)?(\[[^\]]*\])/i.exec(args)?.[1]
  const end = message.raw.indexOf('\r\n\r\n') + 4
  const part =
    body === undefined
      ? null
      : body === '[]' || body.toUpperCase() === '[TEXT]'
        ? message.raw
        : message.raw.subarray(0, end)
  const date = message.storedAt
    .toUTCString()
    .replace(/^\w+, (\d+) (\w+) (\d+) (\S+) GMT$/, '$1-$2-$3 $4 +0000')
  const facts = `UID ${message.uid} FLAGS (${[...message.flags].join(' ')}) INTERNALDATE "${date}" RFC822.SIZE ${message.raw.length}`
  const literal =
    part === null || body === undefined ? '' : ` BODY${body} {${part.length}}\r\n${part.toString('latin1')}`
  return `* ${(selected?.messages.indexOf(message) ?? 0) + 1} FETCH (${facts}${literal})`
}

function expunge(session: ImapSession): readonly string[] {
  const folder = session.selected
  if (folder === null) return []
  const gone = folder.messages.filter(({ flags }) => flags.has('\\Deleted'))
  // From the last to the first, so that the sequence numbers stay those that the client knows.
  const lines = gone.map((message) => `* ${folder.messages.indexOf(message) + 1} EXPUNGE`).toReversed()
  folder.messages = folder.messages.filter((message) => !gone.includes(message))
  return lines
}
