import { importMail } from '../import/import.ts'
import type { ImportOptions } from '../import/import.ts'
import { inspectImport } from '../import/inspect.ts'
import { readArchiveCard } from '../store/folder.ts'
import { openArchiveWriter } from '../store/writer.ts'
import type { ThreadContext } from './thread.ts'

const megabyte = 1_000_000

/** Functions of a thread that looks at mail in files and brings it in. */
export function createImporting() {
  return {
    inspectImport: (_: ThreadContext, path: string, secret: string | null) => inspectImport(path, secret),
    /** Reads and writes in one thread: what waits for the disk is waited for by the system's own threads. */
    importMail: async (
      { progress }: ThreadContext,
      root: string,
      path: string,
      options: ImportOptions,
      totalBytes: number,
    ) => {
      const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: Date.now })
      const total = Math.max(1, Math.round(totalBytes / megabyte))
      try {
        return await importMail(writer, path, options, (bytes) =>
          progress(Math.min(total, Math.round(bytes / megabyte)), total),
        )
      } finally {
        writer.close()
      }
    },
  }
}
