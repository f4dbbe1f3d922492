import { expect, test } from 'vitest'
import { matchPress, matchesStep, type Hotkey, type KeyPress } from '../../../../renderer/ui/hotkeys.ts'

const press = (key: string, mods: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...mods,
})
const hotkey = (keys: string): Hotkey => ({ keys, label: keys, run: () => undefined })

test('A step matches its key and nothing with other modifiers.', () => {
  expect([
    matchesStep(press('j'), 'j'),
    matchesStep(press('J', { shiftKey: true }), 'j'),
    matchesStep(press('j', { ctrlKey: true }), 'j'),
    matchesStep(press('j', { altKey: true }), 'j'),
    matchesStep(press('k', { ctrlKey: true }), 'mod+k'),
    matchesStep(press('k', { metaKey: true }), 'mod+k'),
    matchesStep(press('k'), 'mod+k'),
    matchesStep(press('?', { shiftKey: true }), '?'),
    matchesStep(press('?'), '?'),
    matchesStep(press('Enter'), 'enter'),
  ]).toEqual([true, false, false, false, true, true, false, true, true, true])
})

/** The shortcuts that a series of presses triggers. */
function triggered(keys: readonly string[], hotkeys: readonly string[]): readonly string[] {
  const live = hotkeys.map(hotkey)
  let pressed: readonly KeyPress[] = []
  return keys.flatMap((key) => {
    const matched = matchPress(live, pressed, press(key))
    pressed = matched.pressed
    return matched.hit === null ? [] : [matched.hit.keys]
  })
}

test('A sequence is triggered by its last key, and a broken one starts anew.', () => {
  const live = ['g q', 'g t', 'j']
  expect([
    triggered(['g', 'q'], live),
    triggered(['g', 'x', 'q'], live),
    triggered(['g', 'j'], live),
    triggered(['g', 'g', 't'], live),
    triggered(['j', 'j'], live),
  ]).toEqual([['g q'], [], ['j'], ['g t'], ['j', 'j']])
})

test('Of two shortcuts with the same keys the later one wins.', () => {
  const first = hotkey('e')
  const second = { ...hotkey('e'), label: 'second' }
  expect(matchPress([first, second], [], press('e')).hit).toBe(second)
})
