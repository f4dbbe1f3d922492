import type { EndpointName, InputOf, OutputOf } from '../../core/contract/index.ts'
import type { DeskBridge, WireError } from '../../core/contract/wire.ts'
import { AppError } from '../../core/errors.ts'

/** A refusal of the desk as the page throws it: an `AppError` with the id under which the log has its cause. */
export class CallError extends AppError {
  readonly errorId: string

  constructor(error: WireError) {
    super(error.code, { details: error.details, retryable: error.retryable })
    this.errorId = error.errorId
  }
}

/** Calls one endpoint. Rejects with `CallError`. */
export type Call = <N extends EndpointName>(name: N, input: InputOf<N>) => Promise<OutputOf<N>>

/** The typed form of a bridge: opens the envelope. */
export function createCall(bridge: DeskBridge): Call {
  return async <N extends EndpointName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> => {
    const envelope = await bridge.invoke(name, input)
    if (!envelope.ok) throw new CallError(envelope.error)
    // The main process has parsed the output by the same schema that this type comes from.
    return envelope.value as OutputOf<N>
  }
}
