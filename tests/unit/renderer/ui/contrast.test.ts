import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync('renderer/ui/tokens.css', 'utf8')

/** The colour tokens of a theme, by name. */
function tokensOf(theme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const block = css.split(`[data-mantine-color-scheme='${theme}'] {`)[1]?.split('}')[0] ?? ''
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1] ?? '', m[2] ?? '']))
}

/** Relative luminance by WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Contrast ratio by WCAG 2.2, 1 to 21. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const plain = ['surface-0', 'surface-1', 'surface-2', 'surface-hover', 'surface-selected']
const states = ['pass', 'warning', 'fail', 'unknown']
const pairs = [
  ...['ink', 'ink-2', 'ink-3'].flatMap((text) => plain.map((ground) => [text, ground] as const)),
  ...['ink', 'ink-2'].flatMap((text) => states.map((state) => [text, `${state}-soft`] as const)),
  ...states.flatMap((state) => [...plain, `${state}-soft`].map((ground) => [state, ground] as const)),
  ...plain.map((ground) => ['accent', ground] as const),
]

test.each(['light', 'dark'] as const)(
  'In the %s theme every text has at least 4.5:1 on its ground.',
  (theme) => {
    const tokens = tokensOf(theme)
    const weak = pairs
      .map(([text, ground]) => ({
        text,
        ground,
        ratio: contrast(tokens.get(text) ?? '', tokens.get(ground) ?? ''),
      }))
      .filter(({ ratio }) => !(ratio >= 4.5))
    expect(weak).toEqual([])
  },
)

test.each(['light', 'dark'] as const)(
  'In the %s theme white text is readable on filled buttons.',
  (theme) => {
    const tokens = tokensOf(theme)
    const grounds = ['accent-filled', 'accent-filled-hover', 'danger-filled', 'danger-filled-hover']
    expect(grounds.filter((ground) => !(contrast('#ffffff', tokens.get(ground) ?? '') >= 4.5))).toEqual([])
  },
)
