import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashesIn, readArchive } from '../helpers/archive-contents.ts'
import { labMailbox, makeArchive, pull } from '../helpers/archive.ts'
import { makeCertificates } from '../helpers/certificates.ts'
import { fillMaildir, hashMaildir } from '../helpers/maildir.ts'
import { startDovecot } from '../helpers/servers/dovecot.ts'
import { percentiles } from './bench.ts'
import type { Bench, BenchRow } from './bench.ts'
import { corpusMessage } from './corpus.ts'

const messages = 2_000
const rounds = 3
const source = 'source@lab.test'
const password = 'bench'
const ours = Array.from({ length: rounds }, (_, n) => `ours${n}@lab.test`)
const peers = Array.from({ length: rounds }, (_, n) => `peer${n}@lab.test`)

/** A restore into Dovecot against mbsync's push of the same Maildir into the same server, each into empty mailboxes. */
export function restoreBench(): Promise<Bench> {
  return Promise.resolve({
    name: 'restore',
    title: `Restore (${messages} messages into Dovecot, loopback)`,
    run,
  })
}

async function run(log: (line: string) => void): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'restore-bench-'))
  const { valid } = await makeCertificates(['localhost'])
  const users = [source, ...ours, ...peers].map((name) => ({ name, password }))
  await using dovecot = await startDovecot({ users, certificate: valid })
  const port = dovecot.ports.imap
  try {
    const maildir = dovecot.maildirOf(source)
    fillMaildir(maildir, messages, { message: corpusMessage })
    const root = makeArchive(folder, 'mail')
    await pull(root, labMailbox(source, port), password)
    for (const user of ours) addMailbox(folder, user, port)
    log('archive made')
    const taken: number[] = []
    const peerTaken: number[] = []
    for (let round = 0; round < rounds; round++) {
      taken.push(restoreSeconds(folder, root, ours[round] ?? ''))
      const peer = pushSeconds(folder, join(maildir), peers[round] ?? '', port)
      if (peer !== null) peerTaken.push(peer)
      log(`round ${round + 1}: ${seconds(taken.at(-1) ?? NaN)}, mbsync ${seconds(peer ?? NaN)}`)
    }
    const again = restoreSeconds(folder, root, ours[0] ?? '')
    const copy = makeArchive(folder, 'copy')
    await pull(copy, labMailbox(ours[0] ?? '', port), password)
    const same =
      JSON.stringify(hashesIn(await readArchive(copy), 'INBOX')) === JSON.stringify(hashMaildir(maildir))
    return [
      compare(percentiles(taken).p50, peerTaken),
      { measure: 'nothing to add', result: seconds(again), met: null },
      {
        measure: 'every byte as in the source',
        result: same ? `${messages} of ${messages} messages` : 'they differ',
        met: same,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A restore by the built command line, as a whole process: Node's own start is part of the time. */
function restoreSeconds(folder: string, root: string, user: string): number {
  const startedMs = performance.now()
  desk(folder, ['restore', 'start', root, '--to', user, '--password-env', 'BENCH'])
  return (performance.now() - startedMs) / 1000
}

function desk(folder: string, args: readonly string[], input = ''): void {
  const built = join(import.meta.dirname, '../../out/main/cli.js')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [built, '--data-dir', join(folder, 'desk'), ...args],
    { encoding: 'utf8', input, env: { ...process.env, BENCH: password } },
  )
  if (status !== 0) throw new Error(`desk ${args.join(' ')} failed: ${stdout}${stderr}`)
}

function addMailbox(folder: string, user: string, port: number): void {
  const imap = { host: '127.0.0.1', port, security: 'none' }
  const network = { dnsServers: [], trustedCaPem: null }
  const mailbox = { address: user, username: user, imap, network }
  desk(folder, ['call', 'accounts.add', '-'], JSON.stringify({ name: user, email: user, mailbox }))
}

/** mbsync as it comes, but with compression off: on loopback that would only slow it down. */
function pushSeconds(folder: string, maildir: string, user: string, port: number): number | null {
  const store = join(folder, user)
  mkdirSync(store, { recursive: true })
  cpSync(join(maildir, 'cur'), join(store, 'INBOX', 'cur'), { recursive: true })
  for (const part of ['new', 'tmp']) mkdirSync(join(store, 'INBOX', part))
  const config = join(store, 'mbsyncrc')
  writeFileSync(
    config,
    `IMAPAccount a\nHost 127.0.0.1\nPort ${port}\nUser ${user}\nPass ${password}\nSSLType None\nAuthMechs LOGIN\n` +
      `DisableExtension COMPRESS=DEFLATE\n\nIMAPStore far\nAccount a\n\nMaildirStore near\nPath ${store}/\n` +
      `Inbox ${store}/INBOX\n\nChannel c\nFar :far:\nNear :near:\nPatterns INBOX\nSync Push\nCopyArrivalDate yes\n` +
      `SyncState ${store}/state-\n`,
  )
  const startedMs = performance.now()
  const { status, error, stderr } = spawnSync('mbsync', ['-c', config, '-q', '-a'], { encoding: 'utf8' })
  if (error !== undefined) return null
  if (status !== 0) throw new Error(`mbsync failed: ${stderr}`)
  return (performance.now() - startedMs) / 1000
}

function compare(taken: number, peerTaken: readonly number[]): BenchRow {
  const measure = 'restore, whole process'
  const target = 'at least 2 ×'
  const result = `${seconds(taken)}, ${(messages / taken).toFixed(0)} messages/s`
  if (peerTaken.length === 0)
    return { measure, result, peer: 'mbsync is not installed (Debian: isync)', target, met: null }
  const peer = percentiles(peerTaken).p50
  const ratio = peer / taken
  return { measure, result, peer: `mbsync push ${seconds(peer)}`, ratio, target, met: ratio >= 2 }
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`
}
