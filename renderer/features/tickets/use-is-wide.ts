import { useSyncExternalStore } from 'react'

const wide = '(min-width: 1200px)'

/** Whether there is room for the context beside the ticket; without it the context is a tab of the ticket. */
export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(wide).matches)
}

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(wide)
  query.addEventListener('change', onChange)
  return () => query.removeEventListener('change', onChange)
}
