import { describeRemoval } from '../../core/archive/outcomes.ts'
import type { ArchiveReport, PullReport } from '../../core/archive/reports.ts'
import { describeCopy, describeRepair, describeScrub } from '../../core/archive/safety-outcomes.ts'
import { countMessages } from './archive.ts'
import { plural } from './format.ts'
import { importLine } from './import.ts'

const folders = { one: 'folder', other: 'folders' }
const files = { one: 'file', other: 'files' }
const places = { one: 'damaged place', other: 'damaged places' }

function pullLine(report: PullReport): string {
  const failed = report.folders.reduce((total, folder) => total + folder.failures.length, 0)
  const fresh = report.folders.reduce((total, folder) => total + folder.newMessages, 0)
  const unfinished = report.folders.filter((folder) => folder.unfinished !== null).length
  return [
    `${countMessages(fresh)} new in ${plural(report.folders.length, folders)} of ${report.source}`,
    ...(failed > 0 ? [`${countMessages(failed)} could not be archived`] : []),
    ...(unfinished > 0 ? [`${plural(unfinished, folders)} not pulled to the end`] : []),
  ].join('; ')
}

/** One line on what a finished run found. */
export function reportLine(report: ArchiveReport): string {
  switch (report.kind) {
    case 'pull':
      return pullLine(report)
    case 'verify':
      return report.damage.length === 0
        ? `${countMessages(report.messages)} read and compared, all whole`
        : `${countMessages(report.messages)} read, ${plural(report.damage.length, places)}`
    case 'scrub':
      return describeScrub(report, report.packBytes, report.packBytes)
    case 'repair':
      return describeRepair(report)
    case 'copy':
      return describeCopy(report)
    case 'rebuild':
      return report.damage.length === 0
        ? `Index made anew: ${countMessages(report.messages)}`
        : `Index made anew: ${countMessages(report.messages)}, ${plural(report.damage.length, places)}`
    case 'export':
      return `${countMessages(report.messages)} written to ${report.path}`
    case 'bundle':
      return report.problems.length === 0
        ? `${plural(report.files, files)} and ${countMessages(report.messages)} checked, all whole`
        : `${plural(report.problems.length, { one: 'problem', other: 'problems' })}; ${countMessages(report.messages)} checked and whole`
    case 'import':
      return importLine(report)
    case 'rewrite':
      return `${countMessages(report.messages)} ${report.how}, written to ${report.path}`
    case 'removal':
      return describeRemoval(report)
  }
}

/** What kind of run a report is of. */
export const reportKinds: Readonly<Record<ArchiveReport['kind'], string>> = {
  pull: 'Pull',
  verify: 'Verification',
  scrub: 'Scrub',
  repair: 'Repair',
  copy: 'Second copy',
  rebuild: 'Index rebuild',
  export: 'Export',
  bundle: 'Bundle check',
  import: 'Import',
  rewrite: 'Written anew',
  removal: 'Removal',
}
