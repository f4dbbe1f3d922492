import type { z } from 'zod'
import { accountsContract } from '../accounts/contract.ts'
import { archiveContract } from '../archive/contract.ts'
import { careContract } from '../care/contract.ts'
import { deskContract } from '../desk/contract.ts'
import { diagnosticsContract } from '../diagnostics/contract.ts'
import { jobsContract } from '../jobs/contract.ts'
import { practiceContract } from '../practice/contract.ts'
import { restoreContract } from '../restore/contract.ts'
import { schedulesContract } from '../schedules/contract.ts'
import { settingsContract } from '../settings/contract.ts'
import { signingContract } from '../signing/contract.ts'
import { ticketsContract } from '../tickets/contract.ts'
import type { Endpoint, Feature } from './define.ts'

/** The contract between every face and the main process: one entry a feature. */
export const contract = {
  desk: deskContract,
  settings: settingsContract,
  jobs: jobsContract,
  practice: practiceContract,
  accounts: accountsContract,
  diagnostics: diagnosticsContract,
  tickets: ticketsContract,
  archive: archiveContract,
  care: careContract,
  restore: restoreContract,
  signing: signingContract,
  schedules: schedulesContract,
} as const

type Contract = typeof contract
type FeatureName = keyof Contract

/** `feature.verb` of every endpoint. */
export type EndpointName = {
  [F in FeatureName]: `${F}.${keyof Contract[F]['endpoints'] & string}`
}[FeatureName]

type EndpointOf<N extends EndpointName> = N extends `${infer F}.${infer E}`
  ? F extends FeatureName
    ? E extends keyof Contract[F]['endpoints']
      ? Contract[F]['endpoints'][E]
      : never
    : never
  : never

/** What a caller passes. */
export type InputOf<N extends EndpointName> = EndpointOf<N> extends Endpoint<infer I> ? z.input<I> : never
/** What a caller gets. */
export type OutputOf<N extends EndpointName> =
  EndpointOf<N> extends Endpoint<z.ZodType, infer O> ? z.output<O> : never

/** `feature.pastTense` of every event. */
export type EventName = {
  [F in FeatureName]: `${F}.${keyof Contract[F]['events'] & string}`
}[FeatureName]

/** What an event carries. */
export type PayloadOf<N extends EventName> = N extends `${infer F}.${infer E}`
  ? F extends FeatureName
    ? E extends keyof Contract[F]['events']
      ? Contract[F]['events'][E] extends z.ZodType
        ? z.output<Contract[F]['events'][E]>
        : never
      : never
    : never
  : never

/** Tells every face that something has happened. */
export type Publish = <N extends EventName>(name: N, payload: PayloadOf<N>) => void

/** All endpoints by `feature.verb`. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map(
  Object.values(contract as Readonly<Record<string, Feature>>).flatMap((f) =>
    Object.entries(f.endpoints).map(([verb, endpoint]) => [`${f.name}.${verb}`, endpoint] as const),
  ),
)

/** All events by name. */
export const events: ReadonlyMap<string, z.ZodType> = new Map(
  Object.values(contract as Readonly<Record<string, Feature>>).flatMap((f) =>
    Object.entries(f.events).map(([event, schema]) => [`${f.name}.${event}`, schema] as const),
  ),
)
