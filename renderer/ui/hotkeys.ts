/** The part of a keyboard event that is matched. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** One shortcut. `keys`: "j", "mod+k" (Ctrl, or Cmd on a Mac), "shift+?", or a sequence "g q". */
export interface Hotkey {
  readonly keys: string
  /** What it does, for the list of shortcuts. */
  readonly label: string
  readonly run: () => void
  /** Also while a field has the focus; only sensible with `mod`. */
  readonly inFields?: boolean
}

/** Whether a press is this one step of a shortcut. */
export function matchesStep(press: KeyPress, step: string): boolean {
  const parts = step.toLowerCase().split('+')
  const key = parts.at(-1) ?? ''
  const mod = parts.includes('mod')
  if (press.altKey || mod !== (press.ctrlKey || press.metaKey)) return false
  // Signs such as "?" need Shift on some keyboards and not on others, so Shift counts for letters only.
  const shiftMatters = /^[a-z]$/.test(key) || parts.includes('shift')
  return press.key.toLowerCase() === key && (!shiftMatters || press.shiftKey === parts.includes('shift'))
}

/** The outcome of one press: the shortcut that is complete, and what of a sequence has been pressed so far. */
export interface Matched<H extends Hotkey> {
  readonly hit: H | null
  readonly pressed: readonly KeyPress[]
}

/** Follows presses through single keys and sequences. Later shortcuts win over earlier ones. */
export function matchPress<H extends Hotkey>(
  hotkeys: readonly H[],
  before: readonly KeyPress[],
  press: KeyPress,
): Matched<H> {
  const pressed = [...before, press]
  const fits = (hotkey: H, presses: readonly KeyPress[]): 'whole' | 'begin' | 'no' => {
    const steps = hotkey.keys.split(' ')
    if (presses.length > steps.length) return 'no'
    if (!presses.every((one, i) => matchesStep(one, steps[i] ?? ''))) return 'no'
    return presses.length === steps.length ? 'whole' : 'begin'
  }
  const hit = hotkeys.findLast((hotkey) => fits(hotkey, pressed) === 'whole') ?? null
  if (hit !== null) return { hit, pressed: [] }
  if (hotkeys.some((hotkey) => fits(hotkey, pressed) === 'begin')) return { hit: null, pressed }
  // A broken sequence: perhaps this press begins another.
  return before.length > 0 ? matchPress(hotkeys, [], press) : { hit: null, pressed: [] }
}
