import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { fillMaildir } from '../helpers/maildir.ts'
import type { Dovecot } from '../helpers/servers/dovecot.ts'
import { percentiles } from './bench.ts'
import type { BenchRow } from './bench.ts'
import { runBuilt } from './built-desk.ts'
import { corpusMessage } from './corpus.ts'

/** Users of the bench's server: one with the corpus, one far away, one with a very large message. */
export const benchUsers = ['ana@lab.test', 'far@lab.test', 'big@lab.test'] as const
export const benchPassword = 'bench'
const [user, farUser, bigUser] = benchUsers

/** Where the bench runs. */
export interface PullPlace {
  readonly folder: string
  readonly dovecot: Dovecot
  readonly caPem: string
  readonly rounds: number
  readonly log: (line: string) => void
}

interface Way {
  readonly user: string
  readonly port: number
  readonly tls: boolean
}

interface Pulled {
  readonly seconds: number
  readonly peakBytes: number
}

const farMessages = 1_400
const bigBytes = 200_000_000

/** Pulls against mbsync in the same run. The last archive that was pulled is `ours-<rounds - 1>`. */
export async function measurePulls(place: PullPlace, messages: number): Promise<readonly BenchRow[]> {
  const { dovecot, rounds, log } = place
  const plain: Way = { user, port: dovecot.ports.imap, tls: false }
  const tls: Way = { user, port: dovecot.ports.imaps, tls: true }
  log('one pull first, so that Dovecot has its indexes and caches for both')
  pull(place, plain, 'warm-up')
  const full = contest(place, plain, 'ours', rounds)
  const secure = contest(place, tls, 'tls', rounds)
  const again = contest(place, plain, 'ours', rounds, { same: true })
  const fresh = contest(place, plain, 'ours', rounds, {
    same: true,
    before: (round) =>
      fillMaildir(dovecot.maildirOf(user), 100, { from: messages + round * 100, message: corpusMessage }),
  })
  const far = await overFarLink(place)
  const big = largeMessage(place)
  return [
    compare('full pull', full, 'at least 4 ×', 4),
    compare('full pull, TLS', secure, 'at least 3.2 ×', 3.2),
    compare('nothing new', again, 'not more than Node takes to start beside it', null),
    compare('100 new', fresh, 'not more than Node takes to start beside it', null),
    compare('full pull at 40 ms and 100 Mbit/s a connection', far, 'at least 2.5 ×', 2.5),
    memory('peak memory of the full pull', [...full.ours, ...secure.ours], 'under 250 MB'),
    memory('peak memory with nothing new', again.ours, null),
    memory('peak memory with a message of 200 MB', [big.pulled], 'under 250 MB'),
    memory('peak memory of verifying it', [big.verified], 'under 250 MB'),
  ]
}

interface Contest {
  readonly ours: readonly Pulled[]
  readonly peers: readonly number[]
}

/** Rounds of ours and mbsync in turn. `same`: into the store of round 0 again. */
function contest(
  place: PullPlace,
  way: Way,
  name: string,
  rounds: number,
  options: { readonly same?: boolean; readonly before?: (round: number) => void } = {},
): Contest {
  const ours: Pulled[] = []
  const peers: number[] = []
  for (let round = 0; round < rounds; round++) {
    options.before?.(round)
    const store = `${name}-${options.same === true ? 0 : round}`
    ours.push(pull(place, way, store))
    const peer = mbsync(place, way, store)
    if (peer !== null) peers.push(peer)
    place.log(`${store}: ${seconds(ours.at(-1)?.seconds ?? NaN)}, mbsync ${seconds(peer ?? NaN)}`)
  }
  return { ours, peers }
}

async function overFarLink(place: PullPlace): Promise<Contest> {
  const { dovecot, rounds } = place
  fillMaildir(dovecot.maildirOf(farUser), farMessages, { message: corpusMessage })
  const way: Way = { user: farUser, port: dovecot.ports.imap, tls: false }
  pull(place, way, 'far-warm-up')
  await using link = await startFarLinkProcess(dovecot.ports.imap)
  return contest(place, { ...way, port: link.port }, 'far', rounds)
}

/** In this process while others run in children that are waited for synchronously, the proxy could not work. */
async function startFarLinkProcess(serverPort: number) {
  const source = `import(${JSON.stringify(new URL('./far-link.ts', import.meta.url).href)}).then(async ({ startFarLink }) => {
    const { parentPort } = await import('node:worker_threads')
    const link = await startFarLink(${serverPort}, { delayMs: 20, bytesPerSecond: 12_500_000 })
    parentPort.postMessage(link.port)
  })`
  const worker = new Worker(source, { eval: true })
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  const end = async () => {
    await worker.terminate()
  }
  return { port, [Symbol.asyncDispose]: end }
}

function largeMessage(place: PullPlace): { readonly pulled: Pulled; readonly verified: Pulled } {
  const line = `${'abcdefghijklmnopqrstuvwxyz0123456789+/'.repeat(2)}\r\n`
  const bytes = Buffer.concat([Buffer.from('Subject: large\r\n\r\n'), Buffer.alloc(bigBytes, line)])
  fillMaildir(place.dovecot.maildirOf(bigUser), 1, { message: () => bytes })
  const pulled = pull(place, { user: bigUser, port: place.dovecot.ports.imap, tls: false }, 'big')
  const verified = runBuilt(join(place.folder, 'desk-big'), ['archive', 'verify', 'big'])
  return { pulled, verified }
}

/** A pull by the built command line, as a whole process: Node's own start is part of the time. */
function pull(place: PullPlace, way: Way, name: string): Pulled {
  // A desk of its own for each way: a mailbox has one server.
  const desk = join(place.folder, name.startsWith('ours') ? 'desk' : `desk-${name}`)
  const run = (args: readonly string[], input = '') => runBuilt(desk, args, input, { BENCH: benchPassword })
  if (!existsSync(desk)) run(['call', 'accounts.add', '-'], JSON.stringify(personOf(place, way)))
  const args = ['--mailbox', way.user, '--archive', name, '--password-env', 'BENCH', '--no-encryption']
  return run(['archive', 'pull', ...args])
}

function personOf({ caPem }: PullPlace, { user: address, port, tls }: Way) {
  const host = tls ? 'localhost' : '127.0.0.1'
  const imap = { host, port, security: tls ? 'tls' : 'none' }
  const network = { dnsServers: [], trustedCaPem: tls ? caPem : null }
  return { name: 'Ana', email: address, mailbox: { address, username: address, imap, network } }
}

/** mbsync as it comes, with its fsync, but with compression off: on loopback that would only slow it down. */
function mbsync(place: PullPlace, way: Way, name: string): number | null {
  const store = join(place.folder, `mbsync-${name}`)
  mkdirSync(store, { recursive: true })
  const config = join(store, 'mbsyncrc')
  const ca = join(store, 'ca.pem')
  writeFileSync(ca, place.caPem)
  const host = way.tls ? 'localhost' : '127.0.0.1'
  const tls = way.tls ? `SSLType IMAPS\nSystemCertificates no\nCertificateFile ${ca}` : 'SSLType None'
  const account = `Host ${host}\nPort ${way.port}\nUser ${way.user}\nPass ${benchPassword}\n${tls}\nAuthMechs LOGIN`
  writeFileSync(
    config,
    `IMAPAccount a\n${account}\nDisableExtension COMPRESS=DEFLATE\n\n` +
      `IMAPStore far\nAccount a\n\nMaildirStore near\nPath ${store}/\nInbox ${store}/INBOX\nSubFolders Verbatim\n\n` +
      `Channel c\nFar :far:\nNear :near:\nPatterns *\nCreate Near\nSync Pull\nSyncState ${store}/state-\n`,
  )
  const startedMs = performance.now()
  const { status, error, stderr } = spawnSync('mbsync', ['-c', config, '-q', '-a'], { encoding: 'utf8' })
  if (error !== undefined) return null
  if (status !== 0) throw new Error(`mbsync failed: ${stderr}`)
  return (performance.now() - startedMs) / 1000
}

function compare(measure: string, { ours, peers }: Contest, target: string, wanted: number | null): BenchRow {
  const own = median(ours.map((one) => one.seconds))
  if (peers.length === 0)
    return {
      measure,
      result: seconds(own),
      peer: 'mbsync is not installed (Debian: isync)',
      target,
      met: null,
    }
  const peer = median(peers)
  const ratio = peer / own
  const met = wanted === null ? null : ratio >= wanted
  return { measure, result: seconds(own), peer: `mbsync ${seconds(peer)}`, ratio, target, met }
}

function memory(measure: string, pulls: readonly Pulled[], target: string | null): BenchRow {
  const peakMb = Math.max(...pulls.map(({ peakBytes }) => peakBytes)) / 1e6
  const result = `${peakMb.toFixed(0)} MB`
  return target === null ? { measure, result, met: null } : { measure, result, target, met: peakMb < 250 }
}

function median(values: readonly number[]): number {
  return percentiles(values).p50
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`
}
