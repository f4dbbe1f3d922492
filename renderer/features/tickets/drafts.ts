import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

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

type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Drafts in a storage of the page: closing the window loses nothing that was typed. */
export function createDrafts(storage: () => DraftStorage) {
  return create<Drafts>()(
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
        dropForm: (name) => set(({ forms }) => ({ forms: without(forms, name) })),
      }),
      { name: 'desk.ticket-drafts', storage: createJSONStorage(storage) },
    ),
  )
}

/** The drafts of this browser or window. */
export const useDrafts = createDrafts(() => localStorage)

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
  const others = without(drafts, ticketId)
  const isEmpty =
    draft.reply === '' &&
    draft.note === '' &&
    draft.mode === 'reply' &&
    draft.replyAttachmentIds.length === 0 &&
    draft.noteAttachmentIds.length === 0
  return isEmpty ? others : { ...others, [ticketId]: draft }
}

function without<T>(all: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(all).filter(([other]) => other !== name))
}
