import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashesIn, readArchive } from '../helpers/archive-contents.ts'
import { exportBundle, testSigner } from '../helpers/bundles.ts'
import { archiveThread } from '../helpers/archive.ts'
import { makeCertificates } from '../helpers/certificates.ts'
import { fillMaildir, hashMaildir } from '../helpers/maildir.ts'
import { startDovecot } from '../helpers/servers/dovecot.ts'
import { percentiles } from './bench.ts'
import type { Bench, BenchRow } from './bench.ts'
import { runBuilt } from './built-desk.ts'
import { corpusMessage } from './corpus.ts'

const messages = 10_000
const rounds = 3
const user = 'ana@lab.test'
const password = 'bench'

/** Pull against mbsync on the same Dovecot, then verify, search and export; and every byte against the Maildir. */
export function archiveBench(): Promise<Bench> {
  return Promise.resolve({
    name: 'archive',
    title: `Archive (${messages} messages on Dovecot, loopback)`,
    run,
  })
}

interface Place {
  readonly folder: string
  readonly maildir: string
  readonly port: number
  readonly log: (line: string) => void
}

async function run(log: (line: string) => void): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'archive-bench-'))
  const { valid } = await makeCertificates(['localhost'])
  await using dovecot = await startDovecot({ users: [{ name: user, password }], certificate: valid })
  const place = { folder, maildir: dovecot.maildirOf(user), port: dovecot.ports.imap, log }
  try {
    fillMaildir(place.maildir, messages, { message: corpusMessage })
    addMailbox(place)
    log('mailbox made; one pull first, so that Dovecot has its indexes and caches for both')
    pullSeconds(place, 'warm-up')
    const pulls = measurePulls(place)
    const root = join(folder, 'desk', 'archives', `ours-${rounds - 1}`)
    return [...pulls, ...(await measureArchive(place, root))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function measurePulls(place: Place): readonly BenchRow[] {
  const ours: Pulled[] = []
  const peers: number[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(pullSeconds(place, `ours-${round}`))
    const peer = mbsyncSeconds(place, `mbsync-${round}`)
    if (peer !== null) peers.push(peer)
    place.log(`round ${round + 1}: ${seconds(ours.at(-1)?.seconds ?? NaN)}, mbsync ${seconds(peer ?? NaN)}`)
  }
  const again = [0, 1, 2].map(() => pullSeconds(place, 'ours-0'))
  const peerAgain = peers.length === 0 ? [] : [0, 1, 2].map(() => mbsyncSeconds(place, 'mbsync-0') ?? NaN)
  const peakMb = (pulls: readonly Pulled[]) => Math.max(...pulls.map(({ peakBytes }) => peakBytes)) / 1e6
  const memory = `${peakMb(ours).toFixed(0)} MB; ${peakMb(again).toFixed(0)} MB with nothing new`
  return [
    compare('full pull', median(ours.map((one) => one.seconds)), peers, 'at least as fast (1 ×)', 1),
    compare(
      'nothing new',
      median(again.map((one) => one.seconds)),
      peerAgain,
      'not more than Node takes to start beside it',
      null,
    ),
    { measure: 'peak memory of the pull', result: memory, met: null },
  ]
}

async function measureArchive(place: Place, root: string): Promise<readonly BenchRow[]> {
  const thread = archiveThread()
  const timed = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
    const startedMs = performance.now()
    return [await work(), (performance.now() - startedMs) / 1000]
  }
  const [report, verifySeconds] = await timed(() => thread.call('verify', [root]))
  const bytesPerSecond = (taken: number) => `${(report.mailBytes / 1e6 / taken).toFixed(0)} MB/s`
  const file = join(place.folder, 'bundle.zip')
  const [, exportSeconds] = await timed(() => exportBundle(thread, root, { file }, testSigner()))
  const told = { secret: null, fingerprint: null }
  const [bundle, checkSeconds] = await timed(() => thread.call('verifyBundle', [file, told]))
  const totals = await thread.call('totals', [root])
  await thread.end()
  const contents = await readArchive(root)
  const same = JSON.stringify(hashesIn(contents, 'INBOX')) === JSON.stringify(hashMaildir(place.maildir))
  return [
    {
      measure: 'every byte as in the Maildir',
      result: same ? `${messages} of ${messages} messages` : 'they differ',
      met: same,
    },
    {
      measure: 'verify',
      result: bytesPerSecond(verifySeconds),
      target: 'no damage',
      met: report.damage.length === 0,
    },
    {
      measure: 'size of the packs',
      result: `${((100 * totals.storedBytes) / totals.mailBytes).toFixed(0)} % of the mail`,
      met: null,
    },
    {
      measure: 'export (mboxrd)',
      result: `${bytesPerSecond(exportSeconds)}, ${(statSync(file).size / 1e6).toFixed(0)} MB`,
      met: null,
    },
    {
      measure: 'bundle verify',
      result: bytesPerSecond(checkSeconds),
      target: 'no problem',
      met: bundle.problems.length === 0,
    },
  ]
}

interface Pulled {
  readonly seconds: number
  readonly peakBytes: number
}

/** A pull by the built command line, as a whole process: Node's own start is part of the time. */
function pullSeconds(place: Place, name: string): Pulled {
  const args = ['archive', 'pull', '--mailbox', user, '--archive', name, '--password-env', 'BENCH']
  return desk(place, args)
}

function desk({ folder }: Place, args: readonly string[], input = '') {
  return runBuilt(join(folder, 'desk'), args, input, { BENCH: password })
}

function addMailbox(place: Place): void {
  const imap = { host: '127.0.0.1', port: place.port, security: 'none' }
  const network = { dnsServers: [], trustedCaPem: null }
  const mailbox = { address: user, username: user, imap, network }
  desk(place, ['call', 'accounts.add', '-'], JSON.stringify({ name: 'Ana', email: user, mailbox }))
}

/** mbsync as it comes, with its fsync, but with compression off: on loopback that would only slow it down. */
function mbsyncSeconds(place: Place, name: string): number | null {
  const store = join(place.folder, name)
  mkdirSync(store, { recursive: true })
  const config = join(store, 'mbsyncrc')
  writeFileSync(
    config,
    `IMAPAccount a\nHost 127.0.0.1\nPort ${place.port}\nUser ${user}\nPass ${password}\nSSLType None\nAuthMechs LOGIN\n\n` +
      `IMAPStore far\nAccount a\n\nMaildirStore near\nPath ${store}/\nInbox ${store}/INBOX\nSubFolders Verbatim\n\n` +
      `Channel c\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSync Pull\nSyncState ${store}/state-\n`,
  )
  const startedMs = performance.now()
  const { status, error, stderr } = spawnSync('mbsync', ['-c', config, '-q', '-a'], { encoding: 'utf8' })
  if (error !== undefined) return null
  if (status !== 0) throw new Error(`mbsync failed: ${stderr}`)
  return (performance.now() - startedMs) / 1000
}

function compare(
  measure: string,
  ours: number,
  peers: readonly number[],
  target: string,
  wanted: number | null,
): BenchRow {
  if (peers.length === 0)
    return {
      measure,
      result: seconds(ours),
      peer: 'mbsync is not installed (Debian: isync)',
      target,
      met: null,
    }
  const peer = median(peers)
  const ratio = peer / ours
  return {
    measure,
    result: seconds(ours),
    peer: `mbsync ${seconds(peer)}`,
    ratio,
    target,
    met: wanted === null ? null : ratio >= wanted,
  }
}

function median(values: readonly number[]): number {
  return percentiles(values).p50
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`
}
