import type { DeliveryState } from '../../core/tickets/events.ts'
import type { Evidence, TicketCategory, TicketPriority, TicketStatus } from '../../core/tickets/types.ts'
import type { TicketSort } from '../../core/tickets/views.ts'
import { formatDuration, plural } from './format.ts'

const ticketForms = { one: 'ticket', other: 'tickets' }

export const statusWords: Readonly<Record<TicketStatus, string>> = {
  open: 'Open',
  pending: 'Pending',
  solved: 'Solved',
  closed: 'Closed',
}

export const priorityWords: Readonly<Record<TicketPriority, string>> = {
  low: 'Low',
  normal: 'Normal',
  high: 'High',
  urgent: 'Urgent',
}

export const categoryWords: Readonly<Record<TicketCategory, string>> = {
  access: 'Access',
  device_setup: 'Device set-up',
  storage: 'Storage',
  spam: 'Spam',
  sending: 'Sending',
  receiving: 'Receiving',
  attachments: 'Attachments',
  sync: 'Sync',
  routing: 'Routing and forwarding',
  security: 'Security',
  account: 'Account',
  other: 'Other',
}

export const sortWords: Readonly<Record<TicketSort, string>> = {
  updated: 'Last change',
  created: 'Newest',
  due: 'Due first',
  priority: 'Priority',
}

export const evidenceWords: Readonly<Record<Evidence['kind'], string>> = {
  diagnostic_run: 'Diagnosis',
  archive_run: 'Archive run',
  bundle: 'Export bundle',
  junk_recovery: 'Recovered from junk',
}

/** Words of the button that links evidence from elsewhere. */
export const evidenceLinkWords = {
  link: 'Link to the ticket',
  toTicket: 'Go to the ticket',
  linked: 'It is linked to the ticket.',
} as const

/** Names of the built-in views by id; saved ones have their own. */
export const viewWords: Readonly<Record<string, string>> = {
  'my-open': 'My open',
  unassigned: 'Unassigned',
  breaching: 'Breaching',
  pending: 'Pending',
  solved: 'Solved',
  all: 'All',
}

/** Words of the Queue: list, filter and bulk. */
export const queueWords = {
  title: 'Queue',
  list: 'Tickets',
  views: 'Views',
  shortcuts: 'Tickets',
  newTicket: 'New ticket',
  search: 'Search tickets',
  total: (count: number) => plural(count, ticketForms),
  totalMatching: (count: number) => `${plural(count, ticketForms)} found, newest first`,
  sortedBy: 'Sorted by',
  filter: 'Filter',
  filterOn: (count: number) => `Filter (${count})`,
  anyStatus: 'Any status',
  anyPriority: 'Any priority',
  anyCategory: 'Any category',
  anyTag: 'Any tag',
  anybody: 'Anybody',
  replies: 'Replies',
  anyReplies: 'Whatever their state',
  unsentReplies: 'Not accepted by a server yet',
  clearFilter: 'Clear the filter',
  saveView: 'Save as view',
  viewName: 'Name of the view',
  viewSaved: (name: string) => `Saved the view “${name}”.`,
  removeView: (name: string) => `Remove the view “${name}”`,
  viewRemoved: (name: string) => `Removed the view “${name}”.`,
  emptyTitle: 'No ticket is here',
  emptyText: 'Tickets that match this view appear here by themselves.',
  nothingTitle: 'No tickets yet',
  nothingText: 'When somebody has a mail problem, open a ticket for it. The practice company brings its own.',
  noMatchTitle: 'Nothing matches',
  noMatchText: 'Try fewer words, or another view.',
  chooseTitle: 'Choose a ticket',
  chooseText: 'Its conversation, evidence and history open here.',
  selected: (count: number) => `${plural(count, ticketForms)} selected`,
  clearSelection: 'Clear the selection',
  selectLoaded: 'Select all that are loaded',
  unassigned: 'Nobody',
  me: (name: string) => `${name} (me)`,
  takeIt: 'Assign to me',
  draft: 'Has a draft of yours',
} as const

/** What the keys of the queue do, for the list of shortcuts. */
export const keyWords = {
  assign: 'Assign',
  status: 'Set the status',
  priority: 'Set the priority',
  category: 'Set the category',
  undo: 'Undo the last step',
  reply: 'Write a reply',
  note: 'Write an internal note',
  edit: 'Edit subject, requester and mailbox',
} as const

/** Words of one ticket. */
export const ticketWords = {
  number: 'Ticket number',
  status: 'Status',
  priority: 'Priority',
  category: 'Category',
  assignee: 'Assignee',
  tags: 'Tags',
  addTag: 'Add a tag',
  removeTag: (tag: string) => `Remove the tag “${tag}”`,
  edit: 'Edit',
  undo: 'Undo last step',
  conversation: 'Conversation',
  history: 'History',
  files: 'Files',
  filesOf: (count: number) => `Files (${count})`,
  noFilesTitle: 'No files',
  noFilesText: 'Attach files in the composer; they are kept with the ticket.',
  firstResponse: 'First response',
  resolution: 'Resolution',
  left: (ms: number) => `${formatDuration(ms)} left`,
  over: (ms: number) => `${formatDuration(ms)} over`,
  pausedWith: (ms: number) => `paused, ${formatDuration(ms)} left`,
  pausedOver: (ms: number) => `paused, ${formatDuration(ms)} over`,
  metIn: (ms: number) => `met in ${formatDuration(ms)}`,
  missedBy: (ms: number) => `missed by ${formatDuration(ms)}`,
  targetOf: (name: string, ms: number) => `${name}: the target is ${formatDuration(ms)}.`,
  asked: 'asked',
  noDescription: 'Nothing was written down.',
  publicReply: 'Public reply',
  replyTo: (to: string) => `to ${to}`,
  internalNote: 'Internal note',
  staysHere: 'stays at this desk',
  setTo: (status: string) => `set the status to ${status}`,
  openEvidence: 'Open',
  linkedEvidence: 'linked evidence',
  sendAgain: 'Send again',
  sentAgain: 'The reply is queued again.',
  toSettings: 'Open Settings',
  nextAttempt: 'Next attempt',
  attempts: (count: number) => plural(count, { one: 'attempt failed', other: 'attempts failed' }),
  download: (name: string) => `Save ${name}`,
} as const

/** How far a reply has come, in words that promise no more than is known. */
export const deliveryWords: Readonly<Record<DeliveryState, string>> = {
  queued: 'Queued, not sent yet',
  accepted: 'Accepted by the mail server',
  failed: 'Not sent: the mail server refused it',
  unknown: 'Not known whether it left',
}

/** Words of the composer. */
export const composerWords = {
  mode: 'What to write',
  reply: 'Reply',
  note: 'Internal note',
  replyTo: (name: string) => `Reply to ${name}`,
  replyLabel: (address: string) => `Public reply to ${address}`,
  replyHint: (address: string) => `Goes to ${address} by e-mail.`,
  noteLabel: 'Internal note, stays at this desk',
  noteHint: 'Stays at this desk. It is never sent.',
  sendReply: 'Send reply',
  sendPending: 'Send and set pending',
  sendSolved: 'Send and solve',
  moreWays: 'More ways to send',
  addNote: 'Add note',
  attach: 'Attach a file',
  detach: (name: string) => `Do not attach ${name}`,
  replyQueued: 'The reply is queued.',
  noteAdded: 'The note was added.',
  noAddress: 'The requester has no e-mail address, so there is nobody to reply to.',
} as const

/** Words of the pane beside a ticket. */
export const contextWords = {
  label: 'Context of the ticket',
  requester: 'Requester',
  mailbox: 'Mailbox',
  noMailbox: 'No mailbox here belongs to this ticket.',
  linkMailbox: 'Link mailbox',
  lastDiagnosis: 'Last diagnosis',
  noDiagnosis: 'Not diagnosed yet.',
  diagnose: 'Diagnose this mailbox',
  diagnoseMore: 'Choose what to try',
  findInJunk: 'Find in junk',
  archive: 'Archive mailbox',
  openPerson: 'Open person',
  evidence: 'Evidence',
  noEvidence: 'A diagnosis, an archive run or a bundle can be linked as evidence.',
  others: 'Other tickets of this requester',
  noOthers: 'No other tickets.',
  details: 'Details',
  created: 'Opened',
  updated: 'Last change',
  runState: {
    running: 'Running',
    done: 'Done',
    cancelled: 'Cancelled',
    failed: 'Failed',
    interrupted: 'Interrupted',
  },
} as const

/** Words of the form for a new ticket and of the one that edits. */
export const formWords = {
  newTitle: 'New ticket',
  editTitle: (number: string) => `Edit ${number}`,
  subject: 'Subject',
  subjectHint: 'The problem in one line.',
  requesterEmail: 'Requester’s e-mail address',
  requesterName: 'Requester’s name',
  description: 'What the requester says',
  note: 'First internal note',
  noteHint: 'Stays at this desk.',
  mailbox: 'Mailbox',
  noMailbox: 'No mailbox',
  mailboxHint: 'The mailbox that the problem is about.',
  linkKnown: (address: string) => `Link the known mailbox ${address}`,
  open: 'Open ticket',
  save: 'Save changes',
  saved: 'The changes are saved.',
  discard: 'Discard draft',
  restored: 'This is the draft that you had begun.',
  opened: (number: string) => `Ticket ${number} is open.`,
} as const
