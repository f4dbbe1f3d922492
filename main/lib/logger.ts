import { mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { destination, pino } from 'pino'

/** Structured log lines. Secrets cannot get in: they are `Secret` objects, which print as `[redacted]`. */
export interface Logger {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

const maxLogBytes = 5_000_000

/** Logs as JSON lines to a file; the previous file is kept as `.1` once it has grown past 5 MB. */
export function createFileLogger(file: string): Logger {
  mkdirSync(dirname(file), { recursive: true })
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > maxLogBytes) renameSync(file, `${file}.1`)
  return pino({ base: null }, destination({ dest: file, sync: false, mkdir: true }))
}

/** Swallows everything; for tests that do not look at the log. */
export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
