import { closeSync, fstatSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packName } from '../../core/archive/pack.ts'
import { checkCopy } from '../../main/features/archive/store/copy-check.ts'
import { beginCopy } from '../../main/features/archive/store/copy-folder.ts'
import { syncCopy } from '../../main/features/archive/store/copy-sync.ts'
import { archivePaths, listPackNumbers, readArchiveCard } from '../../main/features/archive/store/folder.ts'
import { openArchiveReader } from '../../main/features/archive/store/reader.ts'
import { hashStretch } from '../../main/features/archive/store/segments.ts'
import { verifyArchive } from '../../main/features/archive/store/verify.ts'
import { openArchiveWriter } from '../../main/features/archive/store/writer.ts'
import { makeArchive } from '../helpers/archive.ts'
import type { Bench, BenchRow } from './bench.ts'
import { corpusMessage } from './corpus.ts'

const messages = 20_000
const batch = 200
const rounds = 3
/** Of mail, unpacked; what the issue asks for. */
const targetMbPerSecond = 300

/** Verify with the ledger's hashes in the same pass, what the ledger costs while writing, and second copies. */
export function verifyBench(): Promise<Bench> {
  return Promise.resolve({ name: 'verify', title: `Integrity (${messages} messages, one archive)`, run })
}

async function run(log: (line: string) => void): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'verify-bench-'))
  try {
    const root = makeArchive(folder)
    const written = await seconds(() => fill(root))
    log(`archive written in ${written.toFixed(1)} s`)
    const verifies: number[] = []
    let mailBytes = 0
    for (let round = 0; round < rounds; round++)
      verifies.push(await seconds(async () => void (mailBytes = await verify(root))))
    const packs = packBytes(root)
    const hashing = await seconds(() => hashPacks(root))
    return [
      rate('verify, mail', mailBytes, median(verifies), targetMbPerSecond),
      rate('verify, packs', packs, median(verifies), null),
      {
        measure: 'hashing for the ledger while writing',
        result: `${((hashing / written) * 100).toFixed(1)} % of the time to store`,
        met: null,
      },
      ...(await copyRows(folder, root, packs)),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function copyRows(folder: string, root: string, packs: number): Promise<readonly BenchRow[]> {
  const target = join(folder, 'copy')
  const { archiveId } = readArchiveCard(root)
  beginCopy(root, target, 'bench')
  const onProgress = () => undefined
  const sync = () => syncCopy({ root, target, expected: { copyId: 'bench', archiveId }, onProgress })
  const first = await seconds(sync)
  const again = await seconds(sync)
  const check = await seconds(() => checkCopy(target, onProgress))
  return [
    rate('second copy, first time', packs, first, null),
    { measure: 'second copy, nothing new', result: `${(again * 1000).toFixed(0)} ms`, met: null },
    rate('check of a copy', packs, check, null),
  ]
}

async function fill(root: string): Promise<void> {
  const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: () => 0 })
  const place = {
    source: 'a@b.example',
    folder: 'INBOX',
    uidValidity: '1',
    flags: [],
    internalDateMs: 0,
    archivedAtMs: 1,
  }
  for (let n = 0; n < messages; n += batch)
    writer.append(
      Array.from({ length: batch }, (_, i) => ({
        at: { ...place, uid: n + i + 1 },
        bytes: corpusMessage(n + i),
      })),
    )
  writer.close()
}

async function verify(root: string): Promise<number> {
  const reader = openArchiveReader(root)
  try {
    const report = await verifyArchive(root, reader.index, () => undefined)
    if (report.damage.length > 0 || report.messages !== messages) throw new Error('The archive is not whole')
    return report.mailBytes
  } finally {
    reader.close()
  }
}

function eachPack(root: string, work: (fd: number, size: number) => void): void {
  const paths = archivePaths(root)
  for (const pack of listPackNumbers(paths)) {
    const fd = openSync(join(paths.packs, packName(pack)), 'r')
    work(fd, fstatSync(fd).size)
    closeSync(fd)
  }
}

function packBytes(root: string): number {
  let bytes = 0
  eachPack(root, (_, size) => (bytes += size))
  return bytes
}

function hashPacks(root: string): void {
  eachPack(root, (fd, size) => void hashStretch(fd, 0, size))
}

async function seconds(work: () => unknown): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

function rate(measure: string, bytes: number, inSeconds: number, target: number | null): BenchRow {
  const value = bytes / 1e6 / inSeconds
  const result = `${value.toFixed(0)} MB/s (${(bytes / 1e6).toFixed(0)} MB)`
  return {
    measure,
    result,
    ...(target !== null && { target: `at least ${target} MB/s` }),
    met: target === null ? null : value >= target,
  }
}
