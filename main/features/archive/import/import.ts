import { describeKind } from '../../../../core/archive/imports.ts'
import type { ImportKind, ImportReport } from '../../../../core/archive/imports.ts'
import type { MboxVariant } from '../../../../core/archive/mbox-variants.ts'
import { openArchiveReader } from '../store/reader.ts'
import type { ArchiveWriter } from '../store/writer.ts'
import { createDeposit } from './deposit.ts'
import { inspectKind } from './inspect.ts'
import type { ImportItem, ImportListener } from './item.ts'
import { archiveItems, bundleItems } from './other-items.ts'
import { treeItems } from './tree-items.ts'
import { openTree } from './tree.ts'

/** How to import, and as whose. */
export interface ImportOptions {
  /** Whose mail it is; archives and bundles say so themselves. */
  readonly source: string
  readonly variant: MboxVariant | null
  /** Of an encrypted bundle. */
  readonly secret: string | null
}

const listed = 1_000
const everyMessages = 100

/**
 * Imports everything at a path into an open archive. What is there already is passed over, so it can be run again,
 * also after it was cut off. On the way `onRead` hears how many bytes were read; when it rejects, what came until
 * then is kept. Errors: `file.*`, `bundle.*`, `archive.*`.
 */
export async function importMail(
  writer: ArchiveWriter,
  path: string,
  options: ImportOptions,
  onRead: (bytes: number) => Promise<void> | undefined,
): Promise<ImportReport> {
  const kind = await inspectKind(path, options.secret)
  const deposit = createDeposit(writer, options.source, Date.now)
  const told = listen()
  try {
    let items = 0
    for await (const item of itemsAt(kind, path, options, told.listener)) {
      await deposit.add(item)
      if (++items % everyMessages === 0) await onRead(told.bytesRead())
    }
    await onRead(told.bytesRead())
  } finally {
    deposit.flush()
  }
  return {
    kind: 'import',
    path,
    format: describeKind(kind),
    ...deposit.result(),
    ...told.found(),
  }
}

async function* itemsAt(
  kind: ImportKind,
  path: string,
  { secret, variant }: ImportOptions,
  listener: ImportListener,
): AsyncGenerator<ImportItem> {
  if (kind === 'bundle') yield* bundleItems(path, secret, listener)
  else if (kind === 'archive') {
    const reader = openArchiveReader(path)
    try {
      yield* archiveItems(reader, listener)
    } finally {
      reader.close()
    }
  } else {
    const tree = await openTree(path)
    try {
      yield* treeItems(tree, { variant, listener })
    } finally {
      tree.close()
    }
  }
}

function listen() {
  const failures: ImportReport['failures'] = []
  const notes: ImportReport['notes'] = []
  let [failed, noted, ignored, bytes] = [0, 0, 0, 0]
  const listener: ImportListener = {
    failed: (origin, reason) => {
      if (++failed <= listed) failures.push({ origin, reason })
    },
    noted: (origin, reason) => {
      if (++noted <= listed) notes.push({ origin, reason })
    },
    ignored: () => {
      ignored++
    },
    read: (count) => {
      bytes += count
    },
  }
  return {
    listener,
    bytesRead: () => bytes,
    found: () => ({ failed, failures, noted, notes, ignored }),
  }
}
