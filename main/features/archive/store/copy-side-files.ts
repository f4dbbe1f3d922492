import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { keyFile } from '../../../../core/archive/keys.ts'
import { sideFiles } from './copy-folder.ts'
import { readArchiveCard } from './folder.ts'
import { writeWhole } from './write-whole.ts'

/** Says which packs a removal has still to write anew. */
export const removalFile = 'removal.json'

/**
 * Copies what stands beside packs and ledger. A file of keys that is lost or damaged in the archive never takes the
 * copy's away: that one may be the last that opens the mail. Returns what could not be copied, in words.
 * Errors: `archive.not_an_archive` when the archive's own card is lost, `file.*`.
 */
export function copySideFiles(root: string, target: string): readonly string[] {
  const isEncrypted = readArchiveCard(root).encryption !== undefined
  const problems: string[] = []
  for (const name of sideFiles) {
    const content = readIfThere(join(root, name))
    const isKeys = name === 'keys.json' || name === 'keys-copy.json'
    if (isKeys && isEncrypted && !isKeyFile(content))
      problems.push(
        `${name} of the archive is missing or damaged; the copy keeps its own. Open the archive to mend it.`,
      )
    else put(join(target, name), content)
  }
  // A copy that takes the archive's place goes on with the removal. It is over only when the copy's packs are anew too.
  const journal = readIfThere(join(root, removalFile))
  if (journal !== null) put(join(target, removalFile), journal)
  return problems
}

/** The copy has everything that the archive has: a removal that is over there is over here. */
export function endRemovalInCopy(root: string, target: string): void {
  if (!existsSync(join(root, removalFile))) rmSync(join(target, removalFile), { force: true })
}

function readIfThere(file: string): Buffer | null {
  return existsSync(file) ? readFileSync(file) : null
}

function put(file: string, content: Buffer | null): void {
  if (content === null) rmSync(file, { force: true })
  else if (readIfThere(file)?.equals(content) !== true) writeWhole(file, content)
}

function isKeyFile(content: Buffer | null): boolean {
  if (content === null) return false
  try {
    return keyFile.safeParse(JSON.parse(content.toString('utf8'))).success
  } catch {
    // Not JSON: damaged, which is what the caller says of it.
    return false
  }
}
