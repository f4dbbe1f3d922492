import { useSearchParams } from 'react-router'
import type { SearchOrder } from '../../../core/archive/find-endpoints.ts'

/** What the address says is shown of an archive: back and forward lead through it. */
export interface ArchiveAddress {
  /** Null: all folders. */
  readonly folderId: number | null
  readonly text: string
  /** Of what a search finds. */
  readonly order: SearchOrder
  /** Null: the overview. */
  readonly occurrenceId: number | null
  showFolder(folderId: number | null): void
  find(text: string): void
  sortBy(order: SearchOrder): void
  showMessage(occurrenceId: number | null): void
}

/** Reads and changes `?folder=`, `?q=`, `?order=` and `?message=`. Typing a search makes no history of every letter. */
export function useArchiveAddress(): ArchiveAddress {
  const [query, setQuery] = useSearchParams()
  const change = (name: string, value: string | null, replace: boolean) =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === null || value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace },
    )
  return {
    folderId: numberOf(query.get('folder')),
    text: query.get('q') ?? '',
    order: query.get('order') === 'newest' ? 'newest' : 'relevance',
    occurrenceId: numberOf(query.get('message')),
    showFolder: (folderId) => change('folder', folderId === null ? null : String(folderId), false),
    sortBy: (order) => change('order', order === 'newest' ? order : null, false),
    find: (text) => change('q', text, true),
    showMessage: (occurrenceId) =>
      change('message', occurrenceId === null ? null : String(occurrenceId), query.has('message')),
  }
}

function numberOf(text: string | null): number | null {
  const value = text === null ? NaN : Number(text)
  return Number.isInteger(value) ? value : null
}
