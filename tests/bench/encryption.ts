import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dropAllKeys } from '../../main/features/archive/keys/ring.ts'
import { archiveThread, labMailbox, makeArchive, pull } from '../helpers/archive.ts'
import { makeCertificates } from '../helpers/certificates.ts'
import { listFiles, makeEncryptedArchive } from '../helpers/encrypted-archive.ts'
import type { EncryptedArchive } from '../helpers/encrypted-archive.ts'
import { fillMaildir } from '../helpers/maildir.ts'
import { startDovecot } from '../helpers/servers/dovecot.ts'
import { percentiles } from './bench.ts'
import type { Bench, BenchRow } from './bench.ts'
import { corpusMessage } from './corpus.ts'

const messages = 5_000
const rounds = 3
const user = 'ana@lab.test'
const password = 'bench'

/** What encryption costs: the same mail into a plain and an encrypted archive, in turns, in the same run. */
export function encryptionBench(): Promise<Bench> {
  return Promise.resolve({ name: 'encryption', title: `Encryption at rest (${messages} messages)`, run })
}

interface Measured {
  readonly pullSeconds: number
  readonly verifySeconds: number
  readonly textSeconds: number
  readonly searchMs: number
  readonly readMs: number
  readonly bytes: number
}

async function run(log: (line: string) => void): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'encryption-bench-'))
  const { valid } = await makeCertificates(['localhost'])
  await using dovecot = await startDovecot({ users: [{ name: user, password }], certificate: valid })
  try {
    fillMaildir(dovecot.maildirOf(user), messages, { message: corpusMessage })
    const port = dovecot.ports.imap
    await measure(makeArchive(folder, 'warm-up'), null, port)
    const [plain, sealed]: [Measured[], Measured[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      plain.push(await measure(makeArchive(folder, `plain-${round}`), null, port))
      const archive = makeEncryptedArchive(folder, `sealed-${round}`)
      sealed.push(await measure(archive.root, archive, port))
      log(`round ${round + 1}: plain ${describe(plain.at(-1))}, encrypted ${describe(sealed.at(-1))}`)
    }
    return rowsOf(plain, sealed)
  } finally {
    dropAllKeys()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Pulls into an archive, then does with it what a desk does. */
async function measure(root: string, archive: EncryptedArchive | null, port: number): Promise<Measured> {
  const threadWithKeys = async () => {
    const thread = archiveThread()
    if (archive !== null) await thread.call('holdKeys', [root, archive.keys(), null])
    return thread
  }
  const [, pullSeconds] = await timed(async () =>
    pull(root, labMailbox(user, port), password, { thread: await threadWithKeys() }),
  )
  const thread = await threadWithKeys()
  try {
    const [, verifySeconds] = await timed(() => thread.call('verify', [root]))
    const [, textSeconds] = await timed(() => thread.call('indexText', [root]))
    const searches: number[] = []
    for (let n = 0; n < 60; n++) {
      const question = {
        text: `harbour ${n % 7 === 0 ? 'invoice' : 'ledger'}`,
        folderId: null,
        offset: 0,
        limit: 50,
      }
      const order = n % 2 === 0 ? ('relevance' as const) : ('newest' as const)
      searches.push((await timed(() => thread.call('search', [root, { ...question, order }])))[1] * 1000)
    }
    const reads: number[] = []
    for (let n = 1; n <= 200; n++)
      reads.push((await timed(() => thread.call('readMessage', [root, n * 20])))[1] * 1000)
    const bytes = listFiles(root).reduce((sum, file) => sum + statSync(join(root, file)).size, 0)
    const searchMs = percentiles(searches).p95
    return { pullSeconds, verifySeconds, textSeconds, searchMs, readMs: percentiles(reads).p50, bytes }
  } finally {
    await thread.end()
  }
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const startedMs = performance.now()
  return [await work(), (performance.now() - startedMs) / 1000]
}

function rowsOf(plain: readonly Measured[], sealed: readonly Measured[]): readonly BenchRow[] {
  const row = (measure: string, of: (one: Measured) => number, show: (value: number) => string): BenchRow => {
    const [without, with_] = [percentiles(plain.map(of)).p50, percentiles(sealed.map(of)).p50]
    return { measure, result: show(with_), peer: `plain ${show(without)}`, ratio: without / with_, met: null }
  }
  const seconds = (value: number) => `${value.toFixed(2)} s`
  const milliseconds = (value: number) => `${value.toFixed(2)} ms`
  return [
    row('full pull', (one) => one.pullSeconds, seconds),
    row('verify', (one) => one.verifySeconds, seconds),
    row('index the text', (one) => one.textSeconds, seconds),
    row('search, p95', (one) => one.searchMs, milliseconds),
    row('read a message, p50', (one) => one.readMs, milliseconds),
    row(
      'all files',
      (one) => one.bytes,
      (value) => `${(value / 1e6).toFixed(1)} MB`,
    ),
  ]
}

function describe(measured: Measured | undefined): string {
  return measured === undefined ? '' : `pull ${measured.pullSeconds.toFixed(2)} s`
}
