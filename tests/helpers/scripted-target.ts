import { AppError } from '../../core/errors.ts'
import type { Refusal } from '../../core/restore/refusal.ts'
import type { AppendMessage, MailTarget } from '../../main/features/restore/ports.ts'

/** What a scripted target does with one APPEND; `lost_after`: it takes the messages and the answer never comes. */
export type AppendAct = 'take' | 'throttle' | 'lost_before' | 'lost_after' | { readonly refuse: Refusal }

/** A mailbox that does as it is told, APPEND by APPEND; what it holds can be looked at. */
export function scriptedTarget(
  script: (messages: readonly AppendMessage[], count: number) => AppendAct,
  options: { readonly batchMessages?: number; readonly uidPlus?: boolean } = {},
) {
  const held = new Map<string, { readonly uid: number; readonly message: AppendMessage }[]>([['INBOX', []]])
  let appends = 0
  let connections = 0
  let nextUid = 1
  const folder = (path: string) => held.get(path) ?? []
  const take = (path: string, messages: readonly AppendMessage[]) =>
    messages.map((message) => {
      const uid = nextUid++
      held.set(path, [...folder(path), { uid, message: { ...message, bytes: message.bytes.slice() } }])
      return options.uidPlus === false ? null : uid
    })
  const target: MailTarget = {
    abilities: {
      largestBytes: null,
      undoable: options.uidPlus !== false,
      batchMessages: options.batchMessages ?? 10,
    },
    names: () =>
      Promise.resolve({
        delimiter: '/',
        namespace: '',
        folders: [...held.keys()].map((path) => ({ path, specialUse: null })),
      }),
    quota: () => Promise.resolve(null),
    createFolder: (path) => {
      held.set(path, [])
      return Promise.resolve(null)
    },
    deleteFolder: (path) => {
      held.delete(path)
      return Promise.resolve()
    },
    state: (path) =>
      Promise.resolve({
        uidValidity: '9',
        messages: folder(path).length,
        permanentFlags: ['\\*', '\\Seen'],
        readOnly: false,
      }),
    listMarks: (path) =>
      Promise.resolve(
        folder(path).map(({ uid, message }) => ({
          ...{ uid, sizeBytes: message.bytes.length, internalDateMs: message.internalDateMs, hashes: [] },
          messageId: /^Message-ID: (\S+)/im.exec(Buffer.from(message.bytes).toString('latin1'))?.[1] ?? null,
        })),
      ),
    append: async (path, messages) => {
      await Promise.resolve()
      const act = script(messages, appends++)
      if (act === 'throttle')
        throw new AppError('imap.throttled', { details: { backoffMs: 1 }, retryable: true })
      if (act === 'lost_before') throw new AppError('network.reset', { retryable: true })
      if (typeof act === 'object') return { kind: 'refused', refusal: act.refuse }
      const uids = take(path, messages)
      if (act === 'lost_after') throw new AppError('network.reset', { retryable: true })
      return { kind: 'appended', uidValidity: options.uidPlus === false ? null : '9', uids }
    },
    fetch: async function* (path, uids) {
      for (const { uid, message } of folder(path))
        if (uids.includes(uid)) yield await Promise.resolve({ uid, bytes: message.bytes })
    },
    remove: () => Promise.resolve(0),
    close: () => Promise.resolve(),
  }
  return {
    connect: () => {
      connections++
      return Promise.resolve(target)
    },
    /** The subjects in a folder, sorted. */
    subjects: (path: string) =>
      folder(path)
        .map(({ message }) =>
          /^Subject: (.*)$/im.exec(Buffer.from(message.bytes).toString('latin1'))?.[1]?.trim(),
        )
        .toSorted(),
    connections: () => connections,
  }
}
