import type { ArchiveReport } from '../../core/archive/reports.ts'
import { AppError } from '../../core/errors.ts'
import { print } from './cli.ts'
import type { CliDesk, GlobalOptions } from './cli.ts'
import { exitCodes } from './exit-codes.ts'

/** Waits for a run and prints what it found; damage and loss have their exit code. */
export async function followSafety(
  cli: CliDesk,
  options: GlobalOptions,
  { runId }: { readonly runId: string },
): Promise<void> {
  const job = await cli.follow(runId)
  if (job.state !== 'done') {
    process.exitCode = exitCodes.internal
    print(options, job, () => job.outcome ?? '')
    return
  }
  const report = await reportOf(cli, runId)
  print(options, report ?? job, () =>
    [job.outcome ?? '', ...(report === null ? [] : linesOf(report))].join('\n'),
  )
  if (report !== null && isDamaged(report)) process.exitCode = exitCodes.archive
}

/** A scrub that stopped before its end has no report yet. */
async function reportOf(cli: CliDesk, runId: string): Promise<ArchiveReport | null> {
  try {
    return (await cli.call('archive.report', { runId })).report
  } catch (error) {
    if (error instanceof AppError && error.code === 'record.not_found') return null
    throw error
  }
}

function linesOf(report: ArchiveReport): readonly string[] {
  if (report.kind === 'copy') return report.problems
  if (report.kind === 'repair')
    return report.items.map(
      ({ damage, says }) => `${damage.pack}, byte ${damage.offset}${nameOf(damage.subject)}: ${says}`,
    )
  if (report.kind !== 'scrub') return []
  return report.damage.map((one) => `${one.pack}, byte ${one.offset}${nameOf(one.subject)}: ${one.problem}`)
}

function isDamaged(report: ArchiveReport): boolean {
  if (report.kind === 'copy') return report.problems.length > 0
  if (report.kind === 'repair') return report.items.some(({ outcome }) => outcome === 'lost')
  return report.kind === 'scrub' && report.damage.length + report.ledgerProblems.length > 0
}

const nameOf = (subject: string | null): string => (subject === null ? '' : ` (“${subject}”)`)

/** A date for a line of text. */
export function dateOf(ms: number | null): string {
  return ms === null ? 'never' : new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}
