import type { WriteHandle } from './handles.ts'
import { translateSqliteError } from './sqlite-errors.ts'

/** Calls one function of `db/queries` by name; used on both sides of the thread. */
export function runQuery(
  queries: object,
  handle: WriteHandle,
  file: string,
  module: string,
  name: string,
  args: readonly unknown[],
): unknown {
  const functions = (queries as Record<string, Record<string, unknown>>)[module]
  const run = functions?.[name]
  if (typeof run !== 'function') throw new Error(`No query ${module}.${name}`)
  try {
    return (run as (...all: unknown[]) => unknown)(handle, ...args)
  } catch (error) {
    throw translateSqliteError(error, file)
  }
}
