/** Tickets in the database: events are the truth, lists and search are computed from them. */
export {
  appendToTicket,
  mergeTicketEvents,
  nextTicketSequence,
  openTicket,
  rebuildTickets,
  undoLastStep,
} from './tickets-write.ts'
export { getTicket, listTicketEvents } from './tickets-read.ts'
export { countTickets, countTicketViews, listAssignees, listTickets } from './tickets-lists.ts'
export { getTicketAttachment, putTicketAttachment } from './tickets-attachments.ts'
export { listTicketViews, putTicketView, removeTicketView } from './tickets-views.ts'
export {
  claimNextReply,
  listInterruptedReplies,
  postponeReply,
  requeueReply,
  settleReply,
} from './tickets-outbox.ts'
