import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A message as the scripted server has it. */
export interface ScriptedMessage {
  readonly uid: number
  readonly bytes: Buffer
  flags?: readonly string[]
  labels?: readonly string[]
  readonly emailId?: string
  readonly modseq?: number
}

/** A folder of the scripted server; tests change it between pulls. */
export interface ScriptedFolder {
  uidValidity: number
  messages: ScriptedMessage[]
  readonly attributes?: string
  modseq?: number
}

/** One command as it came. `number` counts connections from 1. */
export interface ScriptedCommand {
  readonly tag: string
  /** `LOGIN`, `UID FETCH`. */
  readonly name: string
  readonly args: string
  readonly number: number
  readonly socket: Socket
  /** What the server would answer by itself, tagged line included. */
  readonly usual: () => Buffer
}

/** Does something else than usual: true when it has answered. */
export type Mischief = (command: ScriptedCommand) => boolean | Promise<boolean>

export interface ScriptedImap extends AsyncDisposable {
  readonly port: number
  readonly folders: Map<string, ScriptedFolder>
  /** Every command, as `name args`. */
  readonly commands: string[]
  readonly connections: () => number
  mischief: Mischief
}

/** An IMAP server on a raw socket that speaks just enough to be pulled from, and that tests may make misbehave. */
export async function startScriptedImap(
  folders: Readonly<Record<string, ScriptedFolder>>,
  capabilities = '',
): Promise<ScriptedImap> {
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    const number = ++connections
    const session = { selected: '' }
    socket.write(`* OK [CAPABILITY IMAP4rev1 ${capabilities}] ready\r\n`)
    let text = ''
    let tail = Promise.resolve()
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      for (let end = text.indexOf('\r\n'); end !== -1; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end)
        text = text.slice(end + 2)
        tail = tail.then(() => serve(line))
      }
    })
    const serve = async (line: string): Promise<void> => {
      const [, tag = '', name = '', args = ''] = /^(\S+) ((?:UID )?\S+) ?(.*)$/s.exec(line) ?? []
      scripted.commands.push(`${name} ${name === 'LOGIN' ? '' : args}`)
      const usual = () => Buffer.concat([answer(scripted, session, name, args, capabilities), ok(tag)])
      if (await scripted.mischief({ tag, name, args, number, socket, usual })) return
      socket.write(usual())
      if (name === 'LOGOUT') socket.end()
    }
  })
  const scripted: ScriptedImap = {
    port: 0,
    folders: new Map(Object.entries(folders)),
    commands: [],
    connections: () => connections,
    mischief: () => false,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(scripted, { port: (server.address() as AddressInfo).port })
}

const ok = (tag: string) => Buffer.from(`${tag} OK done\r\n`)

function answer(
  server: ScriptedImap,
  session: { selected: string },
  name: string,
  args: string,
  capabilities: string,
): Buffer {
  const folder = server.folders.get(session.selected)
  switch (name) {
    case 'CAPABILITY':
      return Buffer.from(`* CAPABILITY IMAP4rev1 ${capabilities}\r\n`)
    case 'ENABLE':
      return Buffer.from(`* ENABLED ${args}\r\n`)
    case 'LIST':
    case 'XLIST':
      return Buffer.from(
        [...server.folders]
          .filter(([path]) => args.endsWith('*') || args.endsWith('"*"') || args.includes(path))
          .map(([path, { attributes = '' }]) => `* ${name} (${attributes}) "/" "${path}"\r\n`)
          .join(''),
      )
    case 'STATUS':
      return statusOf(server, args)
    case 'EXAMINE':
    case 'SELECT':
      session.selected = unquote(args)
      return examined(server.folders.get(session.selected))
    case 'UID SEARCH':
      return Buffer.from(`* SEARCH ${uidsIn(folder, args.replace(/^(ALL|UID )/, '')).join(' ')}\r\n`)
    case 'UID FETCH':
      return folder === undefined ? Buffer.alloc(0) : fetched(folder, args)
    default:
      return Buffer.alloc(0)
  }
}

function statusOf(server: ScriptedImap, args: string): Buffer {
  const path = unquote(/^("[^"]*"|\S+)/.exec(args)?.[1] ?? '')
  const folder = server.folders.get(path)
  if (folder === undefined) return Buffer.alloc(0)
  const modseq = folder.modseq === undefined ? '' : ` HIGHESTMODSEQ ${folder.modseq}`
  const counts = `MESSAGES ${folder.messages.length} UIDNEXT ${uidNext(folder)} UIDVALIDITY ${folder.uidValidity}`
  return Buffer.from(`* STATUS "${path}" (${counts}${modseq})\r\n`)
}

function examined(folder: ScriptedFolder | undefined): Buffer {
  if (folder === undefined) return Buffer.alloc(0)
  const modseq = folder.modseq === undefined ? '' : `* OK [HIGHESTMODSEQ ${folder.modseq}] ok\r\n`
  return Buffer.from(
    `* FLAGS (\\Seen)\r\n* ${folder.messages.length} EXISTS\r\n* OK [UIDVALIDITY ${folder.uidValidity}] ok\r\n` +
      `* OK [UIDNEXT ${uidNext(folder)}] ok\r\n${modseq}`,
  )
}

/** The FETCH answers to a set and a list of items, as the server sends them by itself. */
export function fetched(folder: ScriptedFolder, args: string): Buffer {
  const since = Number(/CHANGEDSINCE (\d+)/.exec(args)?.[1] ?? 0)
  const wanted = new Set(uidsIn(folder, args))
  return Buffer.concat(
    folder.messages
      .map((message, n) => ({ message, n }))
      .filter(({ message }) => wanted.has(message.uid) && (message.modseq ?? 1) > since)
      .map(({ message, n }) => fetchLine(message, n + 1, args)),
  )
}

/** One message's FETCH answer. */
export function fetchLine(message: ScriptedMessage, sequence: number, args: string): Buffer {
  const { uid, bytes, flags = [], labels = [], emailId = '', modseq } = message
  const items = [`UID ${uid}`]
  if (args.includes('FLAGS')) items.push(`FLAGS (${flags.join(' ')})`)
  if (args.includes('INTERNALDATE')) items.push('INTERNALDATE "01-Jan-2026 10:00:00 +0000"')
  if (args.includes('RFC822.SIZE')) items.push(`RFC822.SIZE ${bytes.length}`)
  if (args.includes('X-GM-LABELS')) items.push(`X-GM-LABELS (${labels.map((one) => `"${one}"`).join(' ')})`)
  if (args.includes('X-GM-MSGID')) items.push(`X-GM-MSGID ${emailId}`)
  if (args.includes('X-GM-THRID')) items.push(`X-GM-THRID 9`)
  if (args.includes('EMAILID')) items.push(`EMAILID (${emailId})`)
  if (args.includes('THREADID')) items.push('THREADID NIL')
  if (args.includes('MODSEQ') && modseq !== undefined) items.push(`MODSEQ (${modseq})`)
  const head = `* ${sequence} FETCH (${items.join(' ')}`
  const body = /BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?/.exec(args)
  if (body === null) return Buffer.from(`${head})\r\n`)
  const [, start, length] = body
  const part = start === undefined ? bytes : bytes.subarray(Number(start), Number(start) + Number(length))
  const origin = start === undefined ? '' : `<${start}>`
  return Buffer.concat([
    Buffer.from(`${head} BODY[]${origin} {${part.length}}\r\n`),
    part,
    Buffer.from(')\r\n'),
  ])
}

function uidsIn(folder: ScriptedFolder | undefined, args: string): readonly number[] {
  const uids = (folder?.messages ?? []).map(({ uid }) => uid)
  const set = /^[\d:,*]+/.exec(args)?.[0]
  if (set === undefined) return uids
  const ranges = set
    .split(',')
    .map((range) => range.split(':').map((n) => (n === '*' ? Infinity : Number(n))))
  return uids.filter((uid) => ranges.some(([first = 0, last = first]) => uid >= first && uid <= last))
}

function uidNext(folder: ScriptedFolder): number {
  return Math.max(0, ...folder.messages.map(({ uid }) => uid)) + 1
}

function unquote(text: string): string {
  return text.replace(/ \(.*$/, '').replace(/^"(.*)"$/, '$1')
}
