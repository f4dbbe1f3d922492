import { AppError } from '../../core/errors.ts'
import type { MailSource } from '../../main/features/archive/ports.ts'

/** How a scripted server treats one message. */
export type Treatment =
  'fine' | 'breaks the connection' | 'is never sent' | 'is gone meanwhile' | 'is sent twice'

/** A server that does as it is told, in one folder named INBOX. UIDs begin at 1. */
export function scriptedSource(
  messages: readonly { readonly bytes: Buffer; readonly treatment?: Treatment; readonly came?: Buffer }[],
) {
  const uids = messages.map((_, i) => i + 1)
  const of = (uid: number) => messages[uid - 1]!
  const inSet = (set: string) => {
    const ranges = set.split(',').map((range) => range.split(':').map(Number))
    return uids.filter((uid) => ranges.some(([first = 0, last = first]) => uid >= first && uid <= last))
  }
  const state = { uidValidity: '7', uidNext: uids.length + 1, messages: uids.length, highestModseq: null }
  let connections = 0
  let alive = true

  const connect = (): Promise<MailSource> => {
    connections++
    alive = true
    return Promise.resolve(source)
  }
  const source: MailSource = {
    offers: { gmailLabels: false, compression: false },
    salvage: (_, uid) => Promise.resolve(of(uid).came ?? new Uint8Array(0)),
    listFolders: () => Promise.resolve([{ path: 'INBOX', delimiter: '/', specialUse: null, state: null }]),
    status: () => Promise.resolve(state),
    open: () =>
      Promise.resolve({
        state,
        listUids: (range) => Promise.resolve(range === undefined ? uids : inSet(range)),
        list: (set) => {
          const alone = !set.includes(':') && !set.includes(',')
          const there = inSet(set).filter((uid) => !(alone && of(uid).treatment === 'is gone meanwhile'))
          const facts = {
            flags: [],
            labels: null,
            internalDateMs: 0,
            messageId: null,
            emailId: null,
            threadId: null,
          }
          return Promise.resolve(there.map((uid) => ({ uid, sizeBytes: of(uid).bytes.length, ...facts })))
        },
        listChanges: () => Promise.resolve({ marks: new Map(), vanished: null }),
        fetchPart: (uid, start, length) =>
          Promise.resolve(new Uint8Array(of(uid).bytes.subarray(start, start + length))),
        fetch: async function* (set) {
          for (const uid of inSet(set)) {
            await Promise.resolve()
            if (!alive) throw new AppError('network.reset', { retryable: true })
            const { bytes, treatment = 'fine' } = of(uid)
            if (treatment === 'breaks the connection') {
              alive = false
              throw new AppError('network.reset', {
                details: { response: 'Internal error occurred' },
                retryable: true,
              })
            }
            if (treatment === 'is never sent' || treatment === 'is gone meanwhile') continue
            yield { uid, bytes }
            if (treatment === 'is sent twice') yield { uid, bytes }
          }
          // What nobody asked for: the last message, as `n:*` brings it, and one that does not exist.
          yield { uid: uids.length, bytes: of(uids.length).bytes }
          yield { uid: 9999, bytes: Buffer.from('nobody asked') }
        },
      }),
    close: () => Promise.resolve(),
  }
  return { connect, connections: () => connections }
}
