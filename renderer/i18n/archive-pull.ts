import type { HistoryEvent } from '../../core/archive/history.ts'
import { formatBytes, formatDuration, plural } from './format.ts'

/** Words for what pulls saw: of a mailbox, of a message, and of what could not be had. */
export const pullWords = {
  sources: 'Mailboxes',
  lastArchived: 'Last message archived',
  neverArchived: 'No message archived yet',
  /** A source that does nothing says so. */
  nothingNew: (quietMs: number) => `nothing new for ${formatDuration(quietMs)}`,
  lastAsked: 'last asked',
  neverAsked: 'when the server was last asked is not known',
  notFinished: (folders: number) =>
    plural(folders, { one: 'folder not pulled to its end', other: 'folders not pulled to their end' }),
  missing: (messages: number) => plural(messages, { one: 'message missing', other: 'messages missing' }),
  unfinishedTitle: 'Folders that were not pulled to their end',
  showPart: (sizeBytes: number) => `Show what came (${formatBytes(sizeBytes)})`,
  partTitle: (path: string, uid: number) => `What came of ${path}, UID ${uid}`,
  partHint: (file: string) =>
    `The bytes as they came, cut off where the answer broke. Kept in the archive as ${file}.`,
  history: 'History',
  historyHint: 'As pulls saw it: a time is when it was noticed.',
} as const

/** One thing that happened to a message, in a few words. */
export function describeEvent(event: HistoryEvent): string {
  switch (event.kind) {
    case 'archived':
      return `Archived from ${event.folder}`
    case 'flags':
      return `Flags changed: ${changed(event.added, event.removed)}`
    case 'labels':
      return `Labels changed: ${changed(event.added, event.removed)}`
    case 'moved':
      return `Moved from ${event.folder} to ${event.to}`
    case 'gone':
      return `No longer on the server in ${event.folder}; kept here`
    case 'renumbered':
      return `Recognised after the server renumbered ${event.folder}`
  }
}

function changed(added: readonly string[], removed: readonly string[]): string {
  return [...added.map((one) => `+ ${one}`), ...removed.map((one) => `− ${one}`)].join(', ')
}
