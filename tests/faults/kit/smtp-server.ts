import type { SecureContextOptions } from 'node:tls'
import type { TransportSecurity } from '../../../core/accounts/types.ts'
import { answer, type Act } from './acts.ts'
import { listen, type ListenOptions, type Port } from './sockets.ts'
import { createWire, type Wire } from './wire.ts'

/** A healthy submission server, and where it departs from that. */
export interface SmtpScript {
  readonly security: TransportSecurity
  readonly tls: SecureContextOptions
  readonly username: string
  readonly password: string
  readonly hostname: string
  /** EHLO keywords; STARTTLS is added where it is offered. */
  readonly keywords?: readonly string[]
  readonly offersStartTls?: boolean
  /** What happens to a message that was accepted. */
  readonly deliver: (raw: Buffer) => void
  readonly onConnect?: Act
  readonly greeting?: Act
  /** Instead of the healthy answer, by verb; `MAIL` and `RCPT` without FROM and TO, `.` for the message's end. */
  readonly on?: Readonly<Record<string, Act>>
}

const healthyKeywords = [
  'SIZE 52428800',
  '8BITMIME',
  'ENHANCEDSTATUSCODES',
  'SMTPUTF8',
  'AUTH PLAIN LOGIN XOAUTH2',
]

/** Starts it on a free loopback port. */
export function startSmtpServer(script: SmtpScript, options: ListenOptions = {}): Promise<Port> {
  return listen((socket) => {
    const bare = createWire(socket)
    if (script.onConnect !== undefined) void script.onConnect({ wire: bare, tag: '', line: '' })
    else void begin(bare, script)
  }, options)
}

async function begin(bare: Wire, script: SmtpScript): Promise<void> {
  const wire = script.security === 'tls' ? await bare.secure(script.tls) : bare
  if (wire !== null) await converse(wire, script)
}

async function converse(wire: Wire, script: SmtpScript): Promise<void> {
  const greet = script.greeting ?? answer(`220 ${script.hostname} ESMTP Scripted`)
  await greet({ wire, tag: '', line: '' })
  await answerAll(wire, script, false)
}

async function answerAll(wire: Wire, script: SmtpScript, secured: boolean): Promise<void> {
  for (;;) {
    const line = await wire.line()
    if (line === null) return
    const verb = (/^\S+/.exec(line)?.[0] ?? '').toUpperCase()
    const scripted = script.on?.[verb]
    if (scripted !== undefined) await scripted({ wire, tag: '', line })
    else if (verb === 'STARTTLS') {
      wire.say('220 2.0.0 Ready to start TLS')
      const secured = await wire.secure(script.tls)
      if (secured !== null) await answerAll(secured, script, true)
      return
    } else if (verb === 'DATA') await receive(wire, script)
    else wire.say(...(await linesFor(wire, script, verb, line, secured)))
    if (verb === 'QUIT') wire.socket.end()
  }
}

async function linesFor(
  wire: Wire,
  script: SmtpScript,
  verb: string,
  line: string,
  secured: boolean,
): Promise<readonly string[]> {
  switch (verb) {
    case 'EHLO':
      return greetingLines(script, secured)
    case 'AUTH':
      return (await provesPassword(wire, script, line))
        ? ['235 2.7.0 Authentication successful']
        : ['535 5.7.8 Error: authentication failed']
    case 'MAIL':
      return ['250 2.1.0 Ok']
    case 'RCPT':
      return ['250 2.1.5 Ok']
    case 'RSET':
    case 'NOOP':
    case 'HELO':
      return ['250 2.0.0 Ok']
    case 'QUIT':
      return ['221 2.0.0 Bye']
    default:
      return ['500 5.5.2 Error: command not recognized']
  }
}

async function receive(wire: Wire, script: SmtpScript): Promise<void> {
  wire.say('354 End data with <CR><LF>.<CR><LF>')
  const lines: string[] = []
  for (;;) {
    const line = await wire.line()
    if (line === null) return
    if (line === '.') break
    lines.push(line.startsWith('.') ? line.slice(1) : line)
  }
  const date = new Date().toUTCString().replace('GMT', '+0000')
  script.deliver(
    Buffer.from(
      [`Received: from client by ${script.hostname} with ESMTPSA; ${date}`, ...lines, ''].join('\r\n'),
    ),
  )
  const accept = script.on?.['.'] ?? answer('250 2.0.0 Ok: queued as 4FAULTLAB')
  await accept({ wire, tag: '', line: '.' })
}

/** SASL PLAIN, LOGIN or XOAUTH2 (RFC 4954), with or without an initial response. */
async function provesPassword(wire: Wire, script: SmtpScript, line: string): Promise<boolean> {
  const [, mechanism = '', initial] = line.split(' ')
  const ask = async (prompt: string) => {
    wire.say(`334 ${Buffer.from(prompt).toString('base64')}`)
    return decode((await wire.line()) ?? '')
  }
  const first = async (prompt: string) => (initial === undefined ? ask(prompt) : decode(initial))
  switch (mechanism.toUpperCase()) {
    case 'PLAIN':
      return (await first('')).endsWith(`\0${script.username}\0${script.password}`)
    case 'LOGIN': {
      const name = await first('Username:')
      return (await ask('Password:')) === script.password && name === script.username
    }
    default:
      return (await first('')).includes(`user=${script.username}\x01auth=Bearer ${script.password}`)
  }
}

const decode = (text: string): string => Buffer.from(text, 'base64').toString('utf8')

function greetingLines(script: SmtpScript, secured: boolean): readonly string[] {
  const offers = script.offersStartTls ?? script.security === 'starttls'
  const keywords = [...(script.keywords ?? healthyKeywords), ...(offers && !secured ? ['STARTTLS'] : [])]
  return [script.hostname, ...keywords].map(
    (text, at, all) => `250${at === all.length - 1 ? ' ' : '-'}${text}`,
  )
}
