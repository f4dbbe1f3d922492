import type { Actor } from '../../../core/diagnostics/types.ts'
import { actorWords, runWords as words } from '../../i18n/diagnostics.ts'

/** Who must act, and what that word means. */
export function Who(props: { readonly actor: Actor | null }) {
  if (props.actor === null) return <strong>{words.nobody}</strong>
  const { word, means } = actorWords[props.actor]
  return (
    <>
      <strong>{word}</strong>: {means}
    </>
  )
}
