import { useEffect, useState } from 'react'
import { connectivityWords } from '../i18n/frame.ts'
import { useDesk } from '../ipc/index.ts'
import { StaleNote } from '../ui/index.ts'

/** Above every screen while the desk's own program does not answer: since when, and what it means. */
export function LineBanner() {
  const desk = useDesk()
  const [lostAtMs, setLostAtMs] = useState(() =>
    desk.connectionState() === 'disconnected' ? Date.now() : null,
  )
  useEffect(
    () => desk.onConnectionChange((line) => setLostAtMs(line === 'disconnected' ? Date.now() : null)),
    [desk],
  )
  if (lostAtMs === null) return null
  const { sentence, works } = connectivityWords.disconnected
  return <StaleNote asOfMs={lostAtMs} why={`${sentence} ${works}`} />
}
