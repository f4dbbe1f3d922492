import type { DeskSignature } from '../../../../core/signing/types.ts'
import { exportBundle } from '../bundle/export.ts'
import type { ExportOptions, ExportSteps } from '../bundle/export.ts'
import { copyBundle, identifyBundle } from '../bundle/open.ts'
import { verifyBundle } from '../bundle/verify.ts'
import type { CheckOptions } from '../bundle/verify.ts'
import { readArchiveCard } from '../store/folder.ts'
import { openArchiveReader } from '../store/reader.ts'
import type { ArchiveReader } from '../store/reader.ts'
import { openArchiveWriter } from '../store/writer.ts'
import type { ThreadContext } from './thread.ts'

/** Functions of a thread that makes, checks and opens bundles. */
export function createBundling() {
  return {
    ...createExporting(),
    verifyBundle: ({ progress }: ThreadContext, path: string, options: CheckOptions) =>
      verifyBundle(path, options, progress),
    identifyBundle: (_: ThreadContext, path: string, secret: string | null) => identifyBundle(path, secret),
    /** Fills an empty archive from a bundle; the report says what had to be left out. */
    copyBundle: async ({ progress }: ThreadContext, path: string, secret: string | null, root: string) => {
      const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: Date.now })
      try {
        return await copyBundle(path, secret, writer, progress)
      } finally {
        writer.close()
      }
    },
  }
}

interface OpenExport {
  readonly reader: ArchiveReader
  readonly steps: ExportSteps
}

/**
 * An export goes in steps, because the key that signs stays where the secrets are: `startExport`, then for each
 * `toSign` one `goOnWithExport` with the signature, until there is a report; last, however it ended, `endExport`.
 */
function createExporting() {
  let open: OpenExport | null = null
  // Each step has a call of its own, and tells its progress to that.
  let context: ThreadContext | null = null

  const step = async (now: ThreadContext, next: (steps: ExportSteps) => ReturnType<ExportSteps['next']>) => {
    if (open === null) throw new Error('No export was started')
    context = now
    const { done, value } = await next(open.steps)
    return done === true ? { report: value, toSign: null } : { report: null, toSign: value }
  }
  return {
    startExport: async (now: ThreadContext, root: string, options: Omit<ExportOptions, 'card'>) => {
      const reader = openArchiveReader(root)
      const whole = { ...options, card: readArchiveCard(root) }
      const steps = exportBundle(reader, whole, async (done, total) => context?.progress(done, total))
      open = { reader, steps }
      return step(now, (all) => all.next())
    },
    goOnWithExport: (now: ThreadContext, signature: DeskSignature) => step(now, (all) => all.next(signature)),
    endExport: async () => {
      const ending = open
      open = null
      try {
        // Leaves the export where it stands; what it wrote so far is removed.
        await ending?.steps.return(undefined as never)
      } finally {
        ending?.reader.close()
      }
    },
  }
}
