import { restorableFlags } from '../../../../core/restore/flags.ts'
import type { PermanentFlags } from '../../../../core/restore/flags.ts'
import { classifyRefusal, concernsFolder, traitsOf } from '../../../../core/restore/refusal.ts'
import type { Refusal } from '../../../../core/restore/refusal.ts'
import type { RefusalReason, RestoreStop } from '../../../../core/restore/types.ts'
import type { AppendMessage, AppendOutcome } from '../ports.ts'
import type { Result, Task } from './types.ts'

/** A task with its message's bytes. */
export interface Loaded {
  readonly task: Task
  readonly bytes: Uint8Array
}

/** How a batch ended. `stop`: no message of any folder would be taken; `folderRefused`: none of this folder. */
export interface Added {
  readonly results: readonly (readonly [Task, Result])[]
  /** What was not tried any more. */
  readonly left: readonly Loaded[]
  readonly stop: RestoreStop | null
  readonly folderRefused: { readonly reason: RefusalReason; readonly words: string } | null
}

/** How a folder wants its flags. */
export interface FlagRules {
  readonly permanentFlags: PermanentFlags
  readonly keepDeleted: boolean
}

/**
 * Adds a batch in one command. All are taken or none; a batch that is refused is halved until the message that is
 * meant is found, so one refused message stops no other. `append` is one command: whatever it repeats, it repeats
 * alone. Errors: those of the connection.
 */
export async function addBatch(
  append: (messages: readonly AppendMessage[]) => Promise<AppendOutcome>,
  batch: readonly Loaded[],
  rules: FlagRules,
): Promise<Added> {
  const messages = batch.map(({ task, bytes }) => ({
    bytes,
    flags: restorableFlags(task.flags, rules.permanentFlags, rules.keepDeleted),
    internalDateMs: task.internalDateMs,
  }))
  const outcome = await append(messages)
  if (outcome.kind === 'appended') {
    const { uidValidity, uids } = outcome
    const results = batch.map(
      ({ task }, n) => [task, { state: 'restored', uidValidity, uid: uids[n] ?? null }] as const,
    )
    return { results, left: [], stop: null, folderRefused: null }
  }
  const [only] = batch
  if (batch.length === 1 && only !== undefined) return refuse(only, outcome.refusal)
  const middle = Math.ceil(batch.length / 2)
  const first = await addBatch(append, batch.slice(0, middle), rules)
  if (first.stop !== null || first.folderRefused !== null)
    return { ...first, left: [...first.left, ...batch.slice(middle)] }
  const second = await addBatch(append, batch.slice(middle), rules)
  return { ...second, results: [...first.results, ...second.results] }
}

function refuse({ task, bytes }: Loaded, refusal: Refusal): Added {
  const reason = classifyRefusal(refusal, traitsOf(bytes))
  const words = refusal.code === null ? refusal.words : `[${refusal.code}] ${refusal.words}`
  if (reason === 'over_quota') {
    const stop = {
      reason,
      words: `The mailbox is full; the server says: ${withoutTiming(refusal.words)}. Give it more room, or restore less.`,
    } as const
    return { results: [], left: [{ task, bytes }], stop, folderRefused: null }
  }
  return {
    results: [[task, { state: 'refused', reason, words }]],
    left: [],
    stop: null,
    folderRefused: concernsFolder(reason) ? { reason, words } : null,
  }
}

/** Dovecot ends its answers with how long it took: `(0.001 + 0.000 secs).` */
function withoutTiming(words: string): string {
  return words.replace(/ ?\([\d.]+ \+ [^()]*secs\)\.?$/, '').replace(/\.$/, '')
}
