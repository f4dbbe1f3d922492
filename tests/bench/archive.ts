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

const messages = 10_000
const rounds = 3

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
}

async function run(log: (line: string) => void): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'archive-bench-'))
  const { valid, caPem } = await makeCertificates(['localhost'])
  const users = benchUsers.map((name) => ({ name, password: benchPassword }))
  await using dovecot = await startDovecot({ users, certificate: valid })
  const maildir = dovecot.maildirOf(benchUsers[0])
  try {
    fillMaildir(maildir, messages, { message: corpusMessage })
    log('mailbox made')
    const pulls = await measurePulls({ folder, dovecot, caPem, rounds, log }, messages)
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
  const same = JSON.stringify(hashesIn(contents, 'INBOX')) === JSON.stringify(hashMaildir(place.maildir))
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
