import { keyWords as words } from '../../../i18n/archive-keys.ts'
import { useQueryOf } from '../../../ipc/index.ts'
import { Hint, SwitchField } from '../../../ui/index.ts'

/** Whether a new archive is encrypted: on where its key can be kept, and where it cannot, why not. */
export function EncryptionChoice(props: {
  readonly value: boolean
  readonly onChange: (value: boolean) => void
}) {
  const keeping = useQueryOf('archive.keyKeeping', {})
  if (keeping.data === undefined) return null
  const { place, reason } = keeping.data
  if (place === null) return <Hint>{words.choiceImpossible(reason)}</Hint>
  return (
    <SwitchField
      label={words.choice}
      hint={words.choiceHint(place)}
      value={props.value}
      error={null}
      onChange={props.onChange}
    />
  )
}
