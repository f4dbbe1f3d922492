import { useQueries } from '@tanstack/react-query'
import { useDebouncedValue } from '@mantine/hooks'
import { useDesk } from '../ipc/index.ts'
import type { PaletteItem, PaletteSource } from '../ui/index.ts'

/** What the features' sources have found for the text. */
export interface Found {
  readonly groups: readonly { readonly title: string; readonly items: readonly PaletteItem[] }[]
  readonly searching: boolean
  /** Titles of the sources that could not be searched. */
  readonly failed: readonly string[]
}

const pauseMs = 120

/** Every word of the text is somewhere in the item, in any order; case and accents do not matter. */
export function matchesText(item: Pick<PaletteItem, 'label' | 'detail'>, text: string): boolean {
  const plain = (value: string): string =>
    value
      .normalize('NFKD')
      .replace(/\p{Diacritic}/gu, '')
      .toLocaleLowerCase()
  const hay = plain(`${item.label} ${item.detail ?? ''}`)
  return plain(text)
    .split(/\s+/)
    .every((word) => hay.includes(word))
}

/** Asks all sources side by side, a moment after the last key; one that fails does not hide the others. */
export function useFound(sources: readonly PaletteSource[], text: string): Found {
  const { call } = useDesk()
  const [wanted] = useDebouncedValue(text.trim(), pauseMs)
  const answers = useQueries({
    queries: sources.map((source) => ({
      queryKey: ['palette', source.title, wanted],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => source.find(wanted, { call, signal }),
      enabled: wanted !== '',
      staleTime: 5_000,
    })),
  })
  return {
    groups: sources.map((source, i) => ({
      title: source.title,
      items: wanted === '' ? [] : (answers[i]?.data ?? []),
    })),
    searching: answers.some((answer) => answer.isFetching),
    failed: sources.filter((_, i) => answers[i]?.isError === true).map((source) => source.title),
  }
}
