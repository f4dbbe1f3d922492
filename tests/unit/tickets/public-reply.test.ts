import { expect, it } from 'vitest'
import { publicReply } from '../../../core/tickets/shapes.ts'
import type { InternalNote, PublicReply } from '../../../core/tickets/shapes.ts'
import { ana } from '../../helpers/ticket-events.ts'

const note: InternalNote = {
  kind: 'internal_note',
  eventId: 'e',
  atMs: 1,
  actor: ana,
  body: 'He is upset.',
  attachmentIds: [],
}

it('refuses an internal note where a public reply is expected, in types and at run time', () => {
  // @ts-expect-error a note has no addressee, no message id and another kind
  const asReply: PublicReply = note
  expect(publicReply.safeParse(asReply).success).toBe(false)
})
