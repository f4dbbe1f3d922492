import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { packName } from '../../../../../core/archive/pack.ts'
import { openArchiveReader } from '../../../../../main/features/archive/store/reader.ts'
import { scrubNext } from '../../../../../main/features/archive/store/scrub.ts'
import type { ScrubPlace, ScrubStep } from '../../../../../main/features/archive/store/scrub.ts'
import { planCheck } from '../../../../../main/features/archive/store/verify.ts'
import { rewritePack } from '../../../../helpers/archive-copies.ts'
import { readArchive } from '../../../../helpers/archive-contents.ts'
import { fillArchive, makeArchive } from '../../../../helpers/archive.ts'
import { failureOf } from '../../../../helpers/failure-of.ts'
import { makeMessage } from '../../../../helpers/messages.ts'

let root: string

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-scrub-'))
  root = makeArchive(folder)
  // A segment a writer: four of them.
  for (const name of ['A', 'B', 'C', 'D'])
    await fillArchive(
      root,
      name,
      [1, 2, 3].map((n) => makeMessage(name.charCodeAt(0) * 10 + n)),
    )
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

/** One stretch, with the archive opened for it alone: as after a restart. */
async function step(from: ScrubPlace | null, bytesPerSecond: number | null = null): Promise<ScrubStep> {
  const reader = openArchiveReader(root)
  try {
    return await scrubNext(root, reader.index, from, { bytesPerSecond, onProgress: () => undefined })
  } finally {
    reader.close()
  }
}

async function scrubFrom(from: ScrubPlace | null): Promise<readonly ScrubStep[]> {
  const steps: ScrubStep[] = []
  let place = from
  do {
    const now = await step(place)
    steps.push(now)
    place = now.next
  } while (place !== null)
  return steps
}

describe('a scrub', { timeout: 30_000 }, () => {
  it('goes on where it stopped, and together reads what a verify reads', async () => {
    const first = await step(null)
    const rest = await scrubFrom(first.next)
    const { verify } = await readArchive(root)
    const all = [first, ...rest]
    const sum = (of: (one: ScrubStep) => number) => all.reduce((total, one) => total + of(one), 0)
    expect([
      all.length,
      sum((one) => one.checked.messages),
      sum((one) => one.checked.packBytes),
      sum((one) => one.checked.segments),
    ]).toEqual([4, verify.messages, verify.packBytes, verify.segments])
  })

  it('names damage in the stretch that it is in', async () => {
    const file = join(root, 'packs', packName(1))
    const bytes = readFileSync(file)
    const at = bytes.length - 20
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(file, bytes)
    const steps = await scrubFrom(null)
    expect(steps.map(({ checked }) => checked.damage.map(({ folder }) => folder))).toEqual([
      [],
      [],
      [],
      ['D'],
    ])
  })

  it('reads a pack from its beginning that was written anew meanwhile', async () => {
    const first = await step(null)
    rewritePack(root, 1)
    await fillArchive(root, 'E', [makeMessage(999)])
    const rest = await scrubFrom(first.next)
    const { verify } = await readArchive(root)
    expect(rest.reduce((sum, { checked }) => sum + checked.packBytes, 0)).toBe(verify.packBytes)
  })

  it('reads no faster than it may', async () => {
    const reader = await readArchive(root)
    const started = performance.now()
    const { checked } = await step(null, 20_000)
    const tookMs = performance.now() - started
    expect([reader.verify.damage, tookMs > (checked.packBytes / 20_000) * 1000 * 0.8]).toEqual([[], true])
  })
})

it('a pack that is written anew while it is checked is not called damaged: the check ends and says why', async () => {
  const reader = openArchiveReader(root)
  const plan = planCheck(root, reader.index)
  rewritePack(root, 1)
  const outcome = await failureOf(async () => {
    for (const tile of plan.tiles) await plan.check(tile, () => undefined)
  })
  plan.close()
  reader.close()
  expect(outcome).toBe('archive.busy')
})
