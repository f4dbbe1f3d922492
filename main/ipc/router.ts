import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { endpoints } from '../../core/contract/index.ts'
import type { Endpoint } from '../../core/contract/define.ts'
import type { Envelope } from '../../core/contract/wire.ts'
import { AppError } from '../../core/errors.ts'
import type { Logger } from '../lib/logger.ts'
import type { AllHandlers, CallContext } from './handlers.ts'

/** Calls an endpoint by name and answers with an envelope; it never rejects. */
export type Router = (name: string, input: unknown, context: CallContext) => Promise<Envelope>

type Handler = (input: unknown, context: CallContext) => unknown

/**
 * The one way in: known name, parsed input, handler, parsed output, envelope. Whether the sender is to be
 * trusted was decided by the face (`untrusted` makes its refusal). Commands on one aggregate queue up.
 */
export function createRouter(handlers: AllHandlers, logger: Logger): Router {
  const tails = new Map<string, Promise<unknown>>()

  const run = async (name: string, input: unknown, context: CallContext): Promise<unknown> => {
    const endpoint = endpoints.get(name)
    const handler = endpoint === undefined ? undefined : handlerOf(handlers, name)
    if (endpoint === undefined || handler === undefined)
      throw new AppError('contract.unknown_endpoint', { details: { name } })
    const parsed = endpoint.input.safeParse(input ?? {})
    if (!parsed.success)
      throw new AppError('contract.invalid_input', { details: { problems: problemsOf(parsed.error) } })
    const work = async () => {
      context.signal.throwIfAborted()
      return endpoint.output.parse(await handler(parsed.data, context))
    }
    const key = aggregateOf(endpoint, name, parsed.data)
    return key === null ? work() : inTurn(tails, key, work)
  }

  return async (name, input, context) => {
    try {
      return { ok: true, value: await run(name, input, context) }
    } catch (error) {
      return refuse(error, logger, name)
    }
  }
}

/** The refusal of a sender that a face does not trust. */
export function refuseUntrusted(logger: Logger, facts: object): Envelope {
  logger.warn(facts, 'untrusted sender')
  return refuse(new AppError('contract.untrusted_sender'), logger, 'untrusted')
}

function handlerOf(handlers: AllHandlers, name: string): Handler | undefined {
  const [feature = '', verb = ''] = name.split('.')
  return (handlers as unknown as Record<string, Record<string, Handler>>)[feature]?.[verb]
}

function aggregateOf(endpoint: Endpoint, name: string, input: unknown): string | null {
  if (endpoint.aggregate === undefined) return null
  return `${name.split('.')[0] ?? ''}:${endpoint.aggregate(input)}`
}

async function inTurn<T>(
  tails: Map<string, Promise<unknown>>,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  const before = tails.get(key) ?? Promise.resolve()
  const mine = before.then(work, work)
  tails.set(key, mine)
  try {
    return await mine
  } finally {
    if (tails.get(key) === mine) tails.delete(key)
  }
}

function problemsOf(error: z.ZodError): readonly string[] {
  return error.issues.map((issue) => `${issue.path.map(String).join('.') || 'input'}: ${issue.message}`)
}

function refuse(error: unknown, logger: Logger, name: string): Envelope {
  const errorId = randomUUID()
  if (error instanceof AppError) {
    logger.info({ errorId, name, code: error.code, details: error.details, cause: error.cause }, 'refused')
    return {
      ok: false,
      error: { code: error.code, details: error.details, retryable: error.retryable, errorId },
    }
  }
  if (error instanceof DOMException && error.name === 'AbortError')
    return { ok: false, error: { code: 'contract.cancelled', details: {}, retryable: true, errorId } }
  logger.error({ errorId, name, err: error }, 'internal error')
  return { ok: false, error: { code: 'internal', details: {}, retryable: false, errorId } }
}
