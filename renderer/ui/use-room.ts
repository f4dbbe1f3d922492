import { useSyncExternalStore } from 'react'

/** Room in the window: for three columns, for two, or for one. */
export type Room = 'wide' | 'medium' | 'narrow'

const medium = '(max-width: 1100px)'
const narrow = '(max-width: 760px)'

/** How much room the window has; follows its size. */
export function useRoom(): Room {
  return useSyncExternalStore(subscribe, roomNow)
}

function roomNow(): Room {
  if (window.matchMedia(narrow).matches) return 'narrow'
  return window.matchMedia(medium).matches ? 'medium' : 'wide'
}

function subscribe(onChange: () => void): () => void {
  const queries = [medium, narrow].map((query) => window.matchMedia(query))
  for (const query of queries) query.addEventListener('change', onChange)
  return () => {
    for (const query of queries) query.removeEventListener('change', onChange)
  }
}
