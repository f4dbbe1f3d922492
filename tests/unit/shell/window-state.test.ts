import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstWindowState, readWindowState, writeWindowState } from '../../../main/shell/window-state.ts'
import type { WindowState } from '../../../main/shell/window-state.ts'

const screen = { x: 0, y: 25, width: 1920, height: 1055 }
const kept: WindowState = {
  position: { x: 100, y: 80 },
  width: 1200,
  height: 800,
  isMaximized: true,
  zoomLevel: 0.5,
}

let folder: string
let file: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-window-'))
  file = join(folder, 'window.json')
})

afterAll(() => rmSync(folder, { recursive: true }))

/** What is read back of a window that was left at a place. */
function readAgain(position: WindowState['position'], screens = [screen]): WindowState['position'] {
  writeWindowState(file, { ...kept, position })
  return readWindowState(file, screens).position
}

test('a window opens as it was left', () => {
  writeWindowState(file, kept)
  expect(readWindowState(file, [screen])).toEqual(kept)
})

test.each([
  ['on a second screen that is gone', { x: 2500, y: 100 }],
  ['above the screen', { x: 100, y: -40 }],
  ['below the screen', { x: 100, y: 1070 }],
  ['left of it but for a sliver', { x: -1150, y: 100 }],
])('a window that would be %s is placed by the system, in its own size', (_, position) => {
  expect(readAgain(position)).toBeNull()
})

test('a window on a screen to the left is left there', () => {
  const left = { x: -1920, y: 0, width: 1920, height: 1080 }
  expect(readAgain({ x: -1800, y: 10 }, [screen, left])).toEqual({ x: -1800, y: 10 })
})

test.each([
  ['is missing', null],
  ['is cut off', '{"position":'],
  ['is of another version', '{"x":1,"y":2}'],
  ['names a size that cannot be used', JSON.stringify({ ...kept, width: 3 })],
])('a window whose file %s opens as for the first time', (_, text) => {
  rmSync(file, { force: true })
  if (text !== null) writeFileSync(file, text)
  expect(readWindowState(file, [screen])).toEqual(firstWindowState)
})

test('a place that cannot be written costs nothing but the place', () => {
  expect(() => writeWindowState(join(folder, 'none', 'window.json'), kept)).not.toThrow()
})
