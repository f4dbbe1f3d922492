import { useQueriesOf, useQueryOf } from '../../ipc/index.ts'
import type { KeepingFacts } from './keeping-lines.ts'

/** Asks every archive how it stands, and what schedules and mailboxes say; `unanswered`: something did not answer. */
export function useKeepingFacts(nowMs: number): KeepingFacts & { readonly unanswered: boolean } {
  const archives = useQueryOf('archive.list', {})
  const schedules = useQueryOf('schedules.list', {})
  const care = useQueryOf('care.list', { text: '' })
  const known = archives.data?.archives ?? []
  const safety = useQueriesOf(
    'archive.safety',
    known.map(({ archiveId }) => ({ archiveId })),
  )
  const drills = useQueriesOf(
    'restore.drills',
    known.map(({ archiveId }) => ({ archiveId, limit: 1 })),
  )
  const restores = useQueriesOf(
    'restore.list',
    known.map(({ archiveId }) => ({ archiveId, limit: 5 })),
  )
  // Only an archive that can be read can say what is left of a removal.
  const readable = known.filter(({ kind, state }) => kind === 'archive' && state === 'ready')
  const retention = useQueriesOf(
    'archive.retention',
    readable.map(({ archiveId }) => ({ archiveId })),
  )
  const unfinished = new Map(
    readable.map(({ archiveId }, at) => [archiveId, retention[at]?.data?.unfinishedPacks]),
  )
  const asked = [archives, schedules, care, ...safety, ...drills, ...restores, ...retention]
  return {
    archives: known.map((archive, at) => {
      const last = drills[at]?.data
      return {
        archive,
        safety: safety[at]?.data,
        drill: last === undefined ? undefined : (last.drills[0] ?? null),
        restores: restores[at]?.data?.restores,
        unfinishedPacks: unfinished.get(archive.archiveId),
      }
    }),
    schedules: schedules.data?.schedules,
    mailboxes: care.data?.mailboxes,
    nowMs,
    unanswered: asked.some(({ isError }) => isError),
  }
}
