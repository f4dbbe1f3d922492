import { z } from 'zod'
import { query } from '../contract/define.ts'
import { historyEvent } from './history.ts'

/** What pulls saw of a message, and what they could not have. */
export const pullEndpoints = {
  history: query(
    'What happened to a message on its servers, as far as pulls saw it: oldest first.',
    z.strictObject({ archiveId: z.string(), occurrenceId: z.number().int() }),
    z.strictObject({ events: z.array(historyEvent) }),
  ),
  failurePart: query(
    'What came of a message that could not be had whole, shown one byte a character (latin1).',
    z.strictObject({
      archiveId: z.string(),
      folderId: z.number().int(),
      uidValidity: z.string().max(20),
      uid: z.number().int(),
      maxBytes: z.number().int().min(1).max(4_000_000).default(500_000),
    }),
    z.strictObject({ path: z.string(), text: z.string() }),
  ),
}
