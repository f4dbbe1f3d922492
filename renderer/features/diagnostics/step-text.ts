import type { Facts, TranscriptLine } from '../../../core/diagnostics/types.ts'

const arrows = { client: '→', server: '←', note: '·' } as const

/** A dialogue as text: milliseconds since its first line, who spoke, what was said. */
export function transcriptText(lines: readonly TranscriptLine[]): string {
  const startMs = lines[0]?.atMs ?? 0
  const times = lines.map(({ atMs }) => String(Math.round(atMs - startMs)))
  const width = Math.max(...times.map((time) => time.length))
  return lines
    .map(({ from, text }, index) => `${(times[index] ?? '').padStart(width)} ms ${arrows[from]} ${text}`)
    .join('\n')
}

/** "daysLeft" as words: "Days left". */
export function factName(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A fact as a machine would print it. */
export function factValue(value: Facts[string] | undefined): string {
  if (Array.isArray(value)) return value.join(', ')
  return String(value ?? '')
}
