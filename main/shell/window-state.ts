import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const windowState = z.strictObject({
  /** Of the upper left corner; null lets the system choose. */
  position: z.strictObject({ x: z.number().int(), y: z.number().int() }).nullable(),
  width: z.number().int().min(720),
  height: z.number().int().min(480),
  isMaximized: z.boolean(),
  /** Chromium's zoom level: 0 is 100 %, each step 20 %. */
  zoomLevel: z.number().min(-4).max(6),
})

/** Where the window was when it was last seen, in device-independent pixels. */
export type WindowState = z.infer<typeof windowState>

/** A part of the desktop that a screen shows. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The window of somebody who opens Mail Desk for the first time. */
export const firstWindowState: WindowState = {
  position: null,
  width: 1360,
  height: 860,
  isMaximized: false,
  zoomLevel: 0,
}

/** What was kept, when it can still be used: a file that is damaged or a screen that is gone starts afresh. */
export function readWindowState(file: string, screens: readonly Area[]): WindowState {
  let kept: WindowState
  try {
    kept = windowState.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return firstWindowState
  }
  return screens.some((screen) => showsTitleBar(kept, screen)) ? kept : { ...kept, position: null }
}

/** Keeps the window's place. It is a convenience: a disk that is full must not end the program. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state))
  } catch {
    // The next window opens at its old place.
  }
}

/** Whether enough of the title bar is on the screen to take hold of the window. */
function showsTitleBar({ position, width }: WindowState, screen: Area): boolean {
  if (position === null) return false
  const { x, y } = position
  const visible = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x)
  return visible >= 100 && y >= screen.y && y < screen.y + screen.height - 40
}
