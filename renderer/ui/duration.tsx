import { formatCount, formatDuration } from '../i18n/format.ts'

/** A length of time by its two largest units; milliseconds on hover. Null: not known, a dash. */
export function Duration(props: { readonly durationMs: number | null }) {
  if (props.durationMs === null) return <>–</>
  return (
    <span title={`${formatCount(Math.round(props.durationMs))} ms`}>{formatDuration(props.durationMs)}</span>
  )
}
