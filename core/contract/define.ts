import { z } from 'zod'

/** A query reads and may be retried; a command acts. */
export type EndpointKind = 'query' | 'command'

export interface Endpoint<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: EndpointKind
  /** One sentence for `desk endpoints` and the how-to. */
  readonly summary: string
  /** A `z.strictObject`. */
  readonly input: I
  /** Parsed too, so that a column which was not declared cannot leave. */
  readonly output: O
  /** Commands with the same aggregate key run one at a time. */
  readonly aggregate?: ((input: z.output<I>) => string) | undefined
}

export type Endpoints = Readonly<Record<string, Endpoint>>
export type Events = Readonly<Record<string, z.ZodType>>

export interface Feature<
  N extends string = string,
  E extends Endpoints = Endpoints,
  V extends Events = Events,
> {
  readonly name: N
  readonly endpoints: E
  /** Past tense, ids and small data only; an event refreshes a query and never steers control flow. */
  readonly events: V
}

/** An endpoint that reads. */
export function query<I extends z.ZodType, O extends z.ZodType>(
  summary: string,
  input: I,
  output: O,
): Endpoint<I, O> {
  return { kind: 'query', summary, input, output }
}

/** An endpoint that acts. `aggregate` names what must not be acted upon twice at once. */
export function command<I extends z.ZodType, O extends z.ZodType>(
  summary: string,
  input: I,
  output: O,
  aggregate?: (input: z.output<I>) => string,
): Endpoint<I, O> {
  return { kind: 'command', summary, input, output, aggregate }
}

/** A feature's part of the contract; merged in `index.ts`. */
export function feature<const N extends string, E extends Endpoints, V extends Events>(
  name: N,
  endpoints: E,
  events: V,
): Feature<N, E, V> {
  return { name, endpoints, events }
}

/** For endpoints without input or without answer. */
export const nothing = z.strictObject({})
/** Long work answers with the id of its run; see the `jobs` feature. */
export const started = z.strictObject({ runId: z.string() })
