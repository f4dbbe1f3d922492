import { asClient } from './client.ts'
import type { DbClient } from './client.ts'
import { closeDatabase, openDatabase } from './open.ts'
import * as queries from './queries/index.ts'
import { runQuery } from './run-query.ts'

/** Runs queries in the calling thread; for tests. */
export function createInlineDbClient(file: string): DbClient {
  const handle = openDatabase(file)
  return asClient(
    (module, name, args) => Promise.try(() => runQuery(queries, handle, file, module, name, args)),
    () => Promise.try(() => closeDatabase(handle)),
  )
}
