import { archiveCardVersion } from '../../../../core/archive/pack.ts'
import type { ArchiveCard } from '../../../../core/archive/pack.ts'
import { translateFileError } from './file-error.ts'
import { archivePaths } from './folder.ts'
import { writeWhole } from './write-whole.ts'

/**
 * Before an older archive is written to, its card says so: a program that does not know what is written from now on
 * must not take it for damage. Errors: `file.not_writable`, `file.disk_full`.
 */
export function raiseCard(root: string, card: ArchiveCard): void {
  if (card.version >= archiveCardVersion) return
  const raised: ArchiveCard = { ...card, version: archiveCardVersion }
  const file = archivePaths(root).card
  try {
    writeWhole(file, `${JSON.stringify(raised, null, 2)}\n`)
  } catch (error) {
    throw translateFileError(error, file)
  }
}
