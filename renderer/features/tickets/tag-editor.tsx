import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { ticketWords as words } from '../../i18n/tickets.ts'
import { useCommand } from '../../ipc/index.ts'
import { IconButton, toastError } from '../../ui/index.ts'
import classes from './context.module.css'

/** The tags of a ticket; one more is added with Enter. */
export function TagEditor(props: { readonly ticketId: string; readonly tags: readonly string[] }) {
  const { ticketId, tags } = props
  const [text, setText] = useState('')
  const tag = useCommand('tickets.tag')
  const change = (add: string[], remove: string[]): void =>
    tag.mutate({ ticketId, add, remove }, { onSuccess: () => setText(''), onError: toastError })
  return (
    <div className={classes.tags}>
      {tags.map((one) => (
        <span key={one} className={classes.tag}>
          <bdi>{one}</bdi>
          <IconButton size="xs" label={words.removeTag(one)} onClick={() => change([], [one])}>
            <IconX size={11} />
          </IconButton>
        </span>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '') change([text.trim()], [])
        }}
      >
        <input
          className={classes.tagInput}
          aria-label={words.addTag}
          placeholder={words.addTag}
          maxLength={50}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </div>
  )
}
