import type { FolderUse, GroupUse, HeavyMessage, MessageFact, QuotaUse, ScanReport } from './types.ts'

const dayMs = 86_400_000
const arrivalDays = 90
const keptLargest = 200
const keptGroups = 100
const keptDuplicates = 200
const maxText = 300

/** A folder as a scan starts with it. */
export interface TalliedFolder {
  readonly path: string
  readonly delimiter: string | null
  readonly specialUse: string | null
}

/** Adds up a mailbox message by message; memory grows with senders and Message-IDs, never with bodies. */
export interface Tally {
  /** Counts messages of a folder; of a labelled server each message once, at its first sight. */
  add(folder: TalliedFolder, facts: readonly MessageFact[]): void
  /** A folder that could not be read. */
  fail(folder: TalliedFolder, problem: string): void
  report(quota: QuotaUse | null): ScanReport
}

interface Duplicates {
  readonly subject: string
  readonly from: string
  readonly sizeBytes: number
  copies: number
  readonly folders: Set<string>
}

/** Pure: what a scan found is a fold of the facts. `labelled`: one message is listed in many folders (Gmail). */
export function createTally(nowMs: number, labelled: boolean): Tally {
  const folders: CountedFolder[] = []
  const [senders, years, types] = [createGroups(), createGroups(), createGroups()]
  const seen = new Set<string>()
  const byIdentity = new Map<string, Duplicates>()
  const arrivals = new Map<number, number>()
  let largest: HeavyMessage[] = []
  let notComparable = 0

  const count = (path: string, fact: MessageFact): void => {
    senders.add(senderOf(fact.from), fact.sizeBytes)
    years.add(yearOf(fact.internalDateMs), fact.sizeBytes)
    for (const { mediaType, name, sizeBytes } of fact.attachments)
      types.add(typeOf(mediaType, name), sizeBytes)
    const atMs = fact.internalDateMs
    if (atMs !== null && atMs >= nowMs - arrivalDays * dayMs && atMs <= nowMs) {
      const day = Math.floor(atMs / dayMs) * dayMs
      arrivals.set(day, (arrivals.get(day) ?? 0) + fact.sizeBytes)
    }
    largest.push(toHeavy(path, fact))
    if (largest.length > keptLargest * 8) largest = heaviest(largest)
    const identity = identityOf(fact)
    if (identity === null) notComparable++
    else noteCopy(byIdentity, identity, path, fact)
  }
  return {
    fail: (folder, problem) => folders.push({ folder, messages: 0, sizeBytes: 0, problem }),
    add: (folder, facts) => {
      let use = folders.find((one) => one.folder.path === folder.path)
      if (use === undefined) folders.push((use = { folder, messages: 0, sizeBytes: 0, problem: null }))
      for (const fact of facts) {
        if (labelled && fact.emailId !== null && seen.has(fact.emailId)) continue
        if (labelled && fact.emailId !== null) seen.add(fact.emailId)
        use.messages++
        use.sizeBytes += fact.sizeBytes
        count(folder.path, fact)
      }
    },
    report: (quota) => ({
      ...totalsOf(folders),
      largest: heaviest(largest),
      senders: senders.largest(),
      years: years.byName(),
      attachmentTypes: types.largest(),
      duplicates: { ...summarizeDuplicates(byIdentity), notComparable },
      quota,
      arrivals: [...arrivals].map(([day, sizeBytes]) => ({ dayMs: day, sizeBytes })).sort(byDay),
      labelled,
    }),
  }
}

interface CountedFolder {
  readonly folder: TalliedFolder
  messages: number
  sizeBytes: number
  readonly problem: string | null
}

function totalsOf(folders: readonly CountedFolder[]): Pick<ScanReport, 'messages' | 'sizeBytes' | 'folders'> {
  return {
    messages: folders.reduce((sum, { messages }) => sum + messages, 0),
    sizeBytes: folders.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    folders: folders.map(({ folder, ...own }) => ({ ...folder, ...own, ...withBelow(folder, folders) })),
  }
}

const byDay = (a: { dayMs: number }, b: { dayMs: number }) => a.dayMs - b.dayMs

/** Two messages with the same one are taken for copies. Null: the message has no Message-ID to go by. */
export function identityOf(fact: Pick<MessageFact, 'messageId' | 'sizeBytes'>): string | null {
  return fact.messageId === null || fact.messageId === '' ? null : `${fact.messageId}\n${fact.sizeBytes}`
}

function noteCopy(all: Map<string, Duplicates>, identity: string, path: string, fact: MessageFact): void {
  const known = all.get(identity)
  if (known !== undefined) {
    known.copies++
    known.folders.add(path)
    return
  }
  const { subject, from, sizeBytes } = fact
  const folders = new Set([path])
  all.set(identity, { subject: short(subject), from: short(from), sizeBytes, copies: 1, folders })
}

function summarizeDuplicates(all: ReadonlyMap<string, Duplicates>) {
  const groups = [...all.values()].filter(({ copies }) => copies > 1)
  const extra = (one: Duplicates) => (one.copies - 1) * one.sizeBytes
  return {
    groups: groups
      .toSorted((a, b) => extra(b) - extra(a))
      .slice(0, keptDuplicates)
      .map((one) => ({ ...one, folders: [...one.folders] })),
    extraCopies: groups.reduce((sum, { copies }) => sum + copies - 1, 0),
    extraBytes: groups.reduce((sum, one) => sum + extra(one), 0),
  }
}

function toHeavy(folder: string, fact: MessageFact): HeavyMessage {
  const { uid, subject, from, sizeBytes, internalDateMs, flags, attachments } = fact
  return {
    ...{ folder, uid, sizeBytes, internalDateMs },
    subject: short(subject),
    from: short(from),
    flagged: flags.includes('\\Flagged'),
    attachments: attachments.length,
  }
}

function heaviest(messages: readonly HeavyMessage[]): HeavyMessage[] {
  return messages.toSorted((a, b) => b.sizeBytes - a.sizeBytes).slice(0, keptLargest)
}

function withBelow(
  folder: TalliedFolder,
  all: readonly CountedFolder[],
): Pick<FolderUse, 'allMessages' | 'allBytes'> {
  const prefix = folder.delimiter === null ? null : folder.path + folder.delimiter
  const inside = all.filter(
    (one) => one.folder.path === folder.path || (prefix !== null && one.folder.path.startsWith(prefix)),
  )
  return {
    allMessages: inside.reduce((sum, { messages }) => sum + messages, 0),
    allBytes: inside.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  }
}

function createGroups() {
  const groups = new Map<string, { messages: number; sizeBytes: number }>()
  const list = (): GroupUse[] => [...groups].map(([name, use]) => ({ name, ...use }))
  return {
    add: (name: string, sizeBytes: number) => {
      const use = groups.get(name)
      if (use === undefined) groups.set(name, { messages: 1, sizeBytes })
      else {
        use.messages++
        use.sizeBytes += sizeBytes
      }
    },
    largest: () =>
      list()
        .sort((a, b) => b.sizeBytes - a.sizeBytes)
        .slice(0, keptGroups),
    byName: () => list().sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

/** The address in a From, in lower case; what is no address stays as it came. */
export function senderOf(from: string): string {
  const address = /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from
  return short(address.trim().toLowerCase()) || 'unknown'
}

function yearOf(atMs: number | null): string {
  return atMs === null ? 'unknown' : String(new Date(atMs).getUTCFullYear())
}

/** `application/octet-stream` says nothing, so there the name's ending is what counts. */
function typeOf(mediaType: string, name: string): string {
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase()
  return mediaType === 'application/octet-stream' && ending !== undefined ? `.${ending}` : short(mediaType)
}

const short = (text: string): string => text.slice(0, maxText)
