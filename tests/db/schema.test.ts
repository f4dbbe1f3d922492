import { expect, test } from 'vitest'
import { closeDatabase, openDatabase } from '../../db/open.ts'

test('every table of the desk is strict: a text in a column of numbers is refused, not kept', () => {
  const handle = openDatabase(':memory:')
  const tables = handle.$client.pragma('table_list') as readonly {
    readonly schema: string
    readonly name: string
    readonly type: string
    readonly strict: 0 | 1
  }[]
  closeDatabase(handle)
  const loose = tables.filter(
    ({ schema, name, type, strict }) =>
      schema === 'main' && type === 'table' && strict === 0 && !name.startsWith('sqlite_'),
  )
  // Drizzle makes its own list of migrations.
  expect(loose.map(({ name }) => name)).toEqual(['__drizzle_migrations'])
})
