import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** What was typed at a ticket and not sent yet, both kinds apart: a note never becomes a reply by accident. */
export interface Draft {
  readonly mode: 'reply' | 'note'
  readonly reply: string
  readonly note: string
  readonly replyAttachmentIds: readonly string[]
  readonly noteAttachmentIds: readonly string[]
}

const emptyDraft: Draft = {
  mode: 'reply',
  reply: '',
  note: '',
  replyAttachmentIds: [],
  noteAttachmentIds: [],
}

interface Drafts {
  readonly byTicket: Readonly<Record<string, Draft>>
  /** Forms of new tickets, by what they were begun from. */
  readonly forms: Readonly<Record<string, unknown>>
  change(ticketId: string, change: (draft: Draft) => Partial<Draft>): void
  keepForm(name: string, values: unknown): void
  dropForm(name: string): void
}

/** Drafts are kept in the page's storage: closing the window loses nothing that was typed. */
export const useDrafts = create<Drafts>()(
  persist(
    (set) => ({
      byTicket: {},
      forms: {},
      change: (ticketId, change) =>
        set(({ byTicket }) => {
          const before = byTicket[ticketId] ?? emptyDraft
          return { byTicket: withDraft(byTicket, ticketId, { ...before, ...change(before) }) }
        }),
      keepForm: (name, values) => set(({ forms }) => ({ forms: { ...forms, [name]: values } })),
      dropForm: (name) =>
        set(({ forms }) => ({
          forms: Object.fromEntries(Object.entries(forms).filter(([other]) => other !== name)),
        })),
    }),
    { name: 'desk.ticket-drafts' },
  ),
)

/** The draft of one ticket. */
export function useDraft(ticketId: string): Draft {
  return useDrafts((drafts) => drafts.byTicket[ticketId]) ?? emptyDraft
}

/** An empty draft is not worth keeping. */
function withDraft(
  drafts: Readonly<Record<string, Draft>>,
  ticketId: string,
  draft: Draft,
): Readonly<Record<string, Draft>> {
  const others = Object.fromEntries(Object.entries(drafts).filter(([id]) => id !== ticketId))
  const isEmpty =
    draft.reply === '' &&
    draft.note === '' &&
    draft.mode === 'reply' &&
    draft.replyAttachmentIds.length === 0 &&
    draft.noteAttachmentIds.length === 0
  return isEmpty ? others : { ...others, [ticketId]: draft }
}
