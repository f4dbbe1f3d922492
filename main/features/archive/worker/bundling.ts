import { copyBundle, identifyBundle } from '../bundle/open.ts'
import { exportBundle } from '../bundle/export.ts'
import type { ExportOptions } from '../bundle/export.ts'
import { verifyBundle } from '../bundle/verify.ts'
import { readArchiveCard } from '../store/folder.ts'
import { openArchiveReader } from '../store/reader.ts'
import { openArchiveWriter } from '../store/writer.ts'
import type { ThreadContext } from './thread.ts'

/** Functions of a thread that makes, checks and opens bundles. */
export function createBundling() {
  return {
    exportBundle: async ({ progress }: ThreadContext, root: string, options: Omit<ExportOptions, 'card'>) => {
      const reader = openArchiveReader(root)
      try {
        return await exportBundle(reader, { ...options, card: readArchiveCard(root) }, progress)
      } finally {
        reader.close()
      }
    },
    verifyBundle: ({ progress }: ThreadContext, path: string) => verifyBundle(path, progress),
    identifyBundle: (_: ThreadContext, path: string) => identifyBundle(path),
    /** Fills an empty archive from a bundle; the report says what had to be left out. */
    copyBundle: async ({ progress }: ThreadContext, path: string, root: string) => {
      const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: Date.now })
      try {
        return await copyBundle(path, writer, progress)
      } finally {
        writer.close()
      }
    },
  }
}
