import { importedUidValidity } from '../../../../core/archive/imports.ts'
import type { OccurrenceRecord } from '../../../../core/archive/pack.ts'
import { createImportQueries } from '../../../../db/archive-index/imports.ts'
import type { IndexWriter } from '../../../../db/archive-index/open.ts'
import type { ImportItem } from './item.ts'

/** Gives imported messages their places, and knows what is in a place already. */
export interface ImportPlaces {
  /** Whether the folder holds the message, or will when what waits is written. Remembers it as waiting. */
  isKnown(owner: string, folder: string, sha256: string): boolean
  /** The message's own place where it had one in another archive and that is free; else the next of the folder. */
  take(item: ImportItem, owner: string, nowMs: number): OccurrenceRecord
  /** What waited is in the index now. */
  written(): void
}

/** The places of one import. */
export function createImportPlaces(index: IndexWriter): ImportPlaces {
  const queries = createImportQueries(index)
  const nextUids = new Map<string, number>()
  const waiting = new Set<string>()

  const nextUid = (owner: string, folder: string): number => {
    const key = `${owner}\n${folder}`
    const uid = (nextUids.get(key) ?? queries.lastUid(owner, folder)) + 1
    nextUids.set(key, uid)
    return uid
  }
  const ownPlace = ({ folder, place }: ImportItem, owner: string) => {
    if (place === null) return null
    const { uidValidity, uid } = place
    const key = `${owner}\n${folder}\n${uidValidity}\n${uid}`
    if (waiting.has(key) || queries.isTaken({ source: owner, folder, uidValidity, uid })) return null
    waiting.add(key)
    return { uidValidity, uid }
  }
  return {
    isKnown: (owner, folder, sha256) => {
      const key = `${owner}\n${folder}\n${sha256}`
      if (waiting.has(key) || queries.isInFolder(owner, folder, sha256)) return true
      waiting.add(key)
      return false
    },
    take: (item, owner, nowMs) => {
      const { folder, flags, labels, internalDateMs } = item
      const own = ownPlace(item, owner)
      const numbers = own ?? { uidValidity: importedUidValidity, uid: nextUid(owner, folder) }
      const archivedAtMs = item.place?.archivedAtMs ?? nowMs
      const at = { source: owner, folder, ...numbers, flags: [...flags], internalDateMs, archivedAtMs }
      return labels === null ? at : { ...at, labels: [...labels] }
    },
    written: () => waiting.clear(),
  }
}
