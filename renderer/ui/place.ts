import type { ComponentType } from 'react'
import type { RouteObject } from 'react-router'
import type { Call } from '../ipc/call.ts'

/** One thing that the palette offers. */
export interface PaletteItem {
  readonly id: string
  readonly label: string
  /** Second line, small. */
  readonly detail?: string
  /** Where it leads … */
  readonly to?: string
  /** … or what it does. */
  readonly run?: () => void
}

/** Gives what matches the typed text; called after a short pause in typing, aborted when the text changes. */
export interface PaletteSource {
  /** Heading above its items: "People". */
  readonly title: string
  readonly find: (
    text: string,
    desk: { readonly call: Call; readonly signal: AbortSignal },
  ) => Promise<readonly PaletteItem[]>
}

/** What a feature gives to the frame: its place on the rail, its addresses, and what the palette finds in it. */
export interface Place {
  /** First part of its addresses, without a slash: "queue". */
  readonly path: string
  readonly label: string
  readonly icon: ComponentType<{ readonly size?: number; readonly stroke?: number }>
  /** Second key of the shortcut "g …". */
  readonly goKey: string
  /** Routes below the path; pages by `lazy`, so that a screen is loaded when it is opened. */
  readonly routes: readonly RouteObject[]
  readonly palette?: readonly PaletteSource[]
  /** Verbs with objects that the palette always offers: "Open a ticket". */
  readonly commands?: readonly PaletteItem[]
}
