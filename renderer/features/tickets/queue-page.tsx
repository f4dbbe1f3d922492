import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { keyWords, queueWords as words } from '../../i18n/tickets.ts'
import { useQueryOf } from '../../ipc/index.ts'
import { AddButton, EmptyState, Page, QueryView, SplitView, useHotkeys, type Hotkey } from '../../ui/index.ts'
import { useAssigneeChoices } from './choices.ts'
import { ContextPane } from './context-pane.tsx'
import { useDrafts } from './drafts.ts'
import { useQueue } from './queue-store.ts'
import { TicketView } from './ticket-view.tsx'
import { TicketList } from './ticket-list.tsx'
import { useQueueAddress } from './use-queue-address.ts'
import { useTicketActions } from './use-ticket-actions.ts'

/** The queue: list, ticket, context. */
export function QueuePage() {
  const address = useQueueAddress()
  const { ticketId } = address
  useQueueKeys(ticketId)
  const focusDetail = useCallback(() => {
    document.querySelector<HTMLElement>('[data-ticket-title]')?.focus()
  }, [])
  return (
    <Page
      title={words.title}
      width="full"
      actions={<AddButton label={words.newTicket} to="/queue/new" keys="c" />}
    >
      <SplitView
        name="queue"
        list={<TicketList address={address} onOpen={focusDetail} />}
        detail={
          ticketId === null ? (
            <EmptyState title={words.chooseTitle}>{words.chooseText}</EmptyState>
          ) : (
            <OpenTicket key={ticketId} ticketId={ticketId} />
          )
        }
        context={ticketId === null ? null : <TicketContext ticketId={ticketId} />}
        showsDetail={ticketId !== null}
        back={{ label: words.title, to: address.listTo }}
      />
    </Page>
  )
}

function OpenTicket(props: { readonly ticketId: string }) {
  const query = useQueryOf('tickets.get', { ticketId: props.ticketId })
  return <QueryView query={query}>{(ticket) => <TicketView ticket={ticket} />}</QueryView>
}

function TicketContext(props: { readonly ticketId: string }) {
  const { data } = useQueryOf('tickets.get', { ticketId: props.ticketId })
  return data === undefined ? <span /> : <ContextPane ticket={data} />
}

/** The keys of triage. With a selection they meet all selected tickets, otherwise the open one. */
function useQueueKeys(ticketId: string | null): void {
  const navigate = useNavigate()
  const { selectedIds, select, openMenu, edit, compose } = useQueue()
  const changeDraft = useDrafts((drafts) => drafts.change)
  const act = useTicketActions()
  const { meName } = useAssigneeChoices()
  const ids = selectedIds.size > 0 ? [...selectedIds] : ticketId === null ? [] : [ticketId]
  const write = (mode: 'reply' | 'note') => () => {
    if (ticketId === null) return
    changeDraft(ticketId, () => ({ mode }))
    compose()
  }
  const onAny: readonly Hotkey[] = [
    { keys: 'a', label: keyWords.assign, run: () => openMenu('assign') },
    { keys: 'i', label: words.takeIt, run: () => void act(ids, { kind: 'assign', assignee: 'me' }, meName) },
    { keys: '#', label: keyWords.status, run: () => openMenu('status') },
    { keys: 'p', label: keyWords.priority, run: () => openMenu('priority') },
    { keys: 't', label: keyWords.category, run: () => openMenu('category') },
    { keys: 'u', label: keyWords.undo, run: () => void act(ids, { kind: 'undo' }) },
  ]
  const onOne: readonly Hotkey[] = [
    { keys: 'r', label: keyWords.reply, run: write('reply') },
    { keys: 'n', label: keyWords.note, run: write('note') },
    { keys: 'e', label: keyWords.edit, run: () => edit(true) },
  ]
  useHotkeys(words.shortcuts, [
    { keys: 'c', label: words.newTicket, run: () => void navigate('/queue/new') },
    ...(ids.length > 0 ? onAny : []),
    ...(ticketId === null ? [] : onOne),
    ...(selectedIds.size > 0
      ? [{ keys: 'Escape', label: words.clearSelection, run: () => select(new Set()) }]
      : []),
  ])
}
