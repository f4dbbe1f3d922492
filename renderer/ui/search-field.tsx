import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useRef } from 'react'
import { useHotkeys } from './use-hotkeys.ts'
import { shortcutWords } from '../i18n/ui.ts'

/** Filters as you type; "/" brings the focus here, Escape empties it. */
export function SearchField(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  useHotkeys(shortcutWords.list, [{ keys: '/', label: props.label, run: () => input.current?.focus() }])
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={props.label}
      placeholder={props.label}
      leftSection={<IconSearch size={15} aria-hidden />}
      value={props.value}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        if (props.value === '') input.current?.blur()
        props.onChange('')
      }}
    />
  )
}
