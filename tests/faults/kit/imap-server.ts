import type { TransportSecurity } from '../../../core/accounts/types.ts'
import type { SecureContextOptions } from 'node:tls'
import { answer, type Act } from './acts.ts'
import {
  healthyAnswers,
  wordsIn,
  nameIn,
  readCommand,
  type ImapCommand,
  type ImapSession,
  type Quota,
} from './imap-commands.ts'
import type { MailStore } from './mail-store.ts'
import { listen, type ListenOptions, type Port } from './sockets.ts'
import { createWire, type Wire } from './wire.ts'

/** A healthy IMAP server, and where it departs from that. */
export interface ImapScript {
  readonly security: TransportSecurity
  readonly tls: SecureContextOptions
  readonly store: MailStore
  readonly username: string
  readonly password: string
  readonly quota?: Quota | null
  /** Announced before sign-in; STARTTLS is added where it is offered. */
  readonly capabilities?: readonly string[]
  /** Whether STARTTLS is announced; by default when `security` is `starttls`. */
  readonly offersStartTls?: boolean
  /** Instead of everything, on the bare connection before TLS. */
  readonly onConnect?: Act
  readonly greeting?: Act
  /** Instead of the healthy answer, by command. */
  readonly on?: Readonly<Record<string, Act>>
}

const healthyCapabilities = [
  'IMAP4rev1',
  'LITERAL+',
  'ID',
  'NAMESPACE',
  'SPECIAL-USE',
  'IDLE',
  'UIDPLUS',
  'QUOTA',
  'AUTH=PLAIN',
]

/** Starts it on a free loopback port. */
export function startImapServer(script: ImapScript, options: ListenOptions = {}): Promise<Port> {
  return listen((socket) => {
    const bare = createWire(socket)
    if (script.onConnect !== undefined) void script.onConnect({ wire: bare, tag: '*', line: '' })
    else void begin(bare, script)
  }, options)
}

async function begin(bare: Wire, script: ImapScript): Promise<void> {
  const wire = script.security === 'tls' ? await bare.secure(script.tls) : bare
  if (wire !== null) await converse(wire, script)
}

async function converse(wire: Wire, script: ImapScript): Promise<void> {
  const greet =
    script.greeting ?? answer(`* OK [CAPABILITY ${announced(script, false)}] Scripted server ready`)
  await greet({ wire, tag: '*', line: '' })
  await answerAll(wire, script, { store: script.store, quota: script.quota ?? null, selected: null }, false)
}

async function answerAll(
  wire: Wire,
  script: ImapScript,
  session: ImapSession,
  secured: boolean,
): Promise<void> {
  for (;;) {
    const command = await readCommand(wire)
    if (command === null) return
    const { tag, name, args } = command
    const scripted = script.on?.[name]
    if (scripted !== undefined) await scripted({ wire, tag, line: `${name} ${args}` })
    else if (name === 'STARTTLS') {
      wire.say(`${tag} OK begin TLS`)
      const secured = await wire.secure(script.tls)
      if (secured !== null) await answerAll(secured, script, session, true)
      return
    } else {
      // Latin-1, so that the bytes of a fetched message go out as they are.
      const lines = await linesFor(wire, script, session, command, secured)
      wire.socket.write(lines.map((line) => `${line}\r\n`).join(''), 'latin1')
      if (name === 'LOGOUT') wire.socket.end()
    }
  }
}

async function linesFor(
  wire: Wire,
  script: ImapScript,
  session: ImapSession,
  command: ImapCommand,
  secured: boolean,
): Promise<readonly string[]> {
  const { tag, name, args } = command
  switch (name) {
    case 'CAPABILITY':
      return [`* CAPABILITY ${announced(script, secured)}`, `${tag} OK done`]
    case 'LOGIN':
      return signedIn(tag, wordsIn(args).join('\n') === `${script.username}\n${script.password}`)
    case 'AUTHENTICATE':
      return signedIn(tag, await provesPassword(wire, script, command))
    case 'IDLE':
      wire.say('+ idling')
      await wire.line()
      return [`${tag} OK done`]
    case 'APPEND': {
      const uid = session.store.add(nameIn(args), command.literals.at(-1) ?? Buffer.alloc(0))
      return [`${tag} OK [APPENDUID 7 ${uid}] done`]
    }
    case 'LOGOUT':
      return ['* BYE until later', `${tag} OK done`]
    default: {
      const answers = healthyAnswers[name]
      return answers === undefined
        ? [`${tag} BAD unknown command`]
        : [...answers(session, command), `${tag} OK done`]
    }
  }
}

/** SASL PLAIN (RFC 4616) or XOAUTH2, with or without an initial response. */
async function provesPassword(wire: Wire, script: ImapScript, { args }: ImapCommand): Promise<boolean> {
  const [mechanism = '', initial] = args.split(' ')
  if (initial === undefined) wire.say('+ ')
  const response = Buffer.from(initial ?? (await wire.line()) ?? '', 'base64').toString('utf8')
  return mechanism.toUpperCase() === 'PLAIN'
    ? response.endsWith(`\0${script.username}\0${script.password}`)
    : response.includes(`user=${script.username}\x01auth=Bearer ${script.password}`)
}

function signedIn(tag: string, right: boolean): readonly string[] {
  return [right ? `${tag} OK signed in` : `${tag} NO [AUTHENTICATIONFAILED] Authentication failed.`]
}

function announced(script: ImapScript, secured: boolean): string {
  const offers = script.offersStartTls ?? script.security === 'starttls'
  return [...(script.capabilities ?? healthyCapabilities), ...(offers && !secured ? ['STARTTLS'] : [])].join(
    ' ',
  )
}
