import { create } from 'zustand'

interface Places {
  /** Pixels from the top at which the list was left; 0 when it was never shown. */
  get(name: string): number
  keep(name: string, offsetPx: number): void
}

/** Where each list was left, as long as the window lives. Nothing is drawn from it, so it does not re-render. */
export const useListPlaces = create<Places>(() => {
  const places = new Map<string, number>()
  return {
    get: (name) => places.get(name) ?? 0,
    keep: (name, offsetPx) => void places.set(name, offsetPx),
  }
})
