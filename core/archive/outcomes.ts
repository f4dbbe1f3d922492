import type { ImportReport } from './imports.ts'
import type {
  BundleReport,
  ExportReport,
  PullReport,
  RebuildReport,
  RemovalReport,
  RewriteReport,
  VerifyReport,
} from './reports.ts'

const plural = new Intl.PluralRules('en')
const numbers = new Intl.NumberFormat('en')

/** `1 message`, `1,204 messages`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${numbers.format(n)} ${plural.select(n) === 'one' ? one : many}`
}

/** `512 bytes`, `3.4 MB`: powers of 1,000, as disks are sold. */
export function size(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB']
  if (bytes < 1000) return count(bytes, 'byte')
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value.toFixed(1)} ${units[unit] ?? ''}`
}

/** What a pull did and what it could not do, in a few sentences for the job centre and the command line. */
export function describePull(report: PullReport): string {
  const sum = (of: (folder: PullReport['folders'][number]) => number) =>
    report.folders.reduce((total, folder) => total + of(folder), 0)
  const fresh = sum((folder) => folder.newMessages)
  const stored = sum((folder) => folder.alreadyStored)
  const failed = sum((folder) => folder.failures.length)
  const unfinished = report.folders.filter((folder) => folder.unfinished !== null)
  const parts = [
    fresh === 0 && stored === 0
      ? `Nothing new in ${count(report.folders.length, 'folder')}.`
      : `Archived ${count(fresh + stored, 'new message')} (${size(sum((folder) => folder.newBytes))}) from ${count(report.folders.length, 'folder')}.`,
    stored === 0 ? '' : `${count(stored, 'of them was', 'of them were')} stored already and took no space.`,
    ...more(
      sum((folder) => folder.rematched),
      (n) => `${count(n, 'message')} recognised after renumbering.`,
    ),
    ...more(
      sum((folder) => folder.flagChanges),
      (n) => `${count(n, 'flag change')} recorded.`,
    ),
    ...more(
      sum((folder) => folder.gone),
      (n) => `${count(n, 'message')} no longer on the server; kept here.`,
    ),
    ...more(failed, (n) => `${count(n, 'message')} could not be had; see coverage for the reasons.`),
    ...more(
      report.labelFolders.length,
      (n) =>
        `${count(n, 'label folder was', 'label folders were')} not fetched: their mail is in All Mail, with the labels.`,
    ),
    report.compressed ? 'The link is slow: what came was compressed on its way.' : '',
    ...more(
      unfinished.length,
      (n) =>
        `${count(n, 'folder was', 'folders were')} not finished: ${unfinished.map((folder) => `${folder.path} (${folder.unfinished ?? ''})`).join('; ')}`,
    ),
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function more(n: number, sentence: (n: number) => string): readonly string[] {
  return n === 0 ? [] : [sentence(n)]
}

/** The result of a check of an archive. */
export function describeVerify(report: VerifyReport): string {
  const checked = `${count(report.messages, 'message')} (${size(report.mailBytes)}) in ${count(report.packs, 'pack')}`
  if (report.damage.length === 0) return `Every one of ${checked} is what its hash says.`
  return `${count(report.damage.length, 'damaged place')} found; ${checked} are whole.`
}

/** The result of making an index anew. */
export function describeRebuild(report: RebuildReport): string {
  const found = `The index knows ${count(report.messages, 'message')} in ${count(report.occurrences, 'place')} again.`
  return report.damage.length === 0
    ? found
    : `${found} ${count(report.damage.length, 'damaged place')} passed over.`
}

/** What was exported and where to, whether it is signed and sealed, and what is not in it. */
export function describeExport(report: ExportReport): string {
  const { parts, signedBy, notSigned, encryption, problems, notes } = report
  const where =
    parts.length === 0
      ? `${report.path} (${size(report.zipBytes)})`
      : `${count(parts.length, 'zip')} listed in ${report.path} (${size(report.zipBytes)} together)`
  return [
    `Exported ${count(report.messages, 'message')} (${size(report.mailBytes)}) to ${where}.`,
    ...(signedBy !== null ? [`Signed by the key ${signedBy}.`] : []),
    ...(notSigned !== null ? [`Not signed: ${notSigned}`] : []),
    ...(encryption === 'none' ? [] : [`Encrypted ${sealedFor[encryption]}.`]),
    ...(problems.length === 0 ? [] : [`${count(problems.length, 'message')} left out: ${problems[0] ?? ''}`]),
    ...notes,
  ].join(' ')
}

const sealedFor = { passphrase: 'with a passphrase', recipients: 'to age recipients' } as const

/** What an import brought in, and what it did not and why. */
export function describeImport(report: ImportReport): string {
  const { stored, again, known, addedBytes, failed, failures, noted, format, folders } = report
  const where = folders.filter(({ added }) => added > 0).length
  return [
    stored + again === 0
      ? `Nothing new in ${report.path} (${format}).`
      : `Imported ${count(stored + again, 'message')} (${size(addedBytes)}) into ${count(where, 'folder')} from ${report.path} (${format}).`,
    ...more(again, (n) => `${count(n, 'of them was', 'of them were')} stored already and took no space.`),
    ...more(known, (n) => `${count(n, 'message was', 'messages were')} in their folder already.`),
    ...more(
      failed,
      (n) => `${count(n, 'message')} could not be imported; the first: ${failures[0]?.reason ?? ''}`,
    ),
    ...more(noted, (n) => `${count(n, 'message')} with remarks; see the report.`),
  ].join(' ')
}

/** The result of a check of a bundle. A signature shows who made it only to somebody who knows the key's fingerprint. */
export function describeBundle(report: BundleReport): string {
  const { parts, signature, problems, lacks } = report
  const zips = parts.of === 1 ? '' : ` in ${parts.found} of ${count(parts.of, 'part')}`
  const checked = `${count(report.messages, 'message')} (${size(report.mailBytes)}) in ${count(report.files, 'file')}${zips}`
  if (problems.length > 0)
    return `${count(problems.length, 'problem')} found; ${checked} are whole. First: ${problems[0] ?? ''}`
  return [
    `The bundle is whole: ${checked} are what its manifest says.`,
    signature.state === 'holds'
      ? `It is signed by the key ${signature.fingerprint ?? ''}: compare that with the fingerprint that you were told.`
      : 'It is not signed, so nothing shows who made it.',
    ...(lacks.length === 0 ? [] : ['It says itself what it lacks:', ...lacks]),
  ].join(' ')
}

/** What was written anew, that it was proved, and which folder is not needed any more. */
export function describeRewrite(report: RewriteReport): string {
  const { how, messages, mailBytes, path, from, replaced } = report
  const done = `${count(messages, 'message')} (${size(mailBytes)}) written to ${path}, ${how}, and proved to be the same.`
  if (!replaced) return done
  const warning = how === 'encrypted' ? ' It is not encrypted:' : ''
  return `${done} The archive is used from there now. The old folder ${from} is still there.${warning} Delete it when you have looked.`
}

/** What a removal under a retention rule did. */
export function describeRemoval(report: RemovalReport): string {
  const { rule, messages, mailBytes, occurrences, freedBytes, packs } = report
  const freed = `${size(Math.max(0, freedBytes))} came back on the disk; ${count(packs, 'pack was', 'packs were')} written anew.`
  if (occurrences === 0) return packs === 0 ? `Nothing falls under “${rule}”.` : freed
  return `Removed ${count(messages, 'message')} (${size(mailBytes)}) from ${count(occurrences, 'place')} under “${rule}”. ${freed}`
}
