import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { createSecureContext, createServer as createTlsServer } from 'node:tls'
import type { TlsOptions } from 'node:tls'
import type { PracticeAccount } from '../account.ts'
import type { KeyPair } from '../certificates.ts'
import { closeServer, listenOnLoopback, trackSockets } from '../listen.ts'
import { serveConnection } from './connection.ts'

/** A listening IMAP server. Disposing ends its connections too. */
export interface ImapServer extends AsyncDisposable {
  readonly port: number
}

/** What to serve: `tls` from the first byte, `starttls` offered, or `none` offered. */
export interface ImapServerOptions {
  readonly accounts: readonly PracticeAccount[]
  readonly security: 'tls' | 'starttls' | 'none'
  /** Asked at each handshake, so that a renewed certificate counts at once. */
  readonly certificate: () => KeyPair
}

/** Serves the accounts' mail by IMAP on a free port of loopback. */
export async function startImapServer(options: ImapServerOptions): Promise<ImapServer> {
  const serve = (socket: Socket) => {
    socket.on('error', () => socket.destroy())
    const connection = {
      accounts: options.accounts,
      certificate: options.certificate,
      secure: options.security === 'tls',
      offersStartTls: options.security === 'starttls',
    }
    // A bug in a command costs the client its connection, never the company its server.
    void serveConnection(socket, connection).catch((error: unknown) => socket.destroy(error as Error))
  }
  const server: Server =
    options.security === 'tls' ? tlsServer(options, serve) : createServer({ noDelay: true }, serve)
  const sockets = trackSockets(server)
  const port = await listenOnLoopback(server)
  return { port, [Symbol.asyncDispose]: () => closeServer(server, sockets) }
}

function tlsServer(options: ImapServerOptions, serve: (socket: Socket) => void): Server {
  const context = () => {
    const { certPem, keyPem } = options.certificate()
    return { cert: certPem, key: keyPem }
  }
  // Clients that send no name get the certificate of the start; all others the one of now.
  const sni = { SNICallback: (_: string, done: SniDone) => done(null, createSecureContext(context())) }
  const server = createTlsServer({ ...context(), ...sni, noDelay: true }, serve)
  server.on('tlsClientError', () => undefined)
  return server
}

type SniDone = Parameters<NonNullable<TlsOptions['SNICallback']>>[1]
