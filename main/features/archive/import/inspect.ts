import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { recogniseMailFile } from '../../../../core/archive/import-paths.ts'
import type { ImportKind, ImportPreview } from '../../../../core/archive/imports.ts'
import { detectVariant } from '../../../../core/archive/mbox-variants.ts'
import { AppError } from '../../../../core/errors.ts'
import { listFolders } from '../../../../db/archive-index/read.ts'
import { isAgeFile } from '../bundle/age-file.ts'
import { openBundleSet } from '../bundle/set.ts'
import { openZip } from '../bundle/zip-reader.ts'
import { openArchiveReader } from '../store/reader.ts'
import { readHeaderFacts } from './header-facts.ts'
import { readSigns } from './mbox-signs.ts'
import { openTree, readStart } from './tree.ts'
import type { ImportTree, TreeFile } from './tree.ts'

const sampleBytes = 4 * 1024 * 1024
const headerBytes = 64 * 1024
/** Messages that are opened to learn whose mail it is. */
const asked = 200
const mostFolders = 2_000

/** What stands at a path, as far as archives and bundles go; anything else is `mixed` until it is looked at. */
export async function inspectKind(path: string, secret: string | null): Promise<ImportKind> {
  if (existsSync(join(path, 'archive.json'))) return 'archive'
  if (!/\.zip(\.age)?$/i.test(path)) return kindOfTree(path)
  if (await isAgeFile(path)) return 'bundle'
  const zip = await openZip(path, secret)
  const isBundle = zip.files.has('manifest.json') && zip.files.has('messages.jsonl')
  zip.close()
  return isBundle ? 'bundle' : kindOfTree(path)
}

async function kindOfTree(path: string): Promise<ImportKind> {
  const tree = await openTree(path)
  try {
    const kinds = new Set<ImportKind>()
    for await (const { path: file } of tree.files()) {
      const kind = kindOf(file)
      if (kind !== null) kinds.add(kind)
    }
    return together(kinds)
  } finally {
    tree.close()
  }
}

/** Looks at a path without importing anything. Errors: `file.*`, `bundle.*`, `archive.*`. */
export async function inspectImport(path: string, secret: string | null): Promise<ImportPreview> {
  const kind = await inspectKind(path, secret)
  if (kind === 'archive') return inspectArchive(path)
  if (kind === 'bundle') return inspectBundle(path, secret)
  const tree = await openTree(path)
  try {
    return await inspectTree(path, tree)
  } finally {
    tree.close()
  }
}

function kindOf(file: string): ImportKind | null {
  if (/(^|\/)Takeout\//.test(file) && /\.mbox$/i.test(file)) return 'takeout'
  if (/\.mbox\/([^/]+\/)*(mbox|table_of_contents)$/i.test(file)) return 'apple_mail'
  const known = recogniseMailFile(file)
  if (known === null) return null
  switch (known.kind) {
    case 'maildir':
    case 'eml':
      return known.kind
    case 'emlx':
    case 'emlx_partial':
      return 'apple_mail'
    case 'maybe_mbox':
      return 'mbox'
  }
}

function together(kinds: ReadonlySet<ImportKind>): ImportKind {
  const [first = 'nothing'] = kinds
  if (kinds.size <= 1) return first
  // Attachments and notes without an ending may look like mbox files by their names alone.
  const others = [...kinds].filter((kind) => kind !== 'mbox')
  return others.length === 1 ? (others[0] ?? 'mixed') : 'mixed'
}

interface Tally {
  readonly kinds: Set<ImportKind>
  readonly folders: Map<string, { path: string; messages: number; bytes: number }>
  readonly mboxes: ImportPreview['mboxes']
  readonly owners: Map<string, number>
  ignored: number
  opened: number
  isEstimate: boolean
}

async function inspectTree(path: string, tree: ImportTree): Promise<ImportPreview> {
  const tally: Tally = {
    kinds: new Set(),
    folders: new Map(),
    mboxes: [],
    owners: new Map(),
    ignored: 0,
    opened: 0,
    isEstimate: false,
  }
  for await (const file of tree.files()) await tallyFile(tree, file, tally)
  const folders = [...tally.folders.values()]
  const [owner] = [...tally.owners].toSorted((a, b) => b[1] - a[1])
  return {
    path,
    kind: together(tally.kinds),
    folders: folders.slice(0, mostFolders),
    messages: folders.reduce((sum, { messages }) => sum + messages, 0),
    isEstimate: tally.isEstimate,
    bytes: folders.reduce((sum, { bytes }) => sum + bytes, 0),
    mboxes: tally.mboxes.slice(0, mostFolders),
    source: owner?.[0] ?? tree.name,
    ignored: tally.ignored,
    notes: [],
  }
}

async function tallyFile(tree: ImportTree, file: TreeFile, tally: Tally): Promise<void> {
  const known = recogniseMailFile(file.path)
  const kind = kindOf(file.path)
  if (known === null || kind === null) {
    tally.ignored++
    return
  }
  let messages = 1
  if (known.kind === 'maybe_mbox') {
    const sample = await readStart(tree, file.path, sampleBytes).catch(emptyIfUnreadable)
    const signs = readSigns(sample)
    if (signs === null) {
      if (file.sizeBytes > 0) tally.ignored++
      return
    }
    const isWhole = sample.length >= file.sizeBytes
    messages = isWhole ? signs.messages : Math.round((signs.messages * file.sizeBytes) / sample.length)
    tally.isEstimate ||= !isWhole
    tally.mboxes.push({ path: file.path, ...detectVariant(signs) })
    for (const { 0: message } of sample
      .toString('latin1')
      .slice(0, 1_000_000)
      .matchAll(/^From [\s\S]*?\n\r?\n/gm))
      noteOwner(tally, Buffer.from(message.slice(message.indexOf('\n') + 1), 'latin1'))
  } else if (tally.opened < asked)
    noteOwner(tally, await readStart(tree, file.path, headerBytes).catch(emptyIfUnreadable))
  tally.kinds.add(kind)
  const name = known.folder === '' ? tree.name : known.folder
  const folder = tally.folders.get(name) ?? { path: name, messages: 0, bytes: 0 }
  folder.messages += messages
  folder.bytes += file.sizeBytes
  tally.folders.set(name, folder)
}

function noteOwner(tally: Tally, header: Buffer): void {
  if (tally.opened >= asked) return
  tally.opened++
  const { owner } = readHeaderFacts(header)
  if (owner !== null) tally.owners.set(owner, (tally.owners.get(owner) ?? 0) + 1)
}

/** A file that cannot be read is reported by the import; for the preview it holds nothing. */
function emptyIfUnreadable(error: unknown): Buffer {
  if (error instanceof AppError) return Buffer.alloc(0)
  throw error
}

function inspectArchive(path: string): ImportPreview {
  const reader = openArchiveReader(path)
  try {
    const all = listFolders(reader.index)
    const folders = all.map((one) => ({
      path: `${one.path} of ${one.source}`,
      messages: one.messageCount,
      bytes: one.sizeBytes,
    }))
    return { ...previewOf(path, 'archive', folders), source: all[0]?.source ?? '' }
  } finally {
    reader.close()
  }
}

async function inspectBundle(path: string, secret: string | null): Promise<ImportPreview> {
  const set = await openBundleSet(path, secret)
  try {
    const all = set.zips.flatMap(({ manifest }) => manifest?.folders ?? [])
    const folders = all.map((one) => ({
      path: `${one.path} of ${one.source}`,
      messages: one.messages,
      bytes: one.mailBytes,
    }))
    return { ...previewOf(path, 'bundle', folders), source: all[0]?.source ?? '', notes: [...set.problems] }
  } finally {
    set.close()
  }
}

function previewOf(
  path: string,
  kind: ImportKind,
  folders: readonly { readonly path: string; readonly messages: number; readonly bytes: number }[],
): ImportPreview {
  return {
    path,
    kind,
    folders: folders.slice(0, mostFolders),
    messages: folders.reduce((sum, { messages }) => sum + messages, 0),
    isEstimate: false,
    bytes: folders.reduce((sum, { bytes }) => sum + bytes, 0),
    mboxes: [],
    source: '',
    ignored: 0,
    notes: [],
  }
}
