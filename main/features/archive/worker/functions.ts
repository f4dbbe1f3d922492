import { createImporting } from './importing.ts'
import { createBundling } from './bundling.ts'
import { createKeyring } from './keyring.ts'
import { createParsing } from './parsing.ts'
import { createReading } from './reading.ts'
import type { Thread } from './thread.ts'
import { createWriting } from './writing.ts'

/** Everything that an archive thread can do. One thread reads for the screens; each long run has one of its own. */
export function createArchiveFunctions() {
  return {
    ...createReading(),
    ...createWriting(),
    ...createBundling(),
    ...createImporting(),
    ...createParsing(),
    ...createKeyring(),
  }
}

/** The functions of an archive thread. */
export type ArchiveFunctions = ReturnType<typeof createArchiveFunctions>
/** An archive thread, as its callers see it. */
export type ArchiveThread = Thread<ArchiveFunctions>
