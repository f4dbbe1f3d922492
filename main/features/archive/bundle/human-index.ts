import { size } from '../../../../core/archive/outcomes.ts'
import type { BundleManifest } from '../../../../core/archive/bundle.ts'
import { bundleFiles } from '../../../../core/archive/bundle.ts'
import { groupFingerprint } from '../../../../core/signing/types.ts'
import type { SelectedMessage } from '../../../../db/archive-index/select.ts'
import { joinHtml, markup, linkTo, page } from './html.ts'
import type { Html } from './html.ts'
import { createSpool } from './spool.ts'
import type { Spool } from './spool.ts'

const rowsOnPage = 500

/** Pages for people: one list of folders, and each folder's messages, 500 a page. */
export interface HumanIndex {
  /** Begins a folder; gives what takes its messages. */
  folder(source: string, path: string): { add(message: SelectedMessage, file: string): void }
  /** The pages of all folders; their contents are made as they are taken. */
  pages(): Iterable<{ readonly name: string; readonly chunks: () => Iterable<Buffer> }>
  /** Where a folder's first page is; null for a folder without messages. */
  firstPage(source: string, path: string): string | null
}

interface IndexedFolder {
  readonly source: string
  readonly path: string
  readonly number: number
  readonly rows: Spool[]
}

/** An empty index. */
export function createHumanIndex(): HumanIndex {
  const folders = new Map<string, IndexedFolder>()
  const keyOf = (source: string, path: string) => `${source}\n${path}`
  return {
    folder: (source, path) => {
      const folder = { source, path, number: folders.size + 1, rows: new Array<Spool>() }
      folders.set(keyOf(source, path), folder)
      let onPage = rowsOnPage
      return {
        add: (message, file) => {
          if (onPage === rowsOnPage) {
            folder.rows.push(createSpool())
            onPage = 0
          }
          onPage++
          folder.rows.at(-1)?.add(rowOf(message, file).html)
        },
      }
    },
    pages: function* () {
      for (const folder of folders.values())
        for (const [i] of folder.rows.entries())
          yield { name: pageName(folder, i), chunks: () => [Buffer.from(folderPage(folder, i))] }
    },
    firstPage: (source, path) => {
      const folder = folders.get(keyOf(source, path))
      return folder === undefined || folder.rows.length === 0 ? null : pageName(folder, 0)
    },
  }
}

const pageName = (folder: IndexedFolder, i: number): string => `index/folder-${folder.number}/${i + 1}.html`

function rowOf(message: SelectedMessage, file: string): Html {
  const { subject, sender, recipients, dateMs, attachmentCount, place } = message
  const shown = subject.trim() === '' ? '(no subject)' : subject
  return markup`<tr><td class="d">${dateOf(dateMs)}</td><td><bdi>${sender}</bdi></td><td><bdi>${recipients}</bdi></td>
<td><a href="${linkTo(file, 2)}"><bdi>${shown}</bdi></a></td>
<td class="n">${size(place.sizeBytes)}</td><td class="n">${attachmentCount === 0 ? '' : attachmentCount}</td></tr>
`
}

function folderPage(folder: IndexedFolder, i: number): string {
  const rows = folder.rows[i]
  const title = `${folder.path} of ${folder.source}`
  const of = folder.rows.length
  const link = (to: number, words: string): Html =>
    to < 0 || to >= of ? markup`` : markup`<a href="${to + 1}.html">${words}</a>`
  const all = rows === undefined ? '' : Buffer.concat([...rows.chunks()]).toString('utf8')
  return page(
    title,
    markup`<nav aria-label="Pages"><a href="../../${bundleFiles.index}">All folders</a>
${link(i - 1, 'Earlier page')}${link(i + 1, 'Next page')}<span class="quiet">Page ${i + 1} of ${of}</span></nav>
<h1><bdi>${title}</bdi></h1>
<table><thead><tr><th>Date (UTC)</th><th>From</th><th>To</th><th>Subject</th><th class="n">Size</th>
<th class="n">Attachments</th></tr></thead><tbody>
${{ html: all }}</tbody></table>`,
  )
}

/** What the front page tells; the manifest says the same to programs. */
type FrontFacts = Pick<
  BundleManifest,
  'createdAt' | 'createdBy' | 'note' | 'source' | 'folders' | 'part' | 'signer' | 'problems'
>

/** `index.html`: what this bundle is, and its folders. */
export function frontPage(facts: FrontFacts, index: HumanIndex): string {
  const { source, folders, part, signer, problems } = facts
  const title = `Mail of ${source.archiveName}`
  const madeAt = facts.createdAt.slice(0, 16).replace('T', ' ')
  const inSet = part === null ? '' : `, part ${part.number} of ${part.of}`
  return page(
    title,
    markup`<h1><bdi>${title}</bdi></h1>
<p>Made ${madeAt} UTC by ${facts.createdBy}${inSet}.</p>
${facts.note === '' ? '' : markup`<p>Reason: <bdi>${facts.note}</bdi></p>`}
<p><a href="${bundleFiles.custodyPage}">Chain of custody</a> ·
<a href="${bundleFiles.readme}">How to read and check this bundle</a></p>
<p>${signedBy(signer?.fingerprint ?? null)}</p>
<table><thead><tr><th>Folder</th><th>Mailbox</th><th class="n">Messages</th><th class="n">Size</th></tr></thead><tbody>
${joinHtml(folders.map((folder) => folderRow(folder, index)))}</tbody></table>
${problems.length === 0 ? '' : leftOut(problems)}`,
  )
}

function signedBy(fingerprint: string | null): Html {
  if (fingerprint === null) return markup`Not signed.`
  return markup`Signed by the key <code>${groupFingerprint(fingerprint)}</code>. This page does not check the
signature; README.txt says how to.`
}

function folderRow(folder: BundleManifest['folders'][number], index: HumanIndex): Html {
  const first = index.firstPage(folder.source, folder.path)
  const name = markup`<bdi>${folder.path}</bdi>`
  const linked = first === null ? name : markup`<a href="${linkTo(first)}">${name}</a>`
  return markup`<tr><td>${linked}</td><td><bdi>${folder.source}</bdi></td><td class="n">${folder.messages}</td>
<td class="n">${size(folder.mailBytes)}</td></tr>
`
}

/** What is not here and why, as both pages list it. */
export function leftOut(sentences: readonly string[]): Html {
  const items = sentences.slice(0, 1000).map((one) => markup`<li><bdi>${one}</bdi></li>`)
  const list =
    items.length === 0 ? markup`<p>Nothing that is known.</p>` : markup`<ul>${joinHtml(items)}</ul>`
  return markup`<h2>Left out, or never archived</h2>${list}`
}

function dateOf(ms: number | null): string {
  if (ms === null) return '–'
  const at = new Date(ms)
  return Number.isNaN(at.getTime()) ? '–' : at.toISOString().slice(0, 16).replace('T', ' ')
}
