import type { CatalogueEntry } from './entry.ts'

/** What is said when no single thing is wrong. */
export const conclusionFindings = {
  undetermined: {
    actor: null,
    area: 'none',
    confidence: 'possible',
    title: () => 'It could not be determined whether this mailbox works',
    detail: (say) => `Without an answer: ${say('missing', 'some probes')}. ${say('why', '')}`,
    nextStep: () => 'Run this again; if it stays so, open the probes below that have no answer.',
  },
  healthy: {
    actor: null,
    area: 'none',
    confidence: 'certain',
    title: () => 'This mailbox works',
    detail: (say) =>
      `${say('passed', 'All')} probes passed, none failed: ${say('scope', 'names, connection, encryption, sign-in and sending')}.`,
    nextStep: () =>
      'Nothing has to be done at the server. If the user still has a problem, look at the device and its mail program.',
  },
} as const satisfies Record<string, CatalogueEntry>
