import { count, size } from '../archive/outcomes.ts'
import type { DrillCounts, DrillRecord } from './drill.ts'

/** Fails when a message is lost or is another one; warns when a server altered or refused one; else passes. */
export function judgeDrill(counts: DrillCounts): DrillRecord['verdict'] {
  const { different, unreadable, missing, altered, refused, identical } = counts
  if (different + unreadable + missing > 0) return 'fail'
  // A drill in which nothing came back proves nothing.
  if (identical + altered === 0) return 'fail'
  return altered + refused > 0 ? 'warning' : 'pass'
}

type Facts = Pick<DrillRecord, 'archive' | 'target' | 'sample' | 'counts' | 'recovery'>

/** What a drill has proved, a sentence each. */
export function listProved({ archive, target, sample, counts, recovery }: Facts): readonly string[] {
  const { identical, altered } = counts
  const where = target.kind === 'mailbox' ? `the mailbox ${target.name}` : `files in ${target.name}`
  const rate = recovery.megabytesPerSecond
  return [
    ...(identical > 0
      ? [
          `${count(identical, 'message')} of “${archive.name}” went into ${where} and came back without one byte changed (compared by SHA-256).`,
        ]
      : []),
    ...(altered > 0
      ? [
          `${count(altered, 'message')} came back with the same body and the same header fields, but with line ends, NUL bytes or trace fields changed by the target.`,
        ]
      : []),
    ...(rate === null
      ? []
      : [`Putting them there took ${duration(recovery.restoreMs)} (${rate.toFixed(1)} MB/s).`]),
    ...(sample.rule === 'all' && identical === archive.messages
      ? ['Every message of the archive was tried.']
      : []),
  ]
}

/** What a drill has not proved, a sentence each: nobody is to believe more than was tried. */
export function listNotProved(facts: Facts): readonly string[] {
  const { archive, target, sample, counts, recovery } = facts
  const untried = archive.messages - sample.messages
  return [
    ...(untried > 0
      ? [
          `${count(untried, 'message')} of ${archive.messages} were not tried; the sample is ${size(sample.mailBytes)} of ${size(archive.mailBytes)}. “Verify archive” reads every one of them.`,
        ]
      : []),
    ...(counts.refused > 0 ? [`${count(counts.refused, 'message')} would not be taken by this target.`] : []),
    ...(recovery.wholeArchiveMs === null
      ? ['How long the whole archive would take is unknown.']
      : untried > 0
        ? [
            `The time for the whole archive (${duration(recovery.wholeArchiveMs)}) is worked out from the sample, not measured; daily limits of a provider are not in it.`,
          ]
        : []),
    'Labels and categories, rules, signatures, calendars, contacts and rights on folders are not in a mail archive and were not tried.',
    target.kind === 'files'
      ? 'No mail server was part of this drill: what a server would refuse or change is unknown.'
      : 'Another server may refuse or change what this one took.',
    'That the archive has all mail of the server is the matter of “Coverage”, not of a drill.',
  ]
}

/** One sentence for the job centre and the command line. */
export function describeDrill(record: DrillRecord): string {
  const { counts, sample, archive, verdict } = record
  const bad = counts.different + counts.missing + counts.unreadable
  const parts = [
    `${counts.identical} of ${count(sample.messages, 'message')} came back without one byte changed`,
    ...(counts.altered > 0 ? [`${counts.altered} with line ends, NUL bytes or trace fields changed`] : []),
    ...(counts.refused > 0 ? [`${counts.refused} refused by the target`] : []),
    ...(bad > 0 ? [`${bad} lost or not the same`] : []),
  ]
  const word = {
    pass: 'The drill passed',
    warning: 'The drill passed with remarks',
    fail: 'The drill failed',
  }
  const cleaned = record.cleanedUp
    ? ''
    : ' The scratch folder is still there and is removed at the next start.'
  return `${word[verdict]}: ${parts.join('; ')} (of ${archive.messages} in “${archive.name}”).${cleaned}`
}

/** `850 ms`, `4.2 s`, `3 min`, `5.1 h`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`
  return `${(ms / 3_600_000).toFixed(1)} h`
}
