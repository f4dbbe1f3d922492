import { rootCertificates } from 'node:tls'
import { ImapFlow } from 'imapflow'
import type { MailServer, NetworkProfile, SignInMethod } from '../../../core/accounts/types.ts'
import { AppError } from '../../../core/errors.ts'
import type { Secret } from '../../lib/secret.ts'
import { lookupHost } from '../dns/lookup-host.ts'
import { concealSignIn } from '../line/conceal.ts'
import { throttledCode, translateImapError } from './translate.ts'

/** No mail server lets messages of this size through; one that sends more would take the program's memory. */
const maxLiteralSize = 256 * 1024 * 1024

/** The longest line without a literal is a SEARCH answer: a mailbox of a million messages needs 11 MB. */
const maxLineLength = 32 * 1024 * 1024

/** Who signs in where, how, and for how long to wait. */
export interface ConnectImapOptions {
  readonly server: MailServer
  readonly username: string
  readonly signIn: SignInMethod
  readonly secret: Secret
  readonly network: NetworkProfile
  /** Ends the attempt, and later the connection. */
  readonly signal: AbortSignal
  /** For connecting and the greeting each. */
  readonly timeoutMs: number
  /** One line of the conversation; imapflow leaves passwords and tokens out. */
  readonly log?: (line: { readonly level: string; readonly text: string }) => void
  /** COMPRESS=DEFLATE where it is offered. By itself: unless the server is near. */
  readonly compress?: boolean
  /** QRESYNC (RFC 7162) where it is offered. */
  readonly qresync?: boolean
  /** What comes from the server, byte for byte, as it comes; for finding out what is wrong with an answer. */
  readonly onReceived?: (bytes: Buffer) => void
}

/**
 * Connects and signs in, trying the host's addresses in order. The connection ends when `signal` aborts.
 * Errors: `dns.*`, `network.*`, `tls.*`, `auth.refused`, `imap.*`.
 */
export async function connectImap(options: ConnectImapOptions): Promise<ImapFlow> {
  const addresses = await lookupHost(options.server.host, options.network, options.signal)
  let failure: unknown = new AppError('dns.not_found', { details: { host: options.server.host } })
  for (const { address } of addresses) {
    options.signal.throwIfAborted()
    try {
      return await connectTo(address, options)
    } catch (error) {
      failure = translateImapError(error, {
        host: options.server.host,
        conceal: concealSignIn(options.username, options.secret),
      })
      // Another address helps only where this one was not reached.
      if (!(failure instanceof AppError) || !failure.code.startsWith('network.')) break
    }
  }
  throw failure
}

async function connectTo(address: string, options: ConnectImapOptions): Promise<ImapFlow> {
  const { server, network, signal, timeoutMs } = options
  const client = new ImapFlow({
    host: address,
    port: server.port,
    servername: server.host,
    secure: server.security === 'tls',
    doSTARTTLS: server.security === 'starttls',
    auth: authOf(options),
    tls: network.trustedCaPem === null ? {} : { ca: [...rootCertificates, network.trustedCaPem] },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    // Compression costs more than it saves unless the link is slower than about 25 MB/s (measured).
    disableCompression: !(options.compress ?? !isNear(address)),
    disableAutoIdle: true,
    // What left is then told by its UID.
    qresync: options.qresync ?? false,
    maxLiteralSize,
    maxResponseSize: 2 * maxLiteralSize,
    maxLineLength,
    logRaw: options.onReceived !== undefined,
    logger: options.onReceived === undefined ? loggerOf(options.log) : rawLogger(options.onReceived),
  })
  leaveThrottlingToUs(client)
  const abort = () => client.close()
  signal.addEventListener('abort', abort, { once: true })
  client.once('close', () => signal.removeEventListener('abort', abort))
  // Without a listener a broken connection would end the program; whoever waits for an answer gets the error.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    client.close()
    signal.throwIfAborted()
    throw error
  }
}

function authOf({ username, signIn, secret }: ConnectImapOptions) {
  return signIn === 'xoauth2'
    ? { user: username, accessToken: secret.open() }
    : { user: username, pass: secret.open() }
}

/**
 * Told to slow down, imapflow waits by itself: unseen, at most five minutes, and asks three times more. Here the
 * failure comes at once, with what the server asks for; whoever asked waits, and says so.
 */
function leaveThrottlingToUs(client: ImapFlow): void {
  const inner = client as unknown as {
    throttleWait: (delayMs: number) => Promise<boolean>
    exec: (...command: readonly unknown[]) => Promise<unknown>
  }
  const exec = inner.exec.bind(client)
  inner.throttleWait = () => Promise.resolve(false)
  inner.exec = async (...command) => {
    try {
      return await exec(...command)
    } catch (error) {
      // Under its own code imapflow's FETCH would ask again at once.
      if (error instanceof Error && 'code' in error && error.code === 'ETHROTTLE') error.code = throttledCode
      throw error
    }
  }
}

/** imapflow tells what it reads from the socket at level trace, in base64. */
function rawLogger(onReceived: (bytes: Buffer) => void) {
  const trace = ({ src, data }: { src?: string; data?: string }) => {
    if (src === 's' && typeof data === 'string') onReceived(Buffer.from(data, 'base64'))
  }
  const silent = () => undefined
  const isLevelEnabled = (level: string) => level === 'trace'
  return { trace, debug: silent, info: silent, warn: silent, error: silent, fatal: silent, isLevelEnabled }
}

/** Loopback and private networks (RFC 1918, RFC 4193). */
function isNear(address: string): boolean {
  return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:)/i.test(address)
}

function loggerOf(log: ConnectImapOptions['log']) {
  if (log === undefined) return false
  const at = (level: string) => (entry: { msg?: string; src?: string }) =>
    log({ level, text: `${entry.src === undefined ? '' : `${entry.src}: `}${entry.msg ?? ''}` })
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
