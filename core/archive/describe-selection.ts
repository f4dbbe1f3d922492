import { count } from './outcomes.ts'
import type { Selection } from './types.ts'

/** What was chosen, in a sentence for the chain of custody. `pathOf` names a folder. */
export function describeSelection(selection: Selection, pathOf: (folderId: number) => string | null): string {
  const name = (folderId: number) => pathOf(folderId) ?? `folder ${folderId}`
  switch (selection.kind) {
    case 'folders':
      if (selection.folderIds.length === 0) return 'The whole archive: all folders of all its mailboxes.'
      return `${count(selection.folderIds.length, 'folder')}: ${selection.folderIds.map(name).join('; ')}.`
    case 'messages':
      return `${count(selection.occurrenceIds.length, 'message')}, chosen one by one.`
    case 'search':
      return `What a search for “${selection.text}” finds in ${selection.folderId === null ? 'all folders' : name(selection.folderId)}.`
  }
}
