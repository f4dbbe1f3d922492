import { create } from 'zustand'

interface HelpState {
  /** By case: how many steps of help were shown. */
  readonly shown: Readonly<Record<string, number>>
  /** By case: what the company said, oldest first. */
  readonly said: Readonly<Record<string, readonly string[]>>
  showNext(caseId: string): void
  hear(caseId: string, sentence: string): void
  /** A new round begins without help. */
  forget(): void
}

/** What a trainee has asked for in this round; kept while the page is open. */
export const useHelp = create<HelpState>((set) => ({
  shown: {},
  said: {},
  showNext: (caseId) => set(({ shown }) => ({ shown: { ...shown, [caseId]: (shown[caseId] ?? 0) + 1 } })),
  hear: (caseId, sentence) =>
    set(({ said }) => ({ said: { ...said, [caseId]: [...(said[caseId] ?? []), sentence] } })),
  forget: () => set({ shown: {}, said: {} }),
}))
