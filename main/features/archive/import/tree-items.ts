import { recogniseMailFile, readMaildirName } from '../../../../core/archive/import-paths.ts'
import type { MailFile } from '../../../../core/archive/import-paths.ts'
import { detectVariant, fromLineTime } from '../../../../core/archive/mbox-variants.ts'
import type { MboxVariant } from '../../../../core/archive/mbox-variants.ts'
import { largeMessageBytes } from '../../../../core/archive/pack.ts'
import { AppError } from '../../../../core/errors.ts'
import { describeError } from '../../../../core/error-text.ts'
import { countLeftOut, readEmlx } from './emlx.ts'
import { readHeaderFacts } from './header-facts.ts'
import type { ImportItem, ImportListener } from './item.ts'
import { readMbox } from './mbox-reader.ts'
import { readSigns } from './mbox-signs.ts'
import { readStart } from './tree.ts'
import type { ImportTree, TreeFile } from './tree.ts'

/** How much of an mbox file is looked at to tell its kind. */
export const sampleBytes = 4 * 1024 * 1024
/** An `.emlx` file has to be held whole. */
const largestEmlx = 256 * 1024 * 1024
const headerBytes = 64 * 1024

interface ItemOptions {
  /** The kind of the mbox files, where the user chose it; null: each is looked at. */
  readonly variant: MboxVariant | null
  readonly listener: ImportListener
}

/** Every message in a folder, a zip or a file. What cannot be read is told to the listener, and the rest goes on. */
export async function* treeItems(tree: ImportTree, options: ItemOptions): AsyncGenerator<ImportItem> {
  for await (const file of tree.files()) {
    const known = recogniseMailFile(file.path)
    if (known === null) {
      options.listener.ignored(file.path)
      continue
    }
    try {
      yield* fileItems(
        tree,
        file,
        { ...known, folder: known.folder === '' ? tree.name : known.folder },
        options,
      )
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'file.disk_full') throw error
      const reason = error.details['reason']
      options.listener.failed(
        file.path,
        typeof reason === 'string' ? reason : describeError(error.code, error.details).sentence,
      )
    }
  }
}

async function* fileItems(
  tree: ImportTree,
  file: TreeFile,
  known: MailFile,
  options: ItemOptions,
): AsyncGenerator<ImportItem> {
  const { listener } = options
  if (known.kind === 'maybe_mbox') yield* mboxItems(tree, file, known.folder, options)
  else if (known.kind === 'emlx' || known.kind === 'emlx_partial')
    yield* emlxItems(tree, file, known, listener)
  else if (file.sizeBytes === 0) listener.failed(file.path, 'The file is empty.')
  else {
    const facts = readHeaderFacts(await readStart(tree, file.path, headerBytes))
    const name = known.kind === 'maildir' ? readMaildirName(file.path) : { flags: [], deliveredAtMs: null }
    // A copy of a Maildir loses the files' times, a delivery by a sync program has the wrong name: the older is right.
    const times = [name.deliveredAtMs, file.modifiedAtMs].filter((ms) => ms !== null)
    yield {
      folder: known.folder,
      flags: known.kind === 'maildir' ? name.flags : facts.flags,
      labels: facts.labels,
      internalDateMs: known.kind === 'maildir' && times.length > 0 ? Math.floor(Math.min(...times)) : null,
      origin: file.path,
      content: await contentOf(tree, file, listener),
      place: null,
    }
  }
}

async function contentOf(
  tree: ImportTree,
  file: TreeFile,
  listener: ImportListener,
): Promise<ImportItem['content']> {
  const chunks = countedRead(tree, file, listener)
  if (file.sizeBytes > largeMessageBytes) return chunks
  const whole: Buffer[] = []
  for await (const chunk of chunks) whole.push(chunk)
  return Buffer.concat(whole)
}

async function* countedRead(
  tree: ImportTree,
  file: TreeFile,
  listener: ImportListener,
): AsyncGenerator<Buffer> {
  for await (const chunk of tree.read(file.path)) {
    listener.read(chunk.length)
    yield chunk
  }
}

async function* mboxItems(
  tree: ImportTree,
  file: TreeFile,
  folder: string,
  { variant: chosen, listener }: ItemOptions,
): AsyncGenerator<ImportItem> {
  const signs = readSigns(await readStart(tree, file.path, sampleBytes))
  if (signs === null) {
    if (file.sizeBytes > 0) listener.ignored(file.path)
    return
  }
  const variant = chosen ?? detectVariant(signs).variant
  const options = { variant, strict: chosen === 'mboxrd', holdBytes: largeMessageBytes }
  let number = 0
  for await (const message of readMbox(countedRead(tree, file, listener), options)) {
    const origin = `${file.path}, message ${++number}`
    const first = message.bytes === null ? splitFirst(message.pieces) : null
    const start = message.bytes ?? (await first?.first()) ?? new Uint8Array(0)
    if (start.length === 0) listener.failed(origin, 'The message is empty.')
    else {
      const { flags, labels } = readHeaderFacts(start.subarray(0, headerBytes))
      const internalDateMs = fromLineTime(message.fromLine)
      const content = message.bytes ?? first?.all() ?? start
      yield { folder, flags, labels, internalDateMs, origin, content, place: null }
    }
    for (const doubt of message.doubts) listener.noted(origin, doubt)
  }
}

/** The first piece of a message, looked at before it is handed on with the others. */
function splitFirst(pieces: AsyncIterable<Uint8Array> | null) {
  const iterator = pieces?.[Symbol.asyncIterator]()
  let first: Uint8Array | null = null
  return {
    first: async () => {
      const next = await iterator?.next()
      first = next?.done === false ? Buffer.from(next.value) : new Uint8Array(0)
      return first
    },
    all: async function* () {
      if (first !== null) yield first
      if (iterator === undefined) return
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
        yield next.value
    },
  }
}

async function* emlxItems(
  tree: ImportTree,
  file: TreeFile,
  { kind, folder }: MailFile,
  listener: ImportListener,
): AsyncGenerator<ImportItem> {
  if (file.sizeBytes > largestEmlx)
    throw new AppError('file.too_large', { details: { file: file.path, limit: '256 MB' } })
  const whole: Buffer[] = []
  for await (const chunk of countedRead(tree, file, listener)) whole.push(chunk)
  const emlx = readEmlx(Buffer.concat(whole))
  if (emlx === null) {
    listener.failed(
      file.path,
      'It is not of the form of an .emlx file: the length in its first line does not fit.',
    )
    return
  }
  const leftOut = kind === 'emlx_partial' ? countLeftOut(emlx.bytes) : 0
  if (kind === 'emlx_partial')
    listener.noted(
      file.path,
      leftOut === 0
        ? 'Apple Mail had this message only in part; what there is was imported.'
        : `Apple Mail kept ${leftOut} attachments of this message apart; they are not in what was imported.`,
    )
  yield {
    folder,
    flags: emlx.flags,
    labels: null,
    internalDateMs: emlx.receivedAtMs,
    origin: file.path,
    content: emlx.bytes,
    place: null,
  }
}
