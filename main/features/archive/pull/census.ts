import type { PullFailure } from '../../../../core/archive/types.ts'
import type { FolderState } from '../../../../db/archive-index/sync.ts'
import type { SourceMarks, SourceState } from '../ports.ts'
import type { Present } from './present.ts'
import type { SourceSession } from './session.ts'

/** What is to be done about a folder, found without fetching any mail. */
export interface Census {
  /** UIDs to fetch, ascending. */
  readonly wanted: readonly number[]
  /** UIDs that the archive holds and the server does not have any more. */
  readonly left: readonly number[]
  /** Flags and labels as they are now, of the messages that are held and may have changed. */
  readonly marks: ReadonlyMap<number, SourceMarks>
}

interface CensusInput {
  readonly session: SourceSession
  readonly path: string
  readonly known: FolderState
  readonly state: SourceState
  readonly present: Present
  /** What failed before is tried again. */
  readonly failed: readonly PullFailure[]
}

/**
 * Compares a folder with the archive. Where the server keeps mod-sequences and tells what left (RFC 7162 CONDSTORE,
 * QRESYNC), by what changed since the last pull; when that does not add up to the server's own count, and on all
 * other servers, by the list of all UIDs.
 */
export async function takeCensus(input: CensusInput): Promise<Census> {
  const { known, state } = input
  const sinceKnown = known.uidValidity === state.uidValidity && state.highestModseq !== null
  const since = sinceKnown ? known.highestModseq : null
  return (since === null ? null : await countChanges(input, since)) ?? countAll(input, since)
}

/** By what changed; null when the server does not tell enough, or when its count says otherwise. */
async function countChanges(input: CensusInput, since: string): Promise<Census | null> {
  const { session, path, known, state, present } = input
  const last = known.syncedUidNext - 1
  const changed = last < 1 || since === state.highestModseq ? null : await askChanges(input, last, since)
  if (changed?.vanished === null) return null
  const left = [...new Set(changed?.vanished ?? [])].filter((uid) => present.has(uid)).sort((a, b) => a - b)
  const fresh =
    state.uidNext > known.syncedUidNext
      ? await session.askFolder(path, (folder) =>
          folder.listUids(`${known.syncedUidNext}:${state.uidNext - 1}`),
        )
      : []
  const again = againOf(input).filter((uid) => !(changed?.vanished ?? []).includes(uid))
  const wanted = [...again, ...fresh.filter((uid) => !present.has(uid))]
  const held = present.size - left.length
  const expected = held + wanted.length
  // Removed ones may be there or not: between the two counts lies the truth.
  if (state.messages < expected || state.messages > expected + present.removedCount) return null
  return { wanted: wanted.filter((uid) => !present.isRemoved(uid)), left, marks: changed?.marks ?? new Map() }
}

async function countAll(input: CensusInput, since: string | null): Promise<Census> {
  const { session, path, known, state, present } = input
  const onServer = await session.askFolder(path, (folder) => folder.listUids())
  const from = known.uidValidity === state.uidValidity ? known.syncedUidNext : 1
  const again = new Set(againOf(input))
  const isWanted = (uid: number) =>
    (uid >= from || again.has(uid)) && !present.has(uid) && !present.isRemoved(uid)
  const nothingChanged = since !== null && since === state.highestModseq
  const marks =
    present.lastUid === 0 || nothingChanged ? null : await askChanges(input, present.lastUid, since)
  return {
    wanted: onServer.filter(isWanted),
    left: present.without(onServer),
    marks: marks?.marks ?? new Map(),
  }
}

function askChanges({ session, path }: CensusInput, last: number, since: string | null) {
  return session.askFolder(path, (folder) => folder.listChanges(`1:${last}`, since))
}

function againOf({ failed, state, present }: CensusInput): readonly number[] {
  const uids = failed.filter(({ uidValidity }) => uidValidity === state.uidValidity).map(({ uid }) => uid)
  return uids.filter((uid) => !present.has(uid)).sort((a, b) => a - b)
}
