import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { checkCopy } from '../../../main/features/archive/store/copy-check.ts'
import { beginCopy } from '../../../main/features/archive/store/copy-folder.ts'
import { isPrefix } from '../../../main/features/archive/store/copy-folder.ts'
import { syncCopy } from '../../../main/features/archive/store/copy-sync.ts'
import { readArchiveCard } from '../../../main/features/archive/store/folder.ts'
import { readLedger, readLedgerTexts } from '../../../main/features/archive/store/ledger.ts'
import { openArchiveWriter } from '../../../main/features/archive/store/writer.ts'
import { copyDiffers, rewritePack } from '../../helpers/archive-copies.ts'
import { makeArchive } from '../../helpers/archive.ts'

/** How often the copying is killed; `KILLS=500` before a release. */
const kills = Number(process.env.KILLS ?? 8)
const child = join(import.meta.dirname, '../../helpers/copy-child.ts')

let folder: string
let root: string
let target: string
let archiveId: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-copy-kill-'))
  root = makeArchive(folder)
  target = join(folder, 'copy')
  ;({ archiveId } = readArchiveCard(root))
  beginCopy(root, target, 'c')
  return () => rmSync(folder, { recursive: true, force: true })
})

/** Some new mail that does not compress, in packs of 300 kB. */
async function fill(round: number): Promise<void> {
  const nowMs = () => round
  const writer = await openArchiveWriter({
    root,
    card: readArchiveCard(root),
    nowMs,
    packTargetBytes: 300_000,
  })
  const at = {
    source: 'a@b.example',
    folder: 'INBOX',
    uidValidity: '1',
    flags: [],
    internalDateMs: 0,
    archivedAtMs: 1,
  }
  for (let n = 0; n < 6; n++) {
    const bytes = Buffer.concat([Buffer.from(`Subject: ${round} ${n}\r\n\r\n`), randomBytes(100_000)])
    writer.append([{ at: { ...at, uid: round * 100 + n + 1 }, bytes }])
  }
  writer.close()
}

/** Lets a child copy and kills it so many milliseconds after it began; true when it had not come to its end. */
function copyAndKill(afterMs: number): Promise<boolean> {
  const copying = spawn(process.execPath, [child, root, target, 'c', archiveId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  copying.stdout.on('data', (text: Buffer) => {
    if (said === '') setTimeout(() => copying.kill('SIGKILL'), afterMs)
    said += text.toString()
  })
  return new Promise((resolve) => copying.on('close', () => resolve(!said.includes('end'))))
}

it(
  'a second copy that is killed at any moment goes on to a copy that is the archive byte for byte',
  async () => {
    let cut = 0
    const wrong: string[] = []
    for (let round = 0; round < kills; round++) {
      await fill(round)
      if (round % 3 === 2) rewritePack(root, 1 + (round % 2))
      if (await copyAndKill(Math.random() * 40)) cut++
      // What the copy's ledger says at this moment is the beginning of the archive's, and its chain holds.
      if (!isPrefix(readLedgerTexts(target), readLedgerTexts(root)) || readLedger(target).broken !== null)
        wrong.push(`round ${round}: the copy's ledger`)
      if (round % 2 === 0) continue
      await syncCopy({ root, target, expected: { copyId: 'c', archiveId }, onProgress: () => undefined })
      const { problems } = await checkCopy(target, () => undefined)
      wrong.push(...copyDiffers(root, target), ...problems)
    }
    await syncCopy({ root, target, expected: { copyId: 'c', archiveId }, onProgress: () => undefined })
    expect([wrong, copyDiffers(root, target), cut > 0]).toEqual([[], [], true])
  },
  20_000 + kills * 3_000,
)
