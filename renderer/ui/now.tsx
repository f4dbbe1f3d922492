import { createContext, use, useEffect, useState, type ReactNode } from 'react'

const everyMs = 20_000
const NowContext = createContext<number>(0)

/** One clock for all relative times, so that a list of a thousand rows does not run a thousand timers. */
export function NowProvider(props: { readonly children: ReactNode }) {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = window.setInterval(() => setNowMs(Date.now()), everyMs)
    return () => window.clearInterval(timer)
  }, [])
  return <NowContext value={nowMs}>{props.children}</NowContext>
}

/** The time of the shared clock, at most twenty seconds old. */
export function useNow(): number {
  return use(NowContext)
}
