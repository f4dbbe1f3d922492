import { join } from 'node:path'
import type { ArchiveService } from '../features/archive/index.ts'
import type { createCare } from '../features/care/index.ts'
import type { RestoreService } from '../features/restore/index.ts'
import type { Runnables } from '../features/schedules/index.ts'

/** Whose work can be scheduled. */
export interface RunnableServices {
  readonly archive: ArchiveService
  readonly care: Pick<ReturnType<typeof createCare>['service'], 'runPlan'>
  readonly restore: RestoreService
  readonly dataDir: string
}

/** How each kind of schedule starts a run; part of the composition. */
export function createRunnables({ archive, care, restore, dataDir }: RunnableServices): Runnables {
  const local = (start: (archiveId: string) => Promise<{ readonly runId: string }>) => ({
    start: ({ archiveId }: { readonly archiveId: string | null }) => start(archiveId ?? ''),
    needsNetwork: false,
  })
  return {
    'archive.pull': {
      start: ({ archiveId, mailboxId }) =>
        archive.pull({ archiveId: archiveId ?? '', mailboxId: mailboxId ?? '', folders: null }),
      needsNetwork: true,
    },
    'archive.scrub': local(archive.scrub),
    'archive.syncCopies': local(archive.syncCopies),
    'archive.applyRetention': local(archive.applyRetention),
    'restore.drill': {
      start: ({ archiveId, mailboxId }) =>
        restore.drill({
          archiveId: archiveId ?? '',
          target:
            mailboxId === null
              ? { kind: 'files', format: 'maildir', path: join(dataDir, 'drills') }
              : { kind: 'mailbox', mailboxId },
          sampleCount: 100,
          seed: null,
        }),
      needsNetwork: false,
    },
    'care.plan': {
      start: async ({ planId }) => ({ runId: (await care.runPlan(planId ?? '')).jobId }),
      needsNetwork: true,
    },
  }
}
