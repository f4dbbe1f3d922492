/** One message in a folder of the scripted server. */
export interface StoredMessage {
  readonly uid: number
  readonly raw: Buffer
  readonly flags: Set<string>
  readonly storedAt: Date
}

export interface StoredFolder {
  readonly name: string
  /** RFC 6154, such as `\Sent`; empty for none. */
  readonly specialUse: string
  messages: readonly StoredMessage[]
  uidNext: number
}

/** The mailbox behind the scripted IMAP and SMTP servers of one world. */
export interface MailStore {
  readonly folders: readonly StoredFolder[]
  folder(name: string): StoredFolder | undefined
  /** Stores a message and answers with its UID. */
  add(folder: string, raw: Buffer, flags?: readonly string[]): number
}

/** The folders that a healthy account has. */
export const healthyFolders: readonly (readonly [name: string, specialUse: string])[] = [
  ['INBOX', ''],
  ['Sent', '\\Sent'],
  ['Drafts', '\\Drafts'],
  ['Junk', '\\Junk'],
  ['Trash', '\\Trash'],
  ['Archive', '\\Archive'],
]

/** An empty mailbox with these folders. */
export function createMailStore(folders = healthyFolders): MailStore {
  const stored = folders.map(([name, specialUse]): StoredFolder => ({
    name,
    specialUse,
    messages: [],
    uidNext: 1,
  }))
  const folder = (name: string) => stored.find((one) => one.name.toUpperCase() === name.toUpperCase())
  return {
    folders: stored,
    folder,
    add(name, raw, flags = []) {
      const target = folder(name)
      if (target === undefined) throw new Error(`no folder ${name}`)
      const uid = target.uidNext++
      target.messages = [...target.messages, { uid, raw, flags: new Set(flags), storedAt: new Date() }]
      return uid
    },
  }
}
