import { Worker } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { AppError } from '../core/errors.ts'
import type { AppErrorCode, ErrorDetails } from '../core/errors.ts'
import { endThread } from './end-thread.ts'
import type * as queryModules from './queries/index.ts'

type Queries = typeof queryModules
type Call<F> = F extends (handle: never, ...args: infer A) => infer R ? (...args: A) => Promise<R> : never

/** Every query function of `db/queries`, without its handle and asynchronous: `await db.tickets.getTicket(id)`. */
export type DbClient = {
  readonly [M in keyof Queries]: {
    readonly [F in keyof Queries[M] as Queries[M][F] extends (...args: never[]) => unknown ? F : never]: Call<
      Queries[M][F]
    >
  }
} & { close(): Promise<void> }

/** What the worker answers: errors do not survive a structured clone with their fields. */
export type WorkerAnswer =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false
      readonly code: AppErrorCode
      readonly details: ErrorDetails
      readonly retryable: boolean
    }
  | { readonly ok: false; readonly bug: string }

/** The worker's side of the conversation. */
export interface WorkerFunctions {
  open(file: string): WorkerAnswer
  run(module: string, name: string, args: readonly unknown[]): WorkerAnswer
  close(): WorkerAnswer
}

/** Runs queries in a worker thread, so that no query ever blocks a window or a socket. */
export async function createWorkerDbClient(file: string, worker: URL): Promise<DbClient> {
  const thread = new Worker(worker)
  const remote = createBirpc<WorkerFunctions>(
    {},
    {
      post: (message) => thread.postMessage(message),
      on: (listener) => thread.on('message', listener),
      timeout: -1,
    },
  )
  const failed = new Promise<never>((_, reject) => thread.on('error', reject))
  failed.catch(() => undefined)
  const ask = async (answer: Promise<WorkerAnswer>) => unwrap(await Promise.race([answer, failed]))
  try {
    await ask(remote.open(file))
  } catch (error) {
    await thread.terminate()
    throw error
  }
  return asClient(
    (module, name, args) => ask(remote.run(module, name, args)),
    () => endThread(thread, () => ask(remote.close())),
  )
}

function unwrap(answer: WorkerAnswer): unknown {
  if (answer.ok) return answer.value
  if ('bug' in answer) throw new Error(answer.bug)
  throw new AppError(answer.code, { details: answer.details, retryable: answer.retryable })
}

/** A client over any way to run a query by name. */
export function asClient(
  run: (module: string, name: string, args: readonly unknown[]) => Promise<unknown>,
  close: () => Promise<void>,
): DbClient {
  const module = (moduleName: string) =>
    new Proxy(
      {},
      {
        get:
          (_, name) =>
          (...args: unknown[]) =>
            run(moduleName, String(name), args),
      },
    )
  return new Proxy({} as DbClient, {
    get: (_, name) => {
      if (name === 'close') return close
      // A promise resolved with a client asks for `then`; it must not look like a thenable.
      return name === 'then' ? undefined : module(String(name))
    },
  })
}
