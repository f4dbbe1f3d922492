import { sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Under which ids somebody of the practice company is known here, so that a new start finds them again. */
export const practiceLinksTable = sqliteTable('practice_links', {
  localPart: text('local_part').primaryKey(),
  personId: text('person_id').notNull(),
  mailboxId: text('mailbox_id').notNull(),
  ticketId: text('ticket_id'),
})
