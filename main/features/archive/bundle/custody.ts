import type { BundleCustody } from '../../../../core/archive/bundle.ts'
import { count, size } from '../../../../core/archive/outcomes.ts'
import { groupFingerprint } from '../../../../core/signing/types.ts'
import { leftOut } from './human-index.ts'
import { joinHtml, markup, page } from './html.ts'
import type { Html } from './html.ts'

const nameFrom = {
  typed: 'as typed by the person who made it',
  settings: "from this desk's settings",
  operating_system: "the computer's user; no name was given",
} as const
const laterHolders = 4

/** `custody.html`: who handed over what and why, to be printed, with room for those who hold it later. */
export function custodyPage(custody: BundleCustody): string {
  const facts = factsOf(custody)
  const rows = facts.map(([name, value]) => markup`<tr><th>${name}</th><td>${value}</td></tr>\n`)
  const holders = Array.from(
    { length: laterHolders },
    () => markup`<tr><td></td><td></td><td></td><td></td><td></td></tr>\n`,
  )
  return page(
    'Chain of custody',
    markup`<h1>Chain of custody</h1>
<table><tbody>
${joinHtml(rows)}</tbody></table>
${leftOut(custody.leftOut)}
<h2>Who held it</h2>
<table class="sign"><thead><tr><th>Received from</th><th>Received by</th><th>Date and time</th><th>Purpose</th>
<th>Signature</th></tr></thead><tbody>
${joinHtml(holders)}</tbody></table>`,
  )
}

function factsOf(custody: BundleCustody): readonly (readonly [string, string | Html])[] {
  const { handedOverBy: by, archive, counts, part, signedBy } = custody
  return [
    [
      'Handed over by',
      markup`<bdi>${by.name}</bdi> (${nameFrom[by.nameFrom]}; user <bdi>${by.osUser}</bdi>)`,
    ],
    ['When', `${custody.createdAt.slice(0, 19).replace('T', ' ')} UTC`],
    ['Why', custody.reason === '' ? 'No reason was given.' : markup`<bdi>${custody.reason}</bdi>`],
    ['What was chosen', markup`<bdi>${custody.chosen}</bdi>`],
    ['From archive', markup`<bdi>${archive.name}</bdi> (<code>${archive.archiveId}</code>)`],
    [
      'What it holds',
      `${count(counts.messages, 'message')}, ${size(counts.mailBytes)}, ${count(counts.folders, 'folder')}`,
    ],
    ...(part === null ? [] : ([['Part', `${part.number} of ${part.of}`]] as const)),
    ['Made with', custody.createdBy],
    [
      'SHA-256 of messages.jsonl, which lists each message with its hash',
      markup`<code>${custody.messagesSha256}</code>`,
    ],
    [
      'Signed by the key',
      signedBy === null ? 'Not signed.' : markup`<code>${groupFingerprint(signedBy)}</code>`,
    ],
    ['SHA-256 of the bundle file, as told to the receiver (by hand)', markup`&nbsp;`],
  ]
}
