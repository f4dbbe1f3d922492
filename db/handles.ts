import type Database from 'better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'

declare const access: unique symbol

/** A database that may be read. `$client` is the driver, for what drizzle cannot say (FTS5, PRAGMA). */
export type ReadHandle = BetterSQLite3Database & { readonly $client: Database.Database } & {
  readonly [access]: 'read' | 'write'
}

/** A database that may be changed; every write handle can read. */
export type WriteHandle = ReadHandle & { readonly [access]: 'write' }
