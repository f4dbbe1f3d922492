import { expect, it } from 'vitest'
import type { HistoryChange, HistoryLine } from '../../../../../core/tickets/shapes.ts'
import { historySentence } from '../../../../../renderer/i18n/ticket-history.ts'
import { ana } from '../../../../helpers/ticket-events.ts'

const sentence = (change: HistoryChange) => {
  const line: HistoryLine = { eventId: 'e', stepId: 'e', atMs: 1, actor: ana, undone: false, change }
  return historySentence(line)
}

it('tells every change in words, with the value before and after', () => {
  expect(
    [
      { kind: 'opened' } as const,
      { kind: 'field', field: 'status', from: 'open', to: 'pending' } as const,
      { kind: 'field', field: 'assignee', from: null, to: 'Ana' } as const,
      { kind: 'field', field: 'category', from: 'other', to: 'device_setup' } as const,
      { kind: 'field', field: 'mailbox', from: null, to: 'm-1' } as const,
      { kind: 'tagged', added: ['vip'], removed: ['phone'] } as const,
      { kind: 'attached', name: 'a.png', sizeBytes: 2000 } as const,
      { kind: 'delivery', state: 'failed', answer: '550 no' } as const,
    ].map((change) => sentence({ ...change } as HistoryChange)),
  ).toEqual([
    'opened the ticket',
    'changed the status from Open to Pending',
    'changed the assignee from nobody to Ana',
    'changed the category from Other to Device set-up',
    'changed the mailbox',
    'added the tag vip and removed the tag phone',
    'attached a.png (2 kB)',
    'reports on a reply: not sent: the mail server refused it – 550 no',
  ])
})
