import { count, size } from '../../../../core/archive/outcomes.ts'
import { describeDrill, duration } from '../../../../core/restore/drill-words.ts'
import type { DrillRecord, SignedDrill } from '../../../../core/restore/drill.ts'
import { groupFingerprint } from '../../../../core/signing/types.ts'

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1a1d21;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #d8dce1;vertical-align:top}
code{font:13px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}.verdict{padding:.75rem 1rem;border:2px solid;border-radius:6px}
.pass{border-color:#1d7a3a}.warning{border-color:#9a6700}.fail{border-color:#b3261e}`

/** A drill's record as a page for people: opens offline, has no script, loads nothing. The JSON beside it is what is signed. */
export function drillPage(record: DrillRecord, { signature, unsignedBecause }: SignedDrill): string {
  const { archive, target, sample, counts, recovery, recoveryPoint } = record
  const facts: readonly (readonly [string, string])[] = [
    ['Archive', `${archive.name}: ${count(archive.messages, 'message')}, ${size(archive.mailBytes)}`],
    ['Restored into', `${target.scratch} of ${target.name}`],
    ['Began, ended', `${record.startedAt}, ${record.endedAt}`],
    ['Tried', `${count(sample.messages, 'message')}, ${size(sample.mailBytes)}`],
    [
      'How they were chosen',
      sample.rule === 'all'
        ? 'All of them'
        : `The newest, the largest, one of every folder, and ${String(sample.randomCount)} at random by the seed ${String(sample.seed)}`,
    ],
    ['The sample’s digest', sample.digest],
    ['Recovery time', recoveryWords(recovery)],
    ['Recovery point', pointWords(recoveryPoint)],
    ['Scratch folder removed', record.cleanedUp ? 'Yes' : 'No'],
    ['Made by', record.madeBy],
  ]
  const signedBy =
    signature === null
      ? `<p>This record is not signed: ${safe(unsignedBecause ?? '')}</p>`
      : `<p>The JSON file beside this page is signed (Ed25519). Fingerprint of the key:</p><p><code>${groupFingerprint(signature.fingerprint)}</code></p>
<p>Check it with <code>desk drill verify FILE.json</code>, and compare the fingerprint with the one that you were told.</p>`
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Recovery drill ${safe(record.drillId)}</title><style>${style}</style>
<h1>Recovery drill</h1><p class="verdict ${record.verdict}">${safe(describeDrill(record))}</p>
<table>${facts.map(([name, value]) => `<tr><th>${name}<td>${safe(value)}`).join('')}</table>
<h2>What was proved</h2>${list(record.proved)}<h2>What was not proved</h2>${list(record.notProved)}
<h2>Result</h2><table><tr><th>Came back without one byte changed<td>${counts.identical}<tr><th>Line ends, NUL bytes or trace fields changed<td>${counts.altered}<tr><th>Not the same<td>${counts.different}<tr><th>Lost<td>${counts.missing}<tr><th>Refused by the target<td>${counts.refused}<tr><th>Not readable in the archive<td>${counts.unreadable}</table>
${findingsOf(record)}<h2>Folders</h2><table><tr><th>Folder<th>Messages<th>Tried<th>Pulled<th>Missing${recoveryPoint.folders.map((one) => `<tr><td>${safe(`${one.path} · ${one.source}`)}<td>${one.messages}<td>${one.sampled}<td>${one.pulledAtMs === null ? 'never to its end' : new Date(one.pulledAtMs).toISOString()}<td>${one.missing ?? 'not known'}`).join('')}</table>
<h2>Signature</h2>${signedBy}</html>
`
}

function findingsOf({ findings, findingsLeftOut }: DrillRecord): string {
  if (findings.length === 0) return ''
  const rows = findings.map(
    (one) =>
      `<tr><td>${safe(one.subject || '(no subject)')}<br><code>${one.sha256}</code><td>${safe(one.folder)}<td>${safe(one.words)}`,
  )
  const more = findingsLeftOut === 0 ? '' : `<p>${count(findingsLeftOut, 'further message')} not listed.</p>`
  return `<h2>Messages with remarks</h2><table><tr><th>Message<th>Folder<th>What was found${rows.join('')}</table>${more}`
}

function recoveryWords(recovery: DrillRecord['recovery']): string {
  const { messagesPerSecond, megabytesPerSecond, wholeArchiveMs, restoreMs, fetchMs } = recovery
  const rate =
    messagesPerSecond === null
      ? 'no rate'
      : `${messagesPerSecond.toFixed(0)} messages/s, ${String(megabytesPerSecond)} MB/s`
  const whole = wholeArchiveMs === null ? '' : `; the whole archive at this rate: ${duration(wholeArchiveMs)}`
  return `${duration(restoreMs)} to put there (${rate}), ${duration(fetchMs)} to fetch back and compare${whole}`
}

function pointWords({ oldestPullAgeMs, newestArchivedAgeMs }: DrillRecord['recoveryPoint']): string {
  const newest =
    newestArchivedAgeMs === null
      ? 'nothing archived yet'
      : `newest message archived ${duration(newestArchivedAgeMs)} before`
  const pull =
    oldestPullAgeMs === null
      ? 'not every folder was ever pulled to its end'
      : `every folder pulled within the last ${duration(oldestPullAgeMs)}`
  return `${newest}; ${pull}`
}

const list = (sentences: readonly string[]): string =>
  sentences.length === 0
    ? '<p>Nothing.</p>'
    : `<ul>${sentences.map((one) => `<li>${safe(one)}`).join('')}</ul>`

/** Text from mail as text and nothing else. */
function safe(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\u00b7')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
