import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { packName } from '../../../../../core/archive/pack.ts'
import { beginCopy } from '../../../../../main/features/archive/store/copy-folder.ts'
import { syncCopy } from '../../../../../main/features/archive/store/copy-sync.ts'
import { readArchiveCard } from '../../../../../main/features/archive/store/folder.ts'
import { readLedger } from '../../../../../main/features/archive/store/ledger.ts'
import { readArchive } from '../../../../helpers/archive-contents.ts'
import { placesIn, rewritePack } from '../../../../helpers/archive-copies.ts'
import type { PlaceInPack } from '../../../../helpers/archive-copies.ts'
import { fillArchive, inlineArchiveThread, makeArchive } from '../../../../helpers/archive.ts'
import { makeMessage } from '../../../../helpers/messages.ts'

const count = 12
let folder: string
let root: string
let target: string
let places: readonly PlaceInPack[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-repair-'))
  root = makeArchive(folder)
  target = join(folder, 'copy')
  await fillArchive(
    root,
    'INBOX',
    Array.from({ length: count }, (_, n) => makeMessage(n)),
  )
  const { archiveId } = readArchiveCard(root)
  beginCopy(root, target, 'c')
  await syncCopy({ root, target, expected: { copyId: 'c', archiveId }, onProgress: () => undefined })
  places = placesIn(root, 1)
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

const pack = (of = root) => join(of, 'packs', packName(1))

/**
 * Flips every bit of the given bytes of a pack. One bit alone may mean nothing: a zstd frame that says that it needs a
 * larger window still holds the same message, and no message is hit.
 */
function damage(offsets: readonly number[], of = root): void {
  const bytes = readFileSync(pack(of))
  for (const offset of offsets) bytes[offset] = (bytes[offset] ?? 0) ^ 0xff
  writeFileSync(pack(of), bytes)
}

async function repair(dryRun = false) {
  const thread = inlineArchiveThread()
  try {
    if (!dryRun) await thread.call('openRepair', [root, false])
    return await thread.call('repairInPlace', [root, [{ copyId: 'c', path: target }], dryRun])
  } finally {
    await thread.call('closeRepair', [])
    await thread.call('closeReader', [root])
  }
}

const hitBy = (offsets: readonly number[]) =>
  places
    .filter(({ offset, end, sha256 }) => sha256 !== null && offsets.some((at) => at >= offset && at < end))
    .map(({ sha256 }) => sha256)

describe('damage to packs', { timeout: 60_000 }, () => {
  it('of any bytes is named by exactly the messages that are hit, and repaired to the byte from a copy', async () => {
    const whole = readFileSync(pack())
    const offsets = fc.array(fc.integer({ min: 0, max: whole.length - 1 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(offsets, async (at) => {
        const once = [...new Set(at)]
        damage(once)
        const { verify } = await readArchive(root)
        const named = verify.damage.flatMap(({ sha256 }) => sha256 ?? [])
        const { open } = await repair()
        expect([named.toSorted(), open, readFileSync(pack()).equals(whole)]).toEqual([
          [...new Set(hitBy(once))].toSorted(),
          [],
          true,
        ])
        expect((await readArchive(root)).verify.damage).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  it('is told with subject, folder and date', async () => {
    const third = places.find(({ uid }) => uid === 3)
    damage([(third?.end ?? 0) - 20])
    const { verify, messages } = await readArchive(root)
    const row = messages.find(({ sha256 }) => sha256 === third?.sha256)
    expect(verify.damage).toMatchObject([
      { sha256: third?.sha256, subject: row?.subject, folder: 'INBOX', dateMs: row?.dateMs, kind: 'message' },
    ])
  })

  it('that leaves all mail readable is found by the ledger', async () => {
    const flags = places.findIndex(({ sha256 }) => sha256 === null)
    expect(flags).toBe(0)
    // A pack whose record was put in place of another, with a checksum that holds: only the ledger can know.
    const { offset, end } = places[0] ?? { offset: 0, end: 0 }
    const bytes = readFileSync(pack())
    const text = bytes.subarray(offset + 16, end).toString('utf8')
    const json = Buffer.from(text.replace(/"createdAtMs":0/, '"createdAtMs":9'))
    const { crc32 } = await import('node:zlib')
    bytes.writeUInt32LE(crc32(json), offset + 12)
    json.copy(bytes, offset + 16)
    writeFileSync(pack(), bytes)
    expect((await readArchive(root)).verify.damage).toMatchObject([{ kind: 'bytes', offset: 0 }])
  })

  it('to both the archive and its copy is repaired message by message where they differ', async () => {
    const [third, fifth] = [places.find(({ uid }) => uid === 3), places.find(({ uid }) => uid === 5)]
    const whole = readFileSync(pack())
    damage([(third?.end ?? 0) - 20])
    damage([(fifth?.end ?? 0) - 20], target)
    const { open } = await repair()
    expect([open, readFileSync(pack()).equals(whole)]).toEqual([[], true])
  })

  it('is only told, and nothing changed, in a dry run', async () => {
    const third = places.find(({ uid }) => uid === 3)
    damage([(third?.end ?? 0) - 20])
    const before = readFileSync(pack())
    const { repaired, open } = await repair(true)
    expect([repaired.map(({ outcome }) => outcome), open, readFileSync(pack()).equals(before)]).toEqual([
      ['copy'],
      [],
      true,
    ])
  })

  it('of a whole pack comes back: missing, or cut off', async () => {
    const whole = readFileSync(pack())
    rmSync(pack())
    const missing = await repair()
    const first = readFileSync(pack()).equals(whole)
    truncateSync(pack(), Math.floor(whole.length / 2))
    const cut = await repair()
    expect([missing.open, first, cut.open, readFileSync(pack()).equals(whole)]).toEqual([[], true, [], true])
  })

  it('keeps what stood there, and enters into the ledger what was done', async () => {
    const third = places.find(({ uid }) => uid === 3)
    damage([(third?.end ?? 0) - 20])
    await repair()
    const last = readLedger(root).lines.at(-1)?.entry
    expect([readdirSync(join(root, 'quarantine')).length, last]).toMatchObject([
      1,
      {
        kind: 'repaired',
        pack: 1,
        offset: third?.offset,
        sha256: third?.sha256,
        from: 'copy',
        storedAgain: false,
      },
    ])
  })

  it('of a message that the copy has in another place is made good by storing the message once more', async () => {
    rewritePack(root, 1)
    const thread = inlineArchiveThread()
    await thread.call('openRepair', [root, true])
    await thread.call('closeRepair', [])
    const third = placesIn(root, 1).find(({ uid }) => uid === 3)
    damage([(third?.end ?? 0) - 20])
    await thread.call('openRepair', [root, false])
    const { open } = await thread.call('repairInPlace', [root, [{ copyId: 'c', path: target }], false])
    const had = await thread.call('repairFromCopy', [root, target, open, false])
    await thread.call('closeRepair', [])
    await thread.call('closeReader', [root])
    const { verify, messages } = await readArchive(root)
    expect([open.map(({ sha256 }) => sha256), had, verify.damage, verify.settled, messages.length]).toEqual([
      [third?.sha256],
      [third?.sha256],
      [],
      1,
      count - 1,
    ])
  })

  it('is not mended with bytes of a copy whose pack is of another generation: they would run into what follows', async () => {
    rewritePack(root, 1, true)
    const thread = inlineArchiveThread()
    await thread.call('openRepair', [root, true])
    await thread.call('closeRepair', [])
    const first = placesIn(root, 1).find(({ sha256 }) => sha256 !== null)
    damage([(first?.end ?? 0) - 20])
    const { open } = await repair()
    const { verify, messages } = await readArchive(root)
    expect([
      open.map(({ sha256 }) => sha256),
      verify.damage.map(({ sha256 }) => sha256),
      messages.length,
    ]).toEqual([[first?.sha256], [first?.sha256], count])
  })
})
