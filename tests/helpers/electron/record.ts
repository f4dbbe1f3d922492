import type { EventEmitter } from 'node:events'
import { writeFileSync } from 'node:fs'
import type { Facts, StandInOptions } from './acts.ts'

/** How the stand-in behaves from the start. */
export const options = JSON.parse(process.env['STAND_IN'] ?? '{}') as StandInOptions

/** What has been asked for so far, to be written by the stand-in's parts. */
export const seen = {
  windows: [] as Record<string, unknown>[],
  loaded: [] as string[],
  schemes: [] as unknown[],
  isSandboxEnabled: false as boolean,
  userData: null as string | null,
  errorBoxes: [] as [string, string][],
  questions: [] as { message: string; detail: string }[],
  openedOutside: [] as string[],
  notifications: [] as { title: string; body: string }[],
  windowActs: [] as string[],
  menu: null as unknown,
  trayMenu: [] as string[],
} satisfies Facts

process.on('exit', () => writeFileSync(process.env['STAND_IN_RECORD'] ?? '', JSON.stringify(seen)))

/** Handlers that the program has registered; drive.ts calls them. */
export const registered = {
  ipc: new Map<string, (event: unknown, ...args: unknown[]) => unknown>(),
  protocol: new Map<string, (request: Request) => Promise<Response>>(),
  permissionRequest: null as ((...args: unknown[]) => void) | null,
  permissionCheck: null as ((...args: unknown[]) => boolean) | null,
  device: null as (() => boolean) | null,
  beforeRequest: null as {
    urls: string[]
    listener: (details: unknown, callback: (answer: { cancel?: boolean }) => void) => void
  } | null,
  trayItems: [] as { label?: string; click?: () => void }[],
}

/** Emits when the program shows itself for the first time. */
export const started = Promise.withResolvers<void>()
/** The button with which questions are answered. */
export const answers = { response: 1 }

/** An event whose default can be prevented, as Electron's are. */
export class FakeEvent {
  defaultPrevented = false
  preventDefault(): void {
    this.defaultPrevented = true
  }
}

/** Emits an event that can be prevented; true when it was. */
export function emitPreventable(
  emitter: EventEmitter,
  name: string,
  facts: object = {},
  ...args: unknown[]
): boolean {
  const event = Object.assign(new FakeEvent(), facts)
  emitter.emit(name, event, ...args)
  return event.defaultPrevented
}
