import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useHotkeys } from './use-hotkeys.ts'
import { shortcutWords } from '../i18n/ui.ts'

/** Filters as you type; "/" brings the focus here, Escape empties it, Enter or down goes to what was found. */
export function SearchField(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  // What is typed is shown at once: an owner that keeps the text in the address answers later, and a letter
  // typed meanwhile would be lost.
  const [typed, setTyped] = useState<string | null>(null)
  const change = (value: string): void => {
    setTyped(value)
    props.onChange(value)
  }
  useHotkeys(shortcutWords.list, [{ keys: '/', label: props.label, run: () => input.current?.focus() }])
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={props.label}
      placeholder={props.label}
      leftSection={<IconSearch size={15} aria-hidden />}
      value={typed ?? props.value}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'ArrowDown') {
          event.preventDefault()
          enterList()
        }
        if (event.key !== 'Escape') return
        if (event.currentTarget.value === '') input.current?.blur()
        else change('')
      }}
    />
  )
}

/** The list of the screen takes the focus and makes the first move itself. */
function enterList(): void {
  const list = document.querySelector<HTMLElement>('[role="listbox"][tabindex="0"]')
  list?.focus()
  list?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
}
