import { Worker } from 'node:worker_threads'
import type { MessagePort, Transferable } from 'node:worker_threads'
import { AppError } from '../../../../core/errors.ts'
import type { AppErrorCode, ErrorDetails } from '../../../../core/errors.ts'
import { endThread } from '../../../../db/end-thread.ts'

/** What a call in the thread is given beside its arguments. */
export interface ThreadContext {
  readonly signal: AbortSignal
  /** Tells the caller how far it is; yields, so that a cancel can be heard. */
  progress(done: number, total: number | null): Promise<void>
}

/** The functions that a thread offers. */
export type ThreadFunctions = Readonly<Record<string, (context: ThreadContext, ...args: never[]) => unknown>>

type Arguments<F> = F extends (context: ThreadContext, ...args: infer A) => unknown ? A : never
type Result<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never

/** How a call is followed and stopped. Buffers in `transfer` change hands without being copied. */
export interface CallOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
  readonly transfer?: readonly ArrayBuffer[]
}

/** The caller's side of a thread. */
export interface Thread<F extends ThreadFunctions> {
  call<N extends keyof F & string>(
    name: N,
    args: Arguments<F[N]>,
    options?: CallOptions,
  ): Promise<Result<F[N]>>
  /** Lets the thread end by itself, once what it does is done. */
  end(): Promise<void>
  /** Ends it by force, whatever it does. */
  terminate(): Promise<void>
}

type Request =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'end' }
type Reply =
  | { readonly kind: 'progress'; readonly id: number; readonly done: number; readonly total: number | null }
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | {
      readonly kind: 'failure'
      readonly id: number
      readonly code: AppErrorCode
      readonly details: ErrorDetails
      readonly retryable: boolean
    }
  | { readonly kind: 'bug'; readonly id: number; readonly text: string }

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  readonly onProgress: CallOptions['onProgress']
}

/** Starts a thread. When it dies, every call that waits is rejected. Beyond `maxHeapMb` (null: Node's own limit) it dies. */
export function startThread<F extends ThreadFunctions>(url: URL, maxHeapMb: number | null = null): Thread<F> {
  const worker = new Worker(
    url,
    maxHeapMb === null ? {} : { resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } },
  )
  const pending = new Map<number, Pending>()
  let nextId = 1
  let dead: Error | null = null

  const failAll = (error: Error) => {
    dead = error
    for (const { reject } of pending.values()) reject(error)
    pending.clear()
  }
  worker.on('message', (reply: Reply) => settle(pending, reply))
  worker.on('error', (error) => failAll(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', (code) => failAll(new Error(`The archive thread ended with ${code}`)))

  const call = async (name: string, args: readonly unknown[], options: CallOptions): Promise<unknown> => {
    options.signal?.throwIfAborted()
    if (dead !== null) throw dead
    const id = nextId++
    const cancel = () => worker.postMessage({ kind: 'cancel', id } satisfies Request)
    options.signal?.addEventListener('abort', cancel, { once: true })
    try {
      return await new Promise<unknown>((resolve, reject) => {
        pending.set(id, { resolve, reject, onProgress: options.onProgress })
        worker.postMessage(
          { kind: 'call', id, name, args } satisfies Request,
          options.transfer as Transferable[],
        )
      })
    } finally {
      options.signal?.removeEventListener('abort', cancel)
    }
  }
  return {
    call: (name, args, options = {}) => call(name, args, options) as Promise<Result<F[typeof name]>>,
    end: async () => {
      if (dead !== null) return
      await endThread(worker, () => worker.postMessage({ kind: 'end' } satisfies Request))
    },
    terminate: async () => {
      await worker.terminate()
    },
  }
}

function settle(pending: Map<number, Pending>, reply: Reply): void {
  const waiting = pending.get(reply.id)
  if (waiting === undefined) return
  if (reply.kind === 'progress') return waiting.onProgress?.(reply.done, reply.total)
  pending.delete(reply.id)
  if (reply.kind === 'value') waiting.resolve(reply.value)
  else if (reply.kind === 'bug') waiting.reject(new Error(reply.text))
  else waiting.reject(new AppError(reply.code, { details: reply.details, retryable: reply.retryable }))
}

/** The thread's side: answers calls. A result may name buffers to give back, see `returning`. */
export function serveThread(port: MessagePort, functions: ThreadFunctions): void {
  const running = new Map<number, AbortController>()
  port.on('message', (request: Request) => {
    if (request.kind === 'end') {
      port.close()
      return
    }
    if (request.kind === 'cancel') {
      running.get(request.id)?.abort(new DOMException('Cancelled', 'AbortError'))
      return
    }
    const abort = new AbortController()
    running.set(request.id, abort)
    void answer(port, functions, request, abort.signal).finally(() => running.delete(request.id))
  })
}

async function answer(
  port: MessagePort,
  functions: ThreadFunctions,
  request: Request & { kind: 'call' },
  signal: AbortSignal,
): Promise<void> {
  const { id, name, args } = request
  const post = (reply: Reply, transfer: readonly ArrayBuffer[] = []) => port.postMessage(reply, [...transfer])
  try {
    const run = functions[name] as
      ((context: ThreadContext, ...all: readonly unknown[]) => unknown) | undefined
    if (run === undefined) throw new Error(`The thread has no function ${name}`)
    const value = await run(contextOf(post, id, signal), ...args)
    post({ kind: 'value', id, value }, slabsOf(value))
  } catch (error) {
    if (error instanceof AppError)
      post({ kind: 'failure', id, code: error.code, details: error.details, retryable: error.retryable })
    else if (signal.aborted)
      post({ kind: 'failure', id, code: 'contract.cancelled', details: {}, retryable: false })
    else
      post({ kind: 'bug', id, text: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

function contextOf(post: (reply: Reply) => void, id: number, signal: AbortSignal): ThreadContext {
  return {
    signal,
    progress: async (done, total) => {
      post({ kind: 'progress', id, done, total })
      await new Promise((resolve) => setImmediate(resolve))
      signal.throwIfAborted()
    },
  }
}

/** A result that carries a buffer under the name `slab` hands it back to the caller. */
function slabsOf(value: unknown): readonly ArrayBuffer[] {
  const slab = typeof value === 'object' && value !== null && 'slab' in value ? value.slab : null
  return slab instanceof ArrayBuffer ? [slab] : []
}
