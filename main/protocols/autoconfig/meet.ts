import { describe } from '../../../core/diagnostics/findings.ts'
import type { ServerCheck } from '../../../core/accounts/discovery.ts'
import type { MailServer, NetworkProfile } from '../../../core/accounts/types.ts'
import { AppError } from '../../../core/errors.ts'
import type { Opening, TranscriptPort, WireTarget } from '../../features/diagnostics/ports.ts'
import { lookupHost } from '../dns/lookup-host.ts'
import { openImap } from '../imap/open.ts'
import { openSmtp } from '../smtp/open.ts'

const limits = { connectMs: 4_000, replyMs: 6_000 }
const unheard: TranscriptPort = { note: () => undefined, client: () => undefined, server: () => undefined }

/**
 * Connects to a server as its setting says, waits for the greeting and hangs up; nothing is signed in to. The
 * host's addresses are tried in order until one can be reached.
 */
export async function meetServer(
  protocol: 'imap' | 'smtp',
  server: MailServer,
  network: NetworkProfile,
  signal: AbortSignal,
): Promise<ServerCheck> {
  const addresses = await addressesOf(server.host, network, signal)
  if (typeof addresses === 'string') return { state: 'failed', answer: addresses }
  let last: ServerCheck = { state: 'failed', answer: 'It has no address.' }
  for (const address of addresses) {
    const target: WireTarget = { server, address, network, nowMs: Date.now(), limits }
    const opening = await open(protocol, target, signal)
    signal.throwIfAborted()
    last = checkOf(opening)
    if (opening.session !== null || opening.tls !== null) break
  }
  return last
}

type Met = Pick<Opening<unknown>, 'tls' | 'problem'> & { readonly session: string | null }

/** The conversation up to the greeting, which stands for the session. */
async function open(protocol: 'imap' | 'smtp', target: WireTarget, signal: AbortSignal): Promise<Met> {
  if (protocol === 'imap') {
    const { session, tls, problem } = await openImap(target, unheard, signal)
    await session?.close()
    return { tls, problem, session: session?.greeting.text ?? null }
  }
  const { session, tls, problem } = await openSmtp(target, unheard, signal)
  await session?.close()
  return { tls, problem, session: session === null ? null : session.banner.text.replaceAll('\n', ' ') }
}

function checkOf({ session, tls, problem }: Met): ServerCheck {
  if (session !== null) return { state: 'answered', answer: `It greets: ${session}`.slice(0, 300) }
  const untrusted = tls?.verdict.status === 'fail'
  const title =
    problem === null ? 'It did not greet' : describe(problem.code, 'fail', problem.facts, []).title
  return { state: untrusted ? 'untrusted' : 'failed', answer: `${title}.`.slice(0, 300) }
}

async function addressesOf(
  host: string,
  network: NetworkProfile,
  signal: AbortSignal,
): Promise<readonly string[] | string> {
  try {
    return (await lookupHost(host, network, signal)).map(({ address }) => address)
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof AppError)) throw error
    return error.code === 'dns.not_found' ? 'There is no such name.' : 'The name server did not answer.'
  }
}
