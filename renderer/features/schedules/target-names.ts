import type { Schedule } from '../../../core/schedules/types.ts'
import { schedulesWords as words } from '../../i18n/schedules.ts'
import { useQueryOf } from '../../ipc/index.ts'

/** Names of what schedules work on; a name that is not known yet is an empty text. */
export interface TargetNames {
  readonly archive: (archiveId: string | null) => string
  readonly mailbox: (mailboxId: string) => string
  readonly plan: (planId: string | null) => string
}

const all = 500

/** Asks for the names once for all schedules. */
export function useTargetNames(): TargetNames {
  const archives = useQueryOf('archive.list', {})
  const mailboxes = useQueryOf('accounts.listMailboxes', { text: '', limit: all })
  const plans = useQueryOf('care.plans', {})
  return {
    archive: (id) =>
      archives.data === undefined
        ? ''
        : (archives.data.archives.find(({ archiveId }) => archiveId === id)?.name ?? words.goneArchive),
    mailbox: (id) => mailboxes.data?.mailboxes.find(({ mailboxId }) => mailboxId === id)?.address ?? id,
    plan: (id) =>
      plans.data === undefined
        ? ''
        : (plans.data.plans.find(({ planId }) => planId === id)?.name ?? words.gonePlan),
  }
}

/** What a schedule works on, in a few words: "12 mailboxes into Mail 2026". */
export function describeTarget(
  { kind, target }: Pick<Schedule, 'kind' | 'target'>,
  names: TargetNames,
): string {
  if (kind === 'care.plan') return names.plan(target.planId)
  const archive = names.archive(target.archiveId)
  return kind === 'archive.pull' ? words.into(target.mailboxIds.length, archive) : archive
}
