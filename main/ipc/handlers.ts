import type { z } from 'zod'
import type { Feature } from '../../core/contract/define.ts'
import type { contract } from '../../core/contract/index.ts'

/** What a handler is told beside its input. */
export interface CallContext {
  /** Aborted when the caller goes away or the program stops. */
  readonly signal: AbortSignal
  readonly face: Face
}

/** Where a call came from. */
export type Face = 'window' | 'browser' | 'cli' | 'test'

/** The functions that a feature has to supply, one for each endpoint. */
export type HandlersOf<F extends Feature> = {
  readonly [K in keyof F['endpoints']]: (
    input: z.output<F['endpoints'][K]['input']>,
    context: CallContext,
  ) => Promise<z.input<F['endpoints'][K]['output']>> | z.input<F['endpoints'][K]['output']>
}

/** Every feature's handlers, by the feature's name. */
export type AllHandlers = { readonly [F in keyof typeof contract]: HandlersOf<(typeof contract)[F]> }
