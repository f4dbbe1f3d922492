import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { removalFile } from '../store/copy-side-files.ts'
import { writeWhole } from '../store/write-whole.ts'

const removalJournal = z.strictObject({ packs: z.array(z.number().int().min(1)) })

const fileOf = (root: string): string => join(root, removalFile)

/**
 * Packs that a removal has still to write anew; none when no removal is under way. Written before anything is
 * removed, so that a removal that was cut off is known and can be gone on with.
 */
export function readRemovalJournal(root: string): readonly number[] {
  const file = fileOf(root)
  if (!existsSync(file)) return []
  try {
    return removalJournal.parse(JSON.parse(readFileSync(file, 'utf8'))).packs
  } catch {
    // Written whole by one rename: what cannot be read was changed by somebody. Every pack is looked at then.
    return [0]
  }
}

/** Notes what is still to be written anew; with nothing, the removal is at its end. */
export function writeRemovalJournal(root: string, packs: readonly number[]): void {
  if (packs.length === 0) rmSync(fileOf(root), { force: true })
  else writeWhole(fileOf(root), Buffer.from(`${JSON.stringify({ packs })}\n`))
}
