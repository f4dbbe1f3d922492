import { formatExact, formatRelative } from '../i18n/format.ts'
import { useNow } from './now.tsx'

/** "5 min. ago"; the exact time in the user's zone on hover. An unknown time is a dash, never 1970. */
export function RelativeTime(props: { readonly atMs: number | null }) {
  const nowMs = useNow()
  if (props.atMs === null) return <>–</>
  return (
    <time dateTime={new Date(props.atMs).toISOString()} title={formatExact(props.atMs)}>
      {formatRelative(props.atMs, Math.max(nowMs, 0))}
    </time>
  )
}
