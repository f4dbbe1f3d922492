import { compareMessages, isHarmless } from '../../../../core/restore/compare.ts'
import { findPresent } from '../../../../core/restore/present.ts'
import type { TargetMark } from '../../../../core/restore/present.ts'
import type { ArchiveSource } from '../../archive/index.ts'
import type { MailTarget } from '../ports.ts'
import type { Result, Task } from './types.ts'

/** What a folder of the target has of some tasks, and which are missing. */
export interface Compared {
  readonly there: readonly (readonly [Task, Result])[]
  readonly missing: readonly Task[]
}

/**
 * Looks at what a folder has: by the ledger, by marks, and where these leave a doubt by fetching and comparing
 * bytes. Where a server had to change a message (line ends, NUL bytes), it is still that message.
 */
export async function compareFolder(
  source: ArchiveSource,
  target: MailTarget,
  folder: { readonly path: string; readonly uidValidity: string; readonly marks: readonly TargetMark[] },
  tasks: readonly Task[],
  ledger: ReadonlyMap<number, string>,
): Promise<Compared> {
  const there: (readonly [Task, Result])[] = []
  const missing: Task[] = []
  const taken = new Set<number>()
  for (const presence of findPresent(tasks, folder.marks, ledger)) {
    const { wanted } = presence
    if (presence.kind === 'missing') missing.push(wanted)
    else if (presence.kind === 'there') {
      const { uid, knownBy } = presence
      there.push([wanted, { state: 'already_there', uidValidity: folder.uidValidity, uid, knownBy }])
    } else {
      const left = presence.candidates.filter((uid) => !taken.has(uid))
      const uid = await findSame(source, target, folder.path, wanted, left)
      if (uid === null) missing.push(wanted)
      else {
        taken.add(uid)
        const result = {
          state: 'already_there',
          uidValidity: folder.uidValidity,
          uid,
          knownBy: 'bytes',
        } as const
        there.push([wanted, result])
      }
    }
  }
  return { there, missing }
}

/** Which of some messages of the target is this one; null: none of them. */
async function findSame(
  source: ArchiveSource,
  target: MailTarget,
  path: string,
  wanted: Task,
  candidates: readonly number[],
): Promise<number | null> {
  if (candidates.length === 0) return null
  const [own] = await source.read([wanted.message.place])
  // A message that cannot be read cannot be compared either; it is reported when it is to be added.
  if (own?.bytes == null) return null
  let found: number | null = null
  for await (const { uid, bytes } of target.fetch(path, candidates)) {
    if (found !== null) continue
    const difference = compareMessages(own.bytes, bytes)
    if (difference === null || isHarmless(difference)) found = uid
  }
  return found
}
