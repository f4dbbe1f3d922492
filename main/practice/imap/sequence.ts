import { SyntaxRefused } from './tokens.ts'

/**
 * Whether a number is in a set as `1,4:7,9:*` (RFC 9051, sequence-set). `largest` is what `*` stands for.
 * @throws SyntaxRefused
 */
export function parseSet(set: string, largest: number): (number: number) => boolean {
  const ranges = set.split(',').map((range) => {
    const [from = '', to = from] = range.split(':')
    const [a, b] = [resolve(from, largest), resolve(to, largest)]
    return [Math.min(a, b), Math.max(a, b)] as const
  })
  return (number) => ranges.some(([from, to]) => number >= from && number <= to)
}

/** Numbers as the shortest set, for COPYUID and APPENDUID (RFC 4315). */
export function formatSet(numbers: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last?.[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}:${to}`)).join(',')
}

function resolve(number: string, largest: number): number {
  if (number === '*') return largest
  if (!/^[1-9]\d{0,9}$/.test(number)) throw new SyntaxRefused('This is no set of numbers.')
  return Number(number)
}
