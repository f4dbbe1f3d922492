import { useEffect, useState } from 'react'

/**
 * A value of the address that is shown and used before it is there. The router answers later than the next key
 * comes: letters would be lost, and a key would meet the ticket before. So what was typed or chosen holds at
 * once and is sent after a pause; a value that comes by the address itself (back, a link) wins.
 */
export function useAhead<T extends string | null>(
  there: T,
  send: (value: T) => void,
  pauseMs: number,
): readonly [value: T, change: (value: T) => void] {
  const [value, change] = useState(there)
  const [sent, setSent] = useState(there)
  const [seen, setSeen] = useState(there)
  if (there !== seen) {
    setSeen(there)
    if (there !== sent) {
      setSent(there)
      change(there)
    }
  }
  useEffect(() => {
    if (value === sent) return undefined
    const timer = window.setTimeout(() => {
      setSent(value)
      send(value)
    }, pauseMs)
    return () => window.clearTimeout(timer)
  }, [value, sent, send, pauseMs])
  return [value, change]
}
