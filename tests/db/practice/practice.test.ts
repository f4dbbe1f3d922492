import { expect, test } from 'vitest'
import { closeDatabase, openDatabase } from '../../../db/open.ts'
import { clearPracticeLinks, listPracticeLinks, putPracticeLink } from '../../../db/queries/practice.ts'

test('a link is written over the last one of the same person, and all go at once', () => {
  const db = openDatabase(':memory:')
  const link = { localPart: 'ana.lima', personId: 'p1', mailboxId: 'm1', ticketId: null }
  const newer = { ...link, mailboxId: 'm2', ticketId: 't1' }
  putPracticeLink(db, link)
  putPracticeLink(db, newer)
  const kept = listPracticeLinks(db)
  clearPracticeLinks(db)
  const after = listPracticeLinks(db)
  closeDatabase(db)
  expect([kept, after]).toEqual([[newer], []])
})
