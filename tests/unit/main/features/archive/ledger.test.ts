import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { tilePacks } from '../../../../../core/archive/ledger.ts'
import type { LedgerEntry } from '../../../../../core/archive/ledger.ts'
import { packName } from '../../../../../core/archive/pack.ts'
import { readArchiveCard } from '../../../../../main/features/archive/store/folder.ts'
import { readLedger } from '../../../../../main/features/archive/store/ledger.ts'
import { createSegmentLog } from '../../../../../main/features/archive/store/segments.ts'
import { openArchiveWriter } from '../../../../../main/features/archive/store/writer.ts'
import { fillArchive, makeArchive } from '../../../../helpers/archive.ts'

let folder: string
let root: string
const messages = ['one', 'two', 'three'].map((word) => Buffer.from(`Subject: ${word}\r\n\r\n${word}\r\n`))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-ledger-'))
  root = makeArchive(folder)
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

const packFile = (pack = 1) => join(root, 'packs', packName(pack))
const kinds = () =>
  readLedger(root).lines.map(({ entry }) =>
    entry.kind === 'appended' ? `${entry.how} ${entry.pack}` : entry.kind,
  )

/** For every pack: whether its segments reach from its first byte to its last, each with the hash of its bytes. */
function holds(): readonly boolean[] {
  const { packs } = tilePacks(readLedger(root).lines)
  return [...packs.values()].map(({ pack, segments, end }) => {
    const bytes = readFileSync(packFile(pack))
    const sha = (from: number, to: number) =>
      createHash('sha256').update(bytes.subarray(from, to)).digest('hex')
    return end === bytes.length && segments.every((one) => sha(one.from, one.to) === one.sha256)
  })
}

async function openAndClose(rebuild = false): Promise<void> {
  const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: () => 7, rebuild })
  writer.close()
}

describe('the ledger of an archive', { timeout: 30_000 }, () => {
  it('accounts for every byte of every pack, one segment a writer and pack', async () => {
    const card = readArchiveCard(root)
    for (let round = 0; round < 2; round++) {
      const writer = await openArchiveWriter({ root, card, nowMs: () => 0, packTargetBytes: 400 })
      const at = {
        source: 'a',
        folder: 'INBOX',
        uidValidity: '1',
        flags: [],
        internalDateMs: 0,
        archivedAtMs: 1,
      }
      for (const [n, bytes] of messages.entries())
        writer.append([
          { at: { ...at, uid: round * 10 + n + 1 }, bytes: Buffer.concat([bytes, Buffer.from([round])]) },
        ])
      writer.close()
    }
    expect([kinds()[0], holds()]).toEqual(['created', readdirSync(join(root, 'packs')).map(() => true)])
  })

  it('is checked by anyone with sha256sum', async () => {
    await fillArchive(root, 'INBOX', messages)
    const program = `sed -n 1p ledger.jsonl | tr -d '\\n' | sha256sum | cut -c1-64; sed -n 2p ledger.jsonl | grep -o '"previous":"[0-9a-f]*"' | cut -d'"' -f4`
    const [of, said] = execFileSync('sh', ['-c', program], { cwd: root, encoding: 'utf8' }).split('\n')
    expect(said).toBe(of)
  })

  it('begins with the packs as they are where an archive is older than its ledger', async () => {
    await fillArchive(root, 'INBOX', messages)
    rmSync(join(root, 'ledger.jsonl'))
    await openAndClose()
    expect([kinds(), holds()]).toEqual([['created', 'adopted 1'], [true]])
  })

  it('enters what a crash left without an entry when the archive is next opened', async () => {
    await fillArchive(root, 'INBOX', messages.slice(0, 1))
    const before = statSync(packFile()).size
    const ledger = readFileSync(join(root, 'ledger.jsonl'))
    await fillArchive(root, 'Sent', messages)
    truncateSync(join(root, 'ledger.jsonl'), ledger.length)
    await openAndClose()
    const last = readLedger(root).lines.at(-1)?.entry
    expect([kinds(), last, holds()]).toMatchObject([
      ['created', 'written 1', 'recovered 1'],
      { from: before, to: statSync(packFile()).size },
      [true],
    ])
  })

  it('puts a last line that was cut off into quarantine and goes on', async () => {
    await fillArchive(root, 'INBOX', messages)
    appendFileSync(join(root, 'ledger.jsonl'), '{"seq":3,"atMs":')
    await fillArchive(root, 'Sent', [Buffer.from('Subject: four\r\n\r\n')])
    const torn = readdirSync(join(root, 'quarantine')).map((name) =>
      readFileSync(join(root, 'quarantine', name), 'utf8'),
    )
    expect([kinds(), readLedger(root).broken, holds(), torn]).toEqual([
      ['created', 'written 1', 'written 1'],
      null,
      [true],
      ['{"seq":3,"atMs":'],
    ])
  })

  it('keeps a rebuild from cutting off a last message that is damaged, not torn', async () => {
    await fillArchive(root, 'INBOX', messages)
    const before = statSync(packFile()).size
    truncateSync(packFile(), before - 5)
    appendFileSync(packFile(), Buffer.alloc(5))
    await openAndClose(true)
    expect([statSync(packFile()).size, holds()]).toEqual([before, [false]])
  })
})

it('a segment that could not be entered, because the disk was full, is entered later and leaves no gap', () => {
  const entered: LedgerEntry[] = []
  let isFull = true
  const append = (entry: LedgerEntry) => {
    if (isFull) throw new Error('No space left')
    return entered.push(entry)
  }
  const ledger = { append, seq: () => 0, entries: () => [], close: () => undefined }
  const log = createSegmentLog(
    ledger,
    () => 0,
    () => 0,
  )
  const write = (pack: number, from: number) => {
    const following = log.follow(pack, from)
    following.add(Buffer.from('mail'))
    following.keep()
  }
  write(1, 0)
  expect(() => write(2, 0)).toThrow('No space left')
  isFull = false
  write(1, 4)
  write(2, 0)
  log.flush()
  const told = entered.map((entry) => (entry.kind === 'appended' ? [entry.pack, entry.from, entry.to] : []))
  expect(told).toEqual([
    [1, 0, 8],
    [2, 0, 4],
  ])
})
