import { eq } from 'drizzle-orm'
import type { ReadHandle, WriteHandle } from '../handles.ts'
import { settingsTable } from '../schema/settings.ts'

/** The JSON values of all keys that were ever set. */
export function getSettings(db: ReadHandle): Readonly<Record<string, unknown>> {
  const rows = db.select().from(settingsTable).all()
  return Object.fromEntries(rows.map((row) => [row.key, JSON.parse(row.value) as unknown]))
}

/** Sets some keys; the rest, and what is undefined, stays. */
export function putSettings(db: WriteHandle, values: Readonly<Record<string, unknown>>): void {
  db.transaction((tx) => {
    for (const [key, value] of Object.entries(values)) {
      if (value === undefined) continue
      const row = { key, value: JSON.stringify(value) }
      tx.insert(settingsTable).values(row).onConflictDoUpdate({ target: settingsTable.key, set: row }).run()
    }
  })
}

/** The value of a key; made with `candidate` when there is none yet. */
export function getOrPutSetting(db: WriteHandle, key: string, candidate: string): string {
  return db.transaction((tx) => {
    const found = tx.select().from(settingsTable).where(eq(settingsTable.key, key)).get()
    if (found !== undefined) return JSON.parse(found.value) as string
    tx.insert(settingsTable)
      .values({ key, value: JSON.stringify(candidate) })
      .run()
    return candidate
  })
}
