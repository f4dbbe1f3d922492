import { parentPort } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { AppError } from '../core/errors.ts'
import type { WorkerAnswer, WorkerFunctions } from './client.ts'
import type { WriteHandle } from './handles.ts'
import { closeDatabase, openDatabase } from './open.ts'
import * as queries from './queries/index.ts'
import { runQuery } from './run-query.ts'

/** The thread that owns the database. Started by `createWorkerDbClient`; nothing else imports this file. */
const port = parentPort
if (port === null) throw new Error('db/worker.ts runs as a worker thread')

let open: { readonly handle: WriteHandle; readonly file: string } | null = null

const functions: WorkerFunctions = {
  open: (file) =>
    answer(() => {
      open = { handle: openDatabase(file), file }
    }),
  run: (module, name, args) =>
    answer(() => {
      if (open === null) throw new Error('The database is not open')
      return runQuery(queries, open.handle, open.file, module, name, args)
    }),
  close: () =>
    answer(() => {
      if (open !== null) closeDatabase(open.handle)
      open = null
      // After the answer has left: with its port closed the thread has nothing to wait for, and ends.
      setImmediate(() => port.close())
    }),
}

createBirpc(functions, {
  post: (message) => port.postMessage(message),
  on: (listener) => port.on('message', listener),
  timeout: -1,
})

function answer(work: () => unknown): WorkerAnswer {
  try {
    return { ok: true, value: work() }
  } catch (error) {
    if (error instanceof AppError)
      return { ok: false, code: error.code, details: error.details, retryable: error.retryable }
    return { ok: false, bug: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
