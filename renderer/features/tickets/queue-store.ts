import { create } from 'zustand'

/** Menus that a key or a button can open, at the ticket or at the bulk bar. */
export type QueueMenu = 'status' | 'priority' | 'category' | 'assign'

interface QueueState {
  /** Tickets that a bulk action would meet. */
  readonly selectedIds: ReadonlySet<string>
  readonly menu: QueueMenu | null
  readonly editing: boolean
  /** Counts up whenever a key asks for the composer; the composer then takes the focus. */
  readonly composeRequests: number
  select(ids: ReadonlySet<string>): void
  openMenu(menu: QueueMenu | null): void
  edit(editing: boolean): void
  compose(): void
}

/** View state of the queue that no address needs. */
export const useQueue = create<QueueState>((set) => ({
  selectedIds: new Set(),
  menu: null,
  editing: false,
  composeRequests: 0,
  select: (selectedIds) => set({ selectedIds }),
  openMenu: (menu) => set({ menu }),
  edit: (editing) => set({ editing }),
  compose: () => set(({ composeRequests }) => ({ composeRequests: composeRequests + 1 })),
}))
