import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { Density } from './theme.ts'

/** Follow the system, or always one theme. */
export type ColourScheme = 'auto' | 'light' | 'dark'

interface Appearance {
  readonly colourScheme: ColourScheme
  readonly density: Density
  /** Takes over what the settings say, or what has just been chosen. */
  set(next: { readonly colourScheme?: ColourScheme; readonly density?: Density }): void
}

/** How the window looks. Kept in the page as well as in the settings, so that the first paint is right. */
export const useAppearance = create<Appearance>()(
  persist((set) => ({ colourScheme: 'auto', density: 'comfortable', set: (next) => set(next) }), {
    name: 'desk.appearance',
  }),
)
