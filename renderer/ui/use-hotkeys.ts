import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import { matchPress, type Hotkey, type KeyPress } from './hotkeys.ts'

/** Shortcuts that are live now, by group, for the help. */
export interface HotkeyGroup {
  readonly group: string
  readonly hotkeys: readonly Hotkey[]
}

interface Live {
  readonly groups: readonly HotkeyGroup[]
  add(group: HotkeyGroup): () => void
}

/** All live groups; the help reads it. */
export const useLiveHotkeys = create<Live>((set) => ({
  groups: [],
  add: (group) => {
    set((before) => ({ groups: [...before.groups, group] }))
    return () => set((before) => ({ groups: before.groups.filter((other) => other !== group) }))
  },
}))

const sequenceMs = 900

/** Where keys write text. A radio button or a check box leaves letters to the shortcuts. */
function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'button'].includes(target.type)
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)
}

/** A dialog or menu owns the keyboard while it is open. */
function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null
}

/**
 * Makes shortcuts live while the component is shown, and lists them in the help under `group`. They are silent
 * while a field has the focus (except `inFields`) and while a dialog is open.
 */
export function useHotkeys(group: string, hotkeys: readonly Hotkey[], enabled = true): void {
  const latest = useRef(hotkeys)
  useEffect(() => {
    latest.current = hotkeys
  })
  const shape = hotkeys.map((hotkey) => `${hotkey.keys}\t${hotkey.label}`).join('\n')
  const add = useLiveHotkeys((live) => live.add)
  useEffect(
    () => (enabled ? add({ group, hotkeys: latest.current }) : undefined),
    [add, group, shape, enabled],
  )
  useEffect(() => {
    if (!enabled) return undefined
    let pressed: readonly KeyPress[] = []
    let lastMs = 0
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) return
      const inField = isField(event.target)
      const usable = latest.current.filter((hotkey) => !inField || hotkey.inFields === true)
      if (dialogIsOpen()) return
      const matched = matchPress(usable, event.timeStamp - lastMs > sequenceMs ? [] : pressed, event)
      pressed = matched.pressed
      lastMs = event.timeStamp
      if (matched.hit === null) return
      event.preventDefault()
      matched.hit.run()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [enabled])
}
