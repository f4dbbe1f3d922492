import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Employees whose mail is looked after. STRICT; see the migration. */
export const peopleTable = sqliteTable(
  'people',
  {
    personId: text('person_id').primaryKey(),
    name: text().notNull(),
    /** The name folded by `foldText`: lists are sorted and searched by it. */
    nameKey: text('name_key').notNull(),
    email: text().notNull(),
    /** The address folded by `foldAddress`; one person an address. */
    emailKey: text('email_key').notNull(),
    origin: text({ enum: ['added', 'practice'] }).notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
  },
  (table) => [
    uniqueIndex('people_by_email').on(table.emailKey),
    index('people_by_name').on(table.nameKey, table.personId),
  ],
)

/** Mailboxes and how they are reached. Their secrets are in the secret store, never here. STRICT. */
export const mailboxesTable = sqliteTable(
  'mailboxes',
  {
    mailboxId: text('mailbox_id').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => peopleTable.personId, { onDelete: 'cascade' }),
    address: text().notNull(),
    addressKey: text('address_key').notNull(),
    /** Domain of the address: a new mailbox takes the network of its neighbours. */
    domain: text().notNull(),
    username: text().notNull(),
    signIn: text('sign_in', { enum: ['password', 'xoauth2'] }).notNull(),
    /** JSON of a MailServer, or null. */
    imap: text(),
    /** JSON of a MailServer, or null. */
    smtp: text(),
    /** JSON of a NetworkProfile. */
    network: text().notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
  },
  (table) => [
    uniqueIndex('mailboxes_by_person').on(table.personId, table.addressKey),
    index('mailboxes_by_address').on(table.addressKey, table.mailboxId),
    index('mailboxes_by_domain').on(table.domain, table.createdAtMs),
  ],
)
