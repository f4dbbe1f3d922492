import { IconInbox } from '@tabler/icons-react'
import { queueWords as words, statusWords } from '../../i18n/tickets.ts'
import type { PaletteSource, Place } from '../../ui/index.ts'

export { LinkToTicket } from './link-to-ticket.tsx'

/** Tickets by any of their words or by their number. */
const tickets: PaletteSource = {
  title: words.list,
  find: async (text, { call }) => {
    const found = await call('tickets.list', { text, limit: 6 })
    return found.tickets.map((ticket) => ({
      id: ticket.ticketId,
      label: ticket.subject,
      detail: `${ticket.number} · ${ticket.requester.name || ticket.requester.email} · ${statusWords[ticket.status]}`,
      to: `/queue/${ticket.ticketId}`,
    }))
  },
}

/** All tickets: list, detail and context. */
export const place: Place = {
  path: 'queue',
  label: words.title,
  icon: IconInbox,
  goKey: 'q',
  routes: [
    { path: 'new', lazy: async () => ({ Component: (await import('./new-ticket-page.tsx')).NewTicketPage }) },
    { path: ':ticketId?', lazy: async () => ({ Component: (await import('./queue-page.tsx')).QueuePage }) },
  ],
  palette: [tickets],
}
