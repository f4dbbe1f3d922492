import { IconChevronDown, IconLock, IconPaperclip, IconSend, IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { TicketDetail } from '../../../core/tickets/shapes.ts'
import { composerWords as words } from '../../i18n/tickets.ts'
import { Button, FileButton, IconButton, KeyCaps, Menu } from '../../ui/index.ts'
import classes from './composer.module.css'
import { useDraft, useDrafts } from './drafts.ts'
import { useQueue } from './queue-store.ts'
import { useComposer } from './use-composer.ts'

/** Writes a public reply or an internal note. The two have their own texts and look different throughout. */
export function Composer(props: { readonly ticket: TicketDetail }) {
  const { ticket } = props
  const { ticketId, requester } = ticket
  const draft = useDraft(ticketId)
  const change = useDrafts((drafts) => drafts.change)
  const isReply = draft.mode === 'reply'
  const canReply = requester.email.includes('@')
  const composer = useComposer(ticket, draft)
  const field = useFocusOnRequest()
  const name = requester.name || requester.email
  return (
    <section
      className={classes.composer}
      data-mode={draft.mode}
      aria-label={isReply ? words.replyLabel(requester.email) : words.noteLabel}
    >
      <div className={classes.modes} role="group" aria-label={words.mode}>
        <ModeButton pressed={isReply} onPress={() => change(ticketId, () => ({ mode: 'reply' }))} keys="r">
          <IconSend size={14} aria-hidden />
          <bdi>{words.replyTo(name)}</bdi>
        </ModeButton>
        <ModeButton pressed={!isReply} onPress={() => change(ticketId, () => ({ mode: 'note' }))} keys="n">
          <IconLock size={14} aria-hidden />
          {words.note}
        </ModeButton>
        <span className={classes.hint}>
          <bdi>
            {isReply ? (canReply ? words.replyHint(requester.email) : words.noAddress) : words.noteHint}
          </bdi>
        </span>
      </div>
      <textarea
        ref={field}
        className={classes.text}
        dir="auto"
        rows={3}
        aria-label={isReply ? words.replyLabel(requester.email) : words.noteLabel}
        value={isReply ? draft.reply : draft.note}
        onChange={(event) => {
          const text = event.currentTarget.value
          change(ticketId, () => (isReply ? { reply: text } : { note: text }))
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') field.current?.blur()
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          composer.send()
        }}
      />
      <Attached ticket={ticket} ids={composer.attachmentIds} onDetach={composer.detach} />
      <div className={classes.actions}>
        <FileButton onChange={(files) => void composer.attach(files)} multiple resetRef={composer.resetFiles}>
          {(button) => (
            <IconButton label={words.attach} onClick={button.onClick} loading={composer.attaching}>
              <IconPaperclip size={16} />
            </IconButton>
          )}
        </FileButton>
        <span className={classes.send}>
          <KeyCaps keys="mod+Enter" />
          <Button
            variant="filled"
            disabled={!composer.canSend}
            loading={composer.sending}
            onClick={() => composer.send()}
          >
            {isReply ? words.sendReply : words.addNote}
          </Button>
          {isReply && <MoreWays disabled={!composer.canSend} onSend={composer.send} />}
        </span>
      </div>
    </section>
  )
}

function ModeButton(props: {
  readonly pressed: boolean
  readonly onPress: () => void
  readonly keys: string
  readonly children: React.ReactNode
}) {
  return (
    <button type="button" className={classes.mode} aria-pressed={props.pressed} onClick={props.onPress}>
      {props.children}
      <KeyCaps keys={props.keys} />
    </button>
  )
}

function MoreWays(props: {
  readonly disabled: boolean
  readonly onSend: (thenStatus: 'pending' | 'solved') => void
}) {
  return (
    <Menu position="top-end">
      <Menu.Target>
        <IconButton label={words.moreWays} variant="default" disabled={props.disabled}>
          <IconChevronDown size={14} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => props.onSend('pending')}>{words.sendPending}</Menu.Item>
        <Menu.Item onClick={() => props.onSend('solved')}>{words.sendSolved}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Attached(props: {
  readonly ticket: TicketDetail
  readonly ids: readonly string[]
  readonly onDetach: (attachmentId: string) => void
}) {
  const attached = props.ticket.attachments.filter(({ attachmentId }) => props.ids.includes(attachmentId))
  if (attached.length === 0) return null
  return (
    <ul className={classes.attached}>
      {attached.map(({ attachmentId, name }) => (
        <li key={attachmentId} className={classes.chip}>
          <IconPaperclip size={13} aria-hidden />
          <bdi>{name}</bdi>
          <IconButton size="xs" label={words.detach(name)} onClick={() => props.onDetach(attachmentId)}>
            <IconX size={12} />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}

/** The keys r and n bring the focus here. */
function useFocusOnRequest() {
  const field = useRef<HTMLTextAreaElement>(null)
  const requests = useQueue((queue) => queue.composeRequests)
  const seen = useRef(requests)
  useEffect(() => {
    if (requests !== seen.current) field.current?.focus()
    seen.current = requests
  }, [requests])
  return field
}
