import type { AppErrorCode, ErrorDetails } from '../errors.ts'

/** A refusal as it travels to a face. `errorId` finds the cause in the log. */
export interface WireError {
  readonly code: AppErrorCode
  readonly details: ErrorDetails
  readonly retryable: boolean
  readonly errorId: string
}

/** The answer to every call, in every face. */
export type Envelope<T = unknown> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError }

/** What the preload gives to the page, and what the browser client builds over a WebSocket. */
export interface DeskBridge {
  invoke(name: string, input: unknown): Promise<Envelope>
  subscribe(name: string, listener: (payload: unknown) => void): () => void
}

/** IPC channels of the Electron shell. */
export const channels = { invoke: 'desk:invoke', event: 'desk:event' } as const

/** Messages of the loopback WebSocket: calls go up, answers and events come down. */
export type UpMessage = { readonly id: number; readonly name: string; readonly input: unknown }
export type DownMessage =
  { readonly id: number; readonly envelope: Envelope } | { readonly event: string; readonly payload: unknown }
