import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { AppError } from '../../../core/errors.ts'
import { print, withDesk } from '../cli.ts'
import type { GlobalOptions } from '../cli.ts'

interface ServeFlags extends GlobalOptions {
  readonly port: string
  readonly host: string
}

/** `desk serve`: the console in a browser, on loopback unless another address is asked for. */
export function registerServe(program: Command): void {
  program
    .command('serve')
    .option('--port <port>', 'port to listen on; 0 takes a free one', '0')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .description('Serve the console to a browser on this computer')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<ServeFlags>()
      const port = Number(options.port)
      if (!Number.isInteger(port) || port < 0 || port > 65535)
        throw new AppError('usage.invalid', { details: { problem: `${options.port} is not a port.` } })
      await withDesk(
        options,
        async ({ desk, signal }) => {
          const { serveConsole } = await import('../../serve/index.ts')
          const served = await serveConsole({ desk, assetsDir: findAssets(), port, host: options.host })
          if (!isLoopback(options.host)) process.stderr.write(`${openToNetwork}\n`)
          print(options, { url: served.url }, () => `Mail Desk is at ${served.url}\nPress Ctrl-C to stop it.`)
          if (!signal.aborted) await once(signal, 'abort')
          await served.close()
        },
        'host',
      )
    })
}

const openToNetwork =
  'Warning: other computers can reach this console, and the connection is not encrypted. Whoever can read along on ' +
  'this network can take over the session and read all mail and tickets. Use it only in a network that you trust.'

/** Addresses that only this computer can reach (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3). */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** The built renderer: beside the bundle, or in `out` of a checkout. */
function findAssets(): string {
  const candidates = ['../renderer', '../../../out/renderer'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const found = candidates.find((path) => existsSync(`${path}/index.html`))
  if (found === undefined)
    throw new AppError('usage.invalid', {
      details: { problem: 'The console is not built yet: run `npm run build` first.' },
    })
  return found
}
