import { count, size } from './outcomes.ts'
import type { CopyReport, RepairReport, ScrubReport } from './reports.ts'

/** The result of a scrub; null: it stopped before its end and goes on at the next run. */
export function describeScrub(report: ScrubReport | null, doneBytes: number, totalBytes: number): string {
  if (report === null)
    return `${size(doneBytes)} of ${size(totalBytes)} were read; the scrub goes on here at its next run.`
  const { damage, ledgerProblems, packBytes, messages } = report
  const read = `Every one of ${size(packBytes)} was read: ${count(messages, 'message')} are whole`
  if (damage.length === 0 && ledgerProblems.length === 0) return `${read}, and everything matched.`
  const found = [
    ...(damage.length === 0 ? [] : [`${count(damage.length, 'damaged place')} found`]),
    ...ledgerProblems,
  ]
  return `${read}; ${found.join('; ')}. Run “Repair” next.`
}

/** What a repair did, or would do. */
export function describeRepair({ dryRun, items }: RepairReport): string {
  if (items.length === 0) return 'Nothing is damaged; there is nothing to repair.'
  const of = (...outcomes: readonly RepairReport['items'][number]['outcome'][]) =>
    items.filter(({ outcome }) => outcomes.includes(outcome)).length
  const lost = of('lost')
  const parts = [
    ...some(
      of('copy'),
      (n) =>
        `${count(n, 'damaged place')} ${dryRun ? 'can be' : n === 1 ? 'was' : 'were'} put right from a second copy`,
    ),
    ...some(
      of('stored_again'),
      (n) => `${count(n, 'message')} ${dryRun ? 'can be' : n === 1 ? 'was' : 'were'} stored once more`,
    ),
    ...some(of('index'), () => `the index ${dryRun ? 'is to be' : 'was'} made anew`),
    ...some(lost, (n) => `${count(n, 'damaged place')} nobody has whole`),
  ]
  return `${dryRun ? 'Nothing was changed. ' : ''}${sentence(parts.join(', '))}.`
}

/** What bringing a copy up to date, or checking it, came to. */
export function describeCopy({ what, bytes, replacedPacks, mended, problems, path }: CopyReport): string {
  if (what === 'verify')
    return problems.length === 0
      ? `Every byte of the copy at ${path} was read and matched (${size(bytes)}).`
      : `The copy at ${path} is damaged: ${problems[0] ?? ''}${more(problems.length)}`
  const done =
    bytes === 0 ? 'The copy was in step already.' : `${size(bytes)} were copied; the copy is in step.`
  const parts = [
    done,
    ...some(replacedPacks, (n) => `${count(n, 'pack')} replaced, so that removed mail is gone there too.`),
    ...some(mended, (n) => `${count(n, 'damaged stretch', 'damaged stretches')} of it written once more.`),
    ...(problems.length === 0 ? [] : [`But ${problems[0] ?? ''}${more(problems.length)}`]),
  ]
  return parts.join(' ')
}

function more(n: number): string {
  return n > 1 ? ` (and ${count(n - 1, 'more place')})` : ''
}

function some(n: number, say: (n: number) => string): readonly string[] {
  return n === 0 ? [] : [say(n)]
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
