/**
 * `npm run faults`: diagnoses every fault of the lab and prints the table of hits and misses.
 * `-- --only TEXT` runs those whose name or finding contains the text; `-- --json` prints one JSON document.
 * Ends with 1 when there is a miss, and with CI=true also when a fault could not be run.
 */
import { parseArgs, styleText } from 'node:util'
import { faultsLike, runLab, type Outcome } from './lab.ts'

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, json: { type: 'boolean', default: false } },
})
// Each real server ends with this process, so each listens for its end.
process.setMaxListeners(0)

const describe = (code: string, actor: string | null): string =>
  `${code}${actor === null ? '' : ` (${actor})`}`

function line({ fault, got, durationMs, misses, skipped }: Outcome): string {
  const expected = describe(fault.expected.code, fault.expected.actor)
  const found = got === null ? '–' : describe(got.code, got.actor)
  const mark =
    skipped !== null
      ? styleText('yellow', '–')
      : misses.length > 0
        ? styleText('red', '✕')
        : styleText('green', '✓')
  const time = `${durationMs} ms`.padStart(9)
  const row = `${mark} ${fault.name.padEnd(76)} ${expected.padEnd(44)} ${found.padEnd(44)} ${time}`
  return [row, ...[...misses, ...(skipped === null ? [] : [skipped])].map((text) => `    ${text}`)].join('\n')
}

function toJson({ fault, got, durationMs, misses, skipped }: Outcome) {
  const { name, expected } = fault
  const found = got && { code: got.code, actor: got.actor, status: got.status, title: got.title }
  return { name, expected, got: found, durationMs, misses, skipped }
}

const head = `  ${'Fault'.padEnd(76)} ${'Expected'.padEnd(44)} ${'Found'.padEnd(44)} ${'Time'.padStart(9)}`
if (!values.json) console.log(styleText('bold', head))
const outcomes = await runLab(faultsLike(values.only), (outcome) => {
  if (!values.json) console.log(line(outcome))
})
const failed = outcomes.filter(({ misses }) => misses.length > 0).length
const skipped = outcomes.filter((outcome) => outcome.skipped !== null).length
const passed = outcomes.length - failed - skipped
if (values.json)
  console.log(JSON.stringify({ passed, failed, skipped, outcomes: outcomes.map(toJson) }, null, 2))
else console.log(`\n${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`)
process.exit(failed > 0 || outcomes.length === 0 || (skipped > 0 && process.env['CI'] === 'true') ? 1 : 0)
