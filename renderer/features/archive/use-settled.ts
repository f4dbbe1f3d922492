import { useEffect, useState } from 'react'

/** A value that changes with every letter, once it has not changed for a moment. */
export function useSettled<T>(value: T, settleMs: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs)
    return () => clearTimeout(timer)
  }, [value, settleMs])
  return settled
}
