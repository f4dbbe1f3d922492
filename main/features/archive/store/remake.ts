import type { CopyRange, MessageRecord } from '../../../../core/archive/pack.ts'
import type { MessagePart } from '../../../../db/archive-index/apply.ts'
import type { PartPlace } from '../../../../db/archive-index/parts.ts'
import { summarize } from '../mime/summary.ts'
import { encodeMessage, encodeRecord } from './frame.ts'
import type { Prepared } from './prepare.ts'
import { createSharing } from './share.ts'

/** A message as it is stored from now on, with what it copies and what others may copy from it. */
export interface Remade {
  readonly prepared: Prepared
  readonly copies: readonly CopyRange[]
  readonly parts: readonly MessagePart[]
}

/**
 * Stores messages of one pack anew that copied from one that is removed: the first of them whole, those behind it
 * copy from that one. Begin a new one for each pack; packs are written anew from the last to the first, and nothing
 * may copy from a later one. `readMessage` reads by hash.
 */
export function createRemake(readMessage: (sha256: string) => Uint8Array): (record: MessageRecord) => Remade {
  const origins = new Map<string, PartPlace>()
  let last: { readonly sha256: string; readonly bytes: Uint8Array } | null = null
  const read = (sha256: string): Uint8Array => {
    if (last?.sha256 !== sha256) last = { sha256, bytes: readMessage(sha256) }
    return last.bytes
  }
  return (record) => {
    const { sha256, at } = record
    const message = readMessage(sha256)
    const sharing = createSharing(
      (mark) => origins.get(keyOf(mark)) ?? null,
      ({ from, start, length }) => read(from).subarray(start, start + length),
    )
    const { cut, copies, parts } = sharing.share(message, sha256)
    for (const { mark, start, length } of parts)
      if (!origins.has(keyOf(mark))) origins.set(keyOf(mark), { from: sha256, start, length })
    const summary = summarize(message)
    const { frame, entryBytes, newlineAdded } = encodeMessage(cut, summary.senderAddress, at.internalDateMs)
    const stored = { ...record, frameBytes: frame.length, entryBytes, newlineAdded }
    const remade: MessageRecord = { ...stored, copies: copies.length === 0 ? undefined : [...copies] }
    return {
      prepared: { record: remade, head: encodeRecord(remade), frames: [frame], summary },
      copies,
      parts,
    }
  }
}

const keyOf = (mark: Uint8Array): string => Buffer.from(mark).toString('latin1')
