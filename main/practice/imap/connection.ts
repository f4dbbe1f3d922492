import type { Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { PracticeAccount } from '../account.ts'
import type { KeyPair } from '../certificates.ts'
import { commands } from './commands/index.ts'
import { capabilities } from './commands/sign-in.ts'
import { createByteReader } from './reader.ts'
import type { ByteReader } from './reader.ts'
import { Refused } from './session.ts'
import type { Session } from './session.ts'
import { SyntaxRefused, tokenize } from './tokens.ts'
import type { CommandPart } from './tokens.ts'

/** What a connection needs of its server. */
export interface ConnectionOptions {
  readonly accounts: readonly PracticeAccount[]
  readonly secure: boolean
  readonly offersStartTls: boolean
  /** Asked at each handshake, so that a renewed certificate counts at once. */
  readonly certificate: () => KeyPair
}

/** A literal larger than this is refused before it is sent. */
const maxLiteralBytes = 32 * 1024 * 1024

/** Serves one client until it leaves (RFC 3501; the extensions are in `capabilities`). */
export async function serveConnection(socket: Socket, options: ConnectionOptions): Promise<void> {
  const reader = createByteReader(socket)
  const line: Line = { socket, reader, secure: options.secure }
  const session = createSession(line, options)
  session.untagged(`OK [CAPABILITY ${capabilities(session)}] The practice company greets you.`)
  try {
    while (await serveCommand(line, session, options));
  } finally {
    if (session.account !== null) session.account.openSessions--
    line.socket.end()
  }
}

interface Line {
  socket: Socket
  readonly reader: ByteReader
  secure: boolean
}

function createSession(line: Line, options: ConnectionOptions): Session {
  return {
    accounts: options.accounts,
    offersStartTls: options.offersStartTls,
    get secure() {
      return line.secure
    },
    account: null,
    selected: null,
    untagged: (...parts) => write(line, ['* ', ...parts]),
    prompt(text) {
      write(line, [`+ ${text}`])
      return line.reader.readLine()
    },
  }
}

/** Reads, does and answers one command; false when there will be no more. */
async function serveCommand(line: Line, session: Session, options: ConnectionOptions): Promise<boolean> {
  const parts = await readCommand(line)
  if (parts === null) return false
  const [, tag = '*', name = '', rest = ''] =
    /^(\S+) (?:(uid \S+|\S+) ?)?(.*)$/is.exec(String(parts[0])) ?? []
  const command = name.toUpperCase()
  if (command === 'LOGOUT') {
    session.untagged('BYE Until next time.')
    write(line, [`${tag} OK Left.`])
    return false
  }
  if (command === 'STARTTLS' && options.offersStartTls && !line.secure) {
    return await startTls(line, tag, options.certificate())
  }
  write(line, [`${tag} ${await answer(session, command, [rest, ...parts.slice(1)])}`])
  return true
}

async function answer(session: Session, name: string, parts: readonly CommandPart[]): Promise<string> {
  const command = commands.get(name)
  if (command === undefined) return 'BAD This command is not known here.'
  try {
    return await command(session, tokenize(parts))
  } catch (error) {
    if (error instanceof Refused) return `NO ${error.message}`
    if (error instanceof SyntaxRefused) return `BAD ${error.message}`
    throw error
  }
}

/** A line, and after each `{n}` or `{n+}` at its end that many bytes and a further line (RFC 7888). */
async function readCommand({ reader, socket }: Line): Promise<CommandPart[] | null> {
  const parts: CommandPart[] = []
  for (;;) {
    const text = await reader.readLine()
    if (text === null) return null
    const literal = /\{(\d+)(\+?)\}$/.exec(text)
    if (literal === null) return [...parts, text]
    const size = Number(literal[1])
    if (size > maxLiteralBytes) {
      socket.write('* BYE [TOOBIG] This is more than the practice company can read.\r\n')
      return null
    }
    if (literal[2] === '') socket.write('+ Go on.\r\n')
    const bytes = await reader.readBytes(size)
    if (bytes === null) return null
    parts.push(text.slice(0, literal.index), bytes)
  }
}

/** Goes on in TLS. What came before is forgotten, so that nobody can slip commands in (RFC 9051, 6.2.1). */
async function startTls(line: Line, tag: string, { certPem, keyPem }: KeyPair): Promise<boolean> {
  line.reader.detach()
  line.reader.discard()
  line.socket.write(`${tag} OK Begin TLS.\r\n`)
  const secureContext = createSecureContext({ cert: certPem, key: keyPem })
  const secured = new TLSSocket(line.socket, { isServer: true, secureContext })
  line.socket = secured
  line.reader.attach(secured)
  const done = Promise.withResolvers<boolean>()
  secured.once('secure', () => done.resolve(true))
  secured.once('error', () => done.resolve(false))
  secured.once('close', () => done.resolve(false))
  line.secure = await done.promise
  return line.secure
}

function write({ socket }: Line, parts: readonly (string | Buffer)[]): void {
  if (!socket.writable) return
  // Latin-1, as `quote` puts bytes beyond ASCII into strings of one character a byte.
  socket.write(
    Buffer.concat([...parts.map((p) => (typeof p === 'string' ? Buffer.from(p, 'latin1') : p)), crlf]),
  )
}

const crlf = Buffer.from('\r\n')
