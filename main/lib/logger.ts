import { mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { inspect } from 'node:util'
import { destination, pino } from 'pino'
import { AppError } from '../../core/errors.ts'

/**
 * Structured log lines. Secrets cannot get in: they are `Secret` objects, which print as `[redacted]`, and of an
 * error under `err` or `cause` only its name, code, message and stack are written.
 */
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
  const serializers = { err: errorFacts, cause: errorFacts }
  return pino({ base: null, serializers }, destination({ dest: file, sync: false, mkdir: true }))
}

const deepestCause = 5

/** Of an error what can be told: in other fields libraries keep the options that they were given, and whole answers. */
function errorFacts(error: unknown, depth = 0): unknown {
  if (error === undefined || error === null) return error
  if (!(error instanceof Error)) return inspect(error, { depth: 2 })
  return {
    type: error.name,
    ...('code' in error && { code: String(error.code) }),
    ...(error instanceof AppError && { details: error.details }),
    message: error.message,
    stack: error.stack,
    ...(error.cause !== undefined && depth < deepestCause && { cause: errorFacts(error.cause, depth + 1) }),
  }
}

/** Swallows everything; for tests that do not look at the log. */
export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
