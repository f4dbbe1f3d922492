import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashesIn, readArchive } from '../helpers/archive-contents.ts'
import { exportBundle, testSigner } from '../helpers/bundles.ts'
import { archiveThread } from '../helpers/archive.ts'
import { makeCertificates } from '../helpers/certificates.ts'
import { fillMaildir, hashMaildir } from '../helpers/maildir.ts'
import { startDovecot } from '../helpers/servers/dovecot.ts'
import type { Bench, BenchRow } from './bench.ts'
import { corpusMessage } from './corpus.ts'
import { benchPassword, benchUsers, measurePulls } from './pull.ts'
import { sizeRow } from './size.ts'

/** BENCH_QUICK=1: a tenth of the mail and one round, to see that everything runs. */
const isQuick = process.env['BENCH_QUICK'] === '1'
const messages = isQuick ? 2_000 : 20_000
const rounds = isQuick ? 1 : 3
const folders = ['INBOX', 'Sent', 'Archive', 'Projects', 'Projects/Harbour', 'Lists']

/** Pull against mbsync on the same Dovecot, then verify, search and export; and every byte against the Maildir. */
export function archiveBench(): Promise<Bench> {
  return Promise.resolve({
    name: 'archive',
    title: `Archive (${messages} messages in ${folders.length} folders on Dovecot, loopback)`,
    run,
  })
}

interface Place {
  readonly folder: string
  readonly maildir: string
}

async function run(log: (line: string) => void): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'archive-bench-'))
  const { valid, caPem } = await makeCertificates(['localhost'])
  const users = benchUsers.map((name) => ({ name, password: benchPassword }))
  await using dovecot = await startDovecot({ users, certificate: valid })
  const maildir = dovecot.maildirOf(benchUsers[0])
  try {
    const each = Math.ceil(messages / folders.length)
    for (const [n, name] of folders.entries())
      fillMaildir(maildir, each, { folder: name, from: n * each, message: corpusMessage })
    log('mailbox made')
    const pulls = await measurePulls({ folder, dovecot, caPem, rounds, log }, each * folders.length)
    // The first round's archive was kept up to date; the Maildir has grown with it.
    const root = join(folder, 'desk', 'archives', 'ours-0')
    return [...pulls, ...(await measureArchive({ folder, maildir }, root))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
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
  await thread.end()
  const contents = await readArchive(root)
  const same = folders.every(
    (name) => JSON.stringify(hashesIn(contents, name)) === JSON.stringify(hashMaildir(place.maildir, name)),
  )
  return [
    {
      measure: 'every byte as in the Maildir',
      result: same ? `${report.messages} of ${report.messages} messages` : 'they differ',
      met: same,
    },
    {
      measure: 'verify',
      result: bytesPerSecond(verifySeconds),
      target: 'no damage',
      met: report.damage.length === 0,
    },
    sizeRow(root, place.maildir),
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
