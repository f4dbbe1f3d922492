import type { CleanupPlan } from '../../../core/care/plans.ts'
import type { InputOf } from '../../../core/contract/index.ts'
import { planWords as words } from '../../i18n/care-plans.ts'

const megabyte = 1_000_000

/** A plan as its form has it: 0 stands for "does not matter". */
export interface PlanValues {
  readonly name: string
  readonly archiveId: string | null
  readonly mailboxIds: readonly string[] | null
  readonly olderThanDays: number
  readonly attachmentsOverMb: number
  readonly largerThanMb: number
  readonly senders: string
  readonly folders: string
  readonly duplicatesOnly: boolean
  readonly keepUnread: boolean
  readonly compareAgain: boolean
  readonly removalOn: boolean
}

/** The form of a plan; of a new one with the rule that frees most in most mailboxes. */
export function valuesOf(plan: CleanupPlan | null, mailboxId: string | null): PlanValues {
  if (plan === null)
    return {
      ...{ name: words.defaultName, archiveId: null, mailboxIds: mailboxId === null ? null : [mailboxId] },
      ...{ olderThanDays: 730, attachmentsOverMb: 1, largerThanMb: 0, senders: '', folders: '' },
      ...{ duplicatesOnly: false, keepUnread: true, compareAgain: false, removalOn: false },
    }
  const { name, archiveId, mailboxIds, compareAgain, removalOn, rule } = plan
  return {
    ...{ name, archiveId, mailboxIds, compareAgain, removalOn },
    olderThanDays: rule.olderThanDays ?? 0,
    attachmentsOverMb: (rule.attachmentsOverBytes ?? 0) / megabyte,
    largerThanMb: (rule.largerThanBytes ?? 0) / megabyte,
    senders: rule.senders.join('\n'),
    folders: rule.folders?.join('\n') ?? '',
    duplicatesOnly: rule.duplicatesOnly,
    keepUnread: rule.keepUnread,
  }
}

/** Whether the rule names at least one condition; one that takes everything is refused. */
export function hasCondition(values: PlanValues): boolean {
  const { olderThanDays, attachmentsOverMb, largerThanMb, senders, duplicatesOnly } = values
  return (
    olderThanDays > 0 || attachmentsOverMb > 0 || largerThanMb > 0 || senders.trim() !== '' || duplicatesOnly
  )
}

/** The form as the contract wants it. */
export function toInput(
  values: PlanValues,
  archiveId: string,
  plan: CleanupPlan | null,
): InputOf<'care.savePlan'> {
  const orNull = (value: number, unit: number) => (value > 0 ? Math.round(value * unit) : null)
  const { name, mailboxIds, compareAgain, removalOn, duplicatesOnly, keepUnread } = values
  const folders = linesOf(values.folders)
  return {
    ...{ planId: plan?.planId ?? null, name: name.trim(), archiveId, compareAgain, removalOn },
    mailboxIds: mailboxIds === null ? null : [...mailboxIds],
    rule: {
      ...{ duplicatesOnly, keepUnread },
      folders: folders.length === 0 ? null : folders,
      senders: linesOf(values.senders),
      olderThanDays: orNull(values.olderThanDays, 1),
      attachmentsOverBytes: orNull(values.attachmentsOverMb, megabyte),
      largerThanBytes: orNull(values.largerThanMb, megabyte),
      keepFlags: plan?.rule.keepFlags ?? [],
    },
  }
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
