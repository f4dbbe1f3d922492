import type { Envelope } from '../../../core/contract/wire.ts'

/** How the stand-in behaves from the start; given in the child's environment. */
export interface StandInOptions {
  readonly hasLock?: boolean
  readonly isPackaged?: boolean
}

/** What the program has done with Electron so far. Everything here is plain data. */
export interface Facts {
  readonly windows: readonly Record<string, unknown>[]
  readonly loaded: readonly string[]
  readonly schemes: readonly unknown[]
  readonly isSandboxEnabled: boolean
  readonly userData: string | null
  readonly errorBoxes: readonly (readonly [title: string, content: string])[]
  readonly questions: readonly { readonly message: string; readonly detail: string }[]
  readonly openedOutside: readonly string[]
  readonly notifications: readonly { readonly title: string; readonly body: string }[]
  /** Acts on the window in order: 'show', 'focus', 'restore', 'reload'. */
  readonly windowActs: readonly string[]
  readonly menu: unknown
  readonly trayMenu: readonly string[]
}

/** A frame that sends IPC: by default the console's main frame. */
export interface Sender {
  readonly url?: string
  readonly isMainFrame?: boolean
  readonly isOurContents?: boolean
  /** The frame was gone before its message was looked at. */
  readonly isGone?: boolean
}

/** What a test can make happen to the program; each is one thing that Electron would do. */
export interface Acts {
  facts(): Facts
  /** Settles when the window was told what to load, or an error box was shown. */
  started(): Promise<void>
  invoke(sender: Sender, name: unknown, input: unknown): Promise<Envelope>
  /** True when the program prevented it. */
  navigate(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect',
    url: string,
    isMainFrame?: boolean,
  ): boolean
  attachWebview(): boolean
  openWindow(url: string): string
  askPermission(permission: string, url: string): boolean
  checkPermission(permission: string, origin: string): boolean
  askDevice(): boolean
  /** True when the session lets the request pass. */
  request(url: string): boolean
  download(url: string): boolean
  fetch(
    url: string,
    method?: string,
  ): Promise<{ status: number; headers: Record<string, string>; body: string }>
  /** How the next questions are answered: the index of a button. */
  answerQuestions(response: number): void
  secondInstance(): void
  crash(reason: string): void
  minimize(): void
  setFocused(isFocused: boolean): void
  closeWindow(bounds: { x: number; y: number; width: number; height: number }): void
  clickTray(label: string): void
  quit(): void
  /** Runs the real preload bundle and hands its bridge's answer back. */
  throughPreload(name: string, input: unknown): Promise<unknown>
  /** Subscribes through the preload bundle, makes the call, and settles with the first event's payload. */
  eventThroughPreload(event: string, name: string, input: unknown): Promise<unknown>
  /** The names that the preload bundle put into the page, with the names of their members. */
  exposed(): Record<string, readonly string[]>
}
