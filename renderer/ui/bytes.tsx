import { formatBytes, formatCount } from '../i18n/format.ts'

/** A size in human units; the exact number of bytes on hover. Null: not known, a dash. */
export function Bytes(props: { readonly sizeBytes: number | null }) {
  if (props.sizeBytes === null) return <>–</>
  return <span title={`${formatCount(props.sizeBytes)} B`}>{formatBytes(props.sizeBytes)}</span>
}
