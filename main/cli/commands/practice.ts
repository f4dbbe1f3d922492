import type { Command } from 'commander'
import { once } from 'node:events'
import { fstatSync } from 'node:fs'
import type { OutputOf } from '../../../core/contract/index.ts'
import { print, withDesk } from '../cli.ts'
import type { GlobalOptions } from '../cli.ts'

/** `desk practice`: the practice company on loopback, until it is told to stop. */
export function registerPractice(program: Command): void {
  program
    .command('practice')
    .description('Start the practice company and print how to reach it; stops with Ctrl-C')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>()
      await withDesk(options, async ({ call, signal }) => {
        await call('practice.start', {})
        const access = await call('practice.access', {})
        print(options, access, () => describe(access))
        await toldToStop(signal)
      })
    })
}

/** Ctrl-C, SIGTERM, or the end of a pipe on standard input. A closed or missing input is no order to stop. */
async function toldToStop(signal: AbortSignal): Promise<void> {
  const stops = [signal.aborted ? Promise.resolve() : once(signal, 'abort')]
  if (isPipe(process.stdin.fd)) {
    process.stdin.resume()
    stops.push(once(process.stdin, 'close'))
  }
  await Promise.race(stops)
  process.stdin.destroy()
}

function isPipe(fd: number): boolean {
  const stats = fstatSync(fd)
  return stats.isFIFO() || stats.isSocket()
}

function describe({ name, domain, dnsServer, users }: OutputOf<'practice.access'>): string {
  const lines = users.map((user) => {
    const server = ({ host, port, security }: typeof user.imap) => `${host}:${port} (${security})`
    return `${user.address}  ${user.password}\n    IMAP ${server(user.imap)}  SMTP ${server(user.smtp)}${user.caseId === null ? '' : `\n    case: ${user.caseId}`}`
  })
  const facts = `${name} (${domain}) runs on 127.0.0.1; its DNS server is ${dnsServer}.`
  const end =
    'Its people and tickets are in this desk until `desk call practice.stop`. Press Ctrl-C to stop the servers.'
  return [facts, '', ...lines, '', end].join('\n')
}
