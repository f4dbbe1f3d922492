import { expect, it } from 'vitest'
import { restoreOptions } from '../../../../../core/restore/types.ts'
import type { RestoreOptions } from '../../../../../core/restore/types.ts'
import type { RestorableMessage } from '../../../../../main/features/archive/index.ts'
import { tasksOf } from '../../../../../main/features/restore/run/plan.ts'

const folder = {
  ...{
    folderId: 1,
    source: 'a@x',
    path: '[Gmail]/All Mail',
    target: 'All Mail',
    exists: true,
    how: 'same_name' as const,
  },
  ...{ renamed: null, messages: 1, mailBytes: 1 },
}
const message = {
  ...{ occurrenceId: 1, sha256: 'x', sizeBytes: 1, messageId: '<a>', internalDateMs: 0, flags: ['\\Seen'] },
  labels: ['\\Inbox', 'Projects/Crane 7', 'שלום'],
} as unknown as RestorableMessage
const names = { delimiter: '/', namespace: '', folders: [] }
const tasks = (options: Partial<RestoreOptions>) =>
  tasksOf(folder, [message], names, restoreOptions.parse(options)).map(({ targetFolder, flags }) => [
    targetFolder,
    flags,
  ])

it('Labels are left out, become keywords that can be sent, or a copy in a folder each.', () => {
  expect([tasks({}), tasks({ labels: 'keywords' }), tasks({ labels: 'folders', prefix: 'Back' })]).toEqual([
    [['All Mail', ['\\Seen']]],
    [['All Mail', ['\\Seen', 'Projects/Crane_7']]],
    [
      ['All Mail', ['\\Seen']],
      ['Back/Projects/Crane 7', ['\\Seen']],
      ['Back/שלום', ['\\Seen']],
    ],
  ])
})
