import type { Actor } from '../types.ts'

/** Gives a fact as text, or `otherwise` where it was not observed. */
export type Say = (fact: string, otherwise: string) => string

/** Which exit code of the command line a finding has, and the word for its kind. */
export type FindingArea = 'none' | 'device' | 'network' | 'dns' | 'tls' | 'auth' | 'mailbox' | 'sending'

/** What the desk can conclude. Sentences are whole, plain, and say only what was seen. */
export interface CatalogueEntry {
  /** Null when nobody has to act. */
  readonly actor: Actor | null
  readonly area: FindingArea
  readonly confidence: 'certain' | 'likely' | 'possible'
  readonly title: (say: Say) => string
  readonly detail: (say: Say) => string
  readonly nextStep: (say: Say) => string
}

/** A sentence that quotes the other side: `It said: “…”.` Its own full stop is enough. */
export const quoted = (say: Say): string => {
  const text = say('text', 'nothing')
  return /[.!?]$/.test(text) ? `It said: “${text}”` : `It said: “${text}”.`
}
