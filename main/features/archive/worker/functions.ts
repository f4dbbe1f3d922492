import type { createBundling } from './bundling.ts'
import type { createImporting } from './importing.ts'
import { createKeyring } from './keyring.ts'
import { lateFunctions } from './late-functions.ts'
import type { createParsing } from './parsing.ts'
import { createReading } from './reading.ts'
import type { Thread } from './thread.ts'
import { createWriting } from './writing.ts'

/** Everything that an archive thread can do. One thread reads for the screens; each long run has one of its own. */
export function createArchiveFunctions() {
  return {
    ...createReading(),
    ...createWriting(),
    ...createKeyring(),
    ...lateFunctions<ReturnType<typeof createBundling>>(
      {
        verifyBundle: true,
        identifyBundle: true,
        copyBundle: true,
        startExport: true,
        goOnWithExport: true,
        endExport: true,
      },
      async () => (await import('./bundling.ts')).createBundling(),
    ),
    ...lateFunctions<ReturnType<typeof createImporting>>(
      { inspectImport: true, importMail: true },
      async () => (await import('./importing.ts')).createImporting(),
    ),
    ...lateFunctions<ReturnType<typeof createParsing>>(
      { toReadable: true, toUnreadable: true, attachmentOf: true },
      async () => (await import('./parsing.ts')).createParsing(),
    ),
  }
}

/** The functions of an archive thread. */
export type ArchiveFunctions = ReturnType<typeof createArchiveFunctions>
/** An archive thread, as its callers see it. */
export type ArchiveThread = Thread<ArchiveFunctions>
