/** A message in a folder. Identity: folder + UIDVALIDITY + UID (RFC 9051, 2.3.1.1). */
export interface StoredMessage {
  readonly uid: number
  readonly bytes: Buffer
  readonly internalDateMs: number
  readonly flags: Set<string>
}

/** A folder of one user. `messages` are in ascending order of UID. */
export interface Folder {
  readonly path: string
  /** Special use with its backslash (RFC 6154), or null. */
  readonly specialUse: string | null
  readonly uidValidity: number
  uidNext: number
  messages: readonly StoredMessage[]
  subscribed: boolean
}

/** Where a message goes, with its flags and date of arrival. */
export interface NewMessage {
  readonly bytes: Buffer
  readonly flags?: Iterable<string>
  readonly internalDateMs?: number
}

/** All mail of one user, in memory. Whoever listens is told after every change. */
export interface MailStore {
  readonly folders: ReadonlyMap<string, Folder>
  /** Bytes that fit in; null: no limit. */
  quotaBytes: number | null
  usedBytes(): number
  /** False when the message would exceed the quota: then nothing is stored. */
  fits(sizeBytes: number): boolean
  createFolder(path: string, specialUse?: string | null): Folder
  deleteFolder(path: string): void
  /** Renames a folder and those below it (RFC 9051, 6.3.6). */
  renameFolder(from: string, to: string): void
  /** Puts a message into a folder that exists. The caller has asked `fits`. */
  append(folder: Folder, message: NewMessage): StoredMessage
  remove(folder: Folder, gone: ReadonlySet<StoredMessage>): void
  /** Calls back after changes until the returned function is called. */
  onChange(listener: () => void): () => void
}

const usualFolders: readonly (readonly [string, string | null])[] = [
  ['INBOX', null],
  ['Drafts', '\\Drafts'],
  ['Sent', '\\Sent'],
  ['Archive', '\\Archive'],
  ['Junk', '\\Junk'],
  ['Trash', '\\Trash'],
]

/** Makes a mailbox with the usual folders and nothing in them. `clock` gives the date of arrival. */
export function createMailStore(nowMs: () => number): MailStore {
  const folders = new Map<string, Folder>()
  const listeners = new Set<() => void>()
  let nextUidValidity = Math.floor(nowMs() / 1000)
  const changed = () => listeners.forEach((listener) => listener())
  const store: MailStore = {
    folders,
    quotaBytes: null,
    usedBytes: () =>
      [...folders.values()].flatMap((f) => f.messages).reduce((sum, m) => sum + m.bytes.length, 0),
    fits: (sizeBytes) => store.quotaBytes === null || store.usedBytes() + sizeBytes <= store.quotaBytes,
    createFolder(path, specialUse = null) {
      const uidValidity = nextUidValidity++
      const folder: Folder = { path, specialUse, uidValidity, uidNext: 1, messages: [], subscribed: true }
      folders.set(path, folder)
      return folder
    },
    deleteFolder: (path) => void folders.delete(path),
    renameFolder(from, to) {
      for (const [path, folder] of [...folders]) {
        if (path !== from && !path.startsWith(`${from}/`)) continue
        const renamed = to + path.slice(from.length)
        folders.delete(path)
        folders.set(renamed, { ...folder, path: renamed })
      }
    },
    append(folder, { bytes, flags = [], internalDateMs = nowMs() }) {
      const message: StoredMessage = { uid: folder.uidNext++, bytes, internalDateMs, flags: new Set(flags) }
      folder.messages = [...folder.messages, message]
      changed()
      return message
    },
    remove(folder, gone) {
      folder.messages = folder.messages.filter((message) => !gone.has(message))
      changed()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  for (const [path, specialUse] of usualFolders) store.createFolder(path, specialUse)
  return store
}
