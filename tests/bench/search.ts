import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArchiveCard } from '../../main/features/archive/store/folder.ts'
import { openArchiveWriter } from '../../main/features/archive/store/writer.ts'
import type { ArchiveThread } from '../../main/features/archive/worker/functions.ts'
import { archiveThread, makeArchive } from '../helpers/archive.ts'
import { percentiles } from './bench.ts'
import type { Bench, BenchRow } from './bench.ts'
import { runBuilt } from './built-desk.ts'
import { corpusMessage, corpusNote, corpusWords } from './corpus.ts'

/** How many messages, and what is demanded of the 95th percentile of a search by relevance (performance.md). */
interface Size {
  readonly messages: number
  readonly message: (n: number) => Buffer
  readonly withPeer: boolean
  readonly rankedMs: number
}

/** Text index and search against notmuch on the same mail in the same run; BENCH_MESSAGES asks for another size. */
export function searchBench(): Promise<Bench> {
  const messages = Number(process.env['BENCH_MESSAGES'] ?? 20_000)
  const size = { messages, message: corpusMessage, withPeer: true, rankedMs: 14 }
  return Promise.resolve({
    name: 'search',
    title: `Search (${messages} messages)`,
    run: (log) => run(size, log),
  })
}

/** The same on an archive of 100,000 short messages without attachments, where no peer is waited for. */
export function largeSearchBench(): Promise<Bench> {
  const size = { messages: 100_000, message: corpusNote, withPeer: false, rankedMs: 50 }
  return Promise.resolve({
    name: 'search-large',
    title: `Search (${size.messages} short messages)`,
    onlyWhenNamed: true,
    run: (log) => run(size, log),
  })
}

const atOnce = 200
/** A page as the screen asks for it. */
const pageRows = 25

async function run(size: Size, log: (line: string) => void): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'search-bench-'))
  try {
    const root = makeArchive(folder, 'archive')
    const maildir = size.withPeer ? join(folder, 'mail') : null
    const mailBytes = await writeCorpus(root, maildir, size)
    log(`corpus made: ${(mailBytes / 1e6).toFixed(0)} MB`)
    const peer = maildir === null ? null : startNotmuch(folder, maildir)
    const peerBuild = peer?.build() ?? null
    if (peerBuild !== null) log(`notmuch has its index: ${peerBuild.toFixed(1)} s`)
    const built = runBuilt(join(folder, 'desk'), ['archive', 'search', root, 'harbour', '--limit', '1'])
    log(`index made: ${built.seconds.toFixed(1)} s`)
    const thread = archiveThread()
    try {
      return [
        buildRow(size, built.seconds, peerBuild),
        ...sizeRows(root, mailBytes, built.peakBytes, maildir),
        ...(await searchRows(thread, root, size, peer)),
      ]
    } finally {
      await thread.end()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function writeCorpus(
  root: string,
  maildir: string | null,
  { messages: count, message }: Size,
): Promise<number> {
  const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: () => 0 })
  if (maildir !== null)
    for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, part), { recursive: true })
  let mailBytes = 0
  for (let from = 0; from < count; from += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, count - from) }, (_, n) => from + n)
    const messages = numbers.map((n) => ({ n, bytes: message(n) }))
    for (const { n, bytes } of messages) {
      mailBytes += bytes.length
      if (maildir !== null) writeFileSync(join(maildir, 'cur', `${n}.lab:2,S`), bytes)
    }
    const at = { source: 'ana@lab.test', uidValidity: '1', flags: ['\\Seen'], archivedAtMs: 0 }
    writer.append(
      messages.map(({ n, bytes }) => ({
        at: {
          ...at,
          folder: ['INBOX', 'Sent', 'Work/A', 'Work/B'][n % 4] ?? '',
          uid: n + 1,
          internalDateMs: n,
        },
        bytes,
      })),
    )
  }
  writer.close()
  return mailBytes
}

/** notmuch as Debian has it, on the same messages as files. */
function startNotmuch(folder: string, maildir: string) {
  const config = join(folder, 'notmuch-config')
  writeFileSync(config, `[database]\npath=${maildir}\n[user]\nprimary_email=ana@lab.test\n`)
  const call = (...args: readonly string[]): number | null => {
    const startedMs = performance.now()
    const { status, error } = spawnSync('notmuch', [`--config=${config}`, ...args], { stdio: 'ignore' })
    if (error !== undefined) return null
    if (status !== 0) throw new Error(`notmuch ${args.join(' ')} failed`)
    return performance.now() - startedMs
  }
  return {
    build: () => {
      const ms = call('new', '--quiet')
      return ms === null ? null : ms / 1000
    },
    search: (question: string) => call('search', `--limit=${pageRows}`, question),
  }
}

type Notmuch = ReturnType<typeof startNotmuch>

function buildRow({ messages }: Size, seconds: number, peer: number | null): BenchRow {
  const rate = (taken: number) => `${(messages / taken).toFixed(0)} messages/s (${taken.toFixed(1)} s)`
  const row = { measure: 'text index made, whole process', result: rate(seconds) }
  if (peer === null) return { ...row, met: null }
  const ratio = peer / seconds
  return { ...row, peer: `notmuch ${rate(peer)}`, ratio, target: 'at least 10 ×', met: ratio >= 10 }
}

function sizeRows(
  root: string,
  mailBytes: number,
  peakBytes: number,
  maildir: string | null,
): readonly BenchRow[] {
  const size = statSync(join(root, 'text.sqlite')).size
  const share = size / mailBytes
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`
  const peer = maildir === null ? {} : peerSize(join(maildir, '.notmuch', 'xapian'), megabytes)
  return [
    {
      measure: 'size of the text index',
      result: `${megabytes(size)}, ${(100 * share).toFixed(1)} % of the mail`,
      ...peer,
      // Of a mailbox as people have it: short texts without attachments are nothing but words.
      ...(maildir === null ? { met: null } : { target: 'under 10 % of the mail', met: share < 0.1 }),
    },
    { measure: 'peak memory while it is made', result: megabytes(peakBytes), met: null },
  ]
}

function peerSize(folder: string, megabytes: (bytes: number) => string) {
  try {
    const files = readdirSync(folder).map((name) => statSync(join(folder, name)).size)
    return { peer: `notmuch ${megabytes(files.reduce((sum, bytes) => sum + bytes, 0))}` }
  } catch {
    // notmuch is not installed, or keeps its index elsewhere: there is nothing to compare with.
    return {}
  }
}

/** Questions of several kinds, with frequent and rare words; notmuch understands them as well. */
function questions(first = 0): readonly string[] {
  const word = (n: number) => corpusWords[n % corpusWords.length] ?? 'harbour'
  return Array.from({ length: 120 }, (_, at) => {
    const n = first + at
    const rare = word(40 + n * 31)
    const kinds = [
      rare,
      `${rare} ${word(n)}`,
      `from:p${n % 300} ${word(n)}`,
      `"${word(n % 9)} ${word(n % 7)}"`,
      word(n % 60),
    ]
    return kinds[n % kinds.length] ?? rare
  })
}

async function searchRows(
  thread: ArchiveThread,
  root: string,
  size: Size,
  peer: Notmuch | null,
): Promise<readonly BenchRow[]> {
  const times = async (order: 'relevance' | 'newest', asked: readonly string[], facets = false) => {
    const all: number[] = []
    const startedCpu = process.cpuUsage()
    for (const question of asked) {
      const startedMs = performance.now()
      const what = { text: `${question} `, folderId: null }
      if (facets) await thread.call('searchFacets', [root, what])
      else await thread.call('search', [root, { ...what, order, offset: 0, limit: pageRows }])
      all.push(performance.now() - startedMs)
    }
    const { user, system } = process.cpuUsage(startedCpu)
    return { all, cpuMs: (user + system) / 1000 / asked.length }
  }
  // Other questions than those that count: what is compiled and cached is, as for whoever searched before.
  for (const order of ['relevance', 'newest'] as const) await times(order, questions(1_000))
  const peerTimes = peer === null ? [] : questions().flatMap((question) => peer.search(question) ?? [])
  const compared = peerTimes.length === 0 ? {} : { peer: `notmuch, the command: ${describe(peerTimes)}` }
  const ranked = await times('relevance', questions())
  const newest = await times('newest', questions())
  const counted = await times('newest', questions(), true)
  return [
    {
      measure: `search by relevance, ${pageRows} with snippets`,
      result: describeWithCpu(ranked),
      ...compared,
      target: `p95 under ${size.rankedMs} ms`,
      met: percentiles(ranked.all).p95 < size.rankedMs,
    },
    {
      measure: `search newest first, ${pageRows} with snippets`,
      result: describeWithCpu(newest),
      target: 'p95 under 5 ms',
      met: percentiles(newest.all).p95 < 5,
    },
    { measure: 'counts of all that was found', result: describeWithCpu(counted), met: null },
  ]
}

function describe(times: readonly number[]): string {
  const { p50, p95 } = percentiles(times)
  return `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`
}

/** The processor's time is the same on a busy machine, or nearly. */
function describeWithCpu({
  all,
  cpuMs,
}: {
  readonly all: readonly number[]
  readonly cpuMs: number
}): string {
  return `${describe(all)}, CPU ${cpuMs.toFixed(1)} ms on average`
}
