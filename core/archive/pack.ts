import { z } from 'zod'

/**
 * The pack format, version 2. A pack is a run of zstd frames (RFC 8878). Every record begins with a skippable
 * frame whose content is `MDR1`, the CRC-32 of the JSON (little endian), and the JSON (UTF-8) described here. A
 * `message` record is followed by one data frame that holds one mboxrd entry; the others stand alone. So
 * `zstd -dc` of the packs, in the order of their names, is a valid mbox, and the index can be rebuilt from them.
 */
export const packFormat = 2
/** Any of 0x184D2A50 to 0x184D2A5F is skipped by zstd; this one is ours. */
export const recordMagic = 0x184d2a5d
/** The magic of a zstd data frame. */
export const frameMagic = 0xfd2fb528
/** `MDR1`, little endian. */
export const recordTag = 0x3152444d
/** `MDS1` and `MDS2`, little endian: a record and a data frame of an encrypted archive. */
export const sealedRecordTag = 0x3153444d
export const sealedDataTag = 0x3253444d
/** Magic, length, tag, CRC. */
export const recordHeadBytes = 16
/** Far more than any record needs; a longer one is damage, not data. */
export const maxRecordBytes = 4_000_000
/** A pack that has grown past this is closed and the next one begun. */
export const packTargetBytes = 256 * 1024 * 1024
/** A message larger than this is stored in pieces, so that it can be written, checked and read piece by piece. */
export const largeMessageBytes = 16 * 1024 * 1024
/** How much of an entry goes into one piece. */
export const pieceBytes = 1024 * 1024
/** No piece unpacks to more than this: the first one also holds the separator line. */
export const maxPieceBytes = pieceBytes + 1024

const uidValidity = z.string().max(20)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A message's place on a server: source + folder + UIDVALIDITY + UID (RFC 3501 2.3.1.1). */
export const occurrenceRecord = z.strictObject({
  source: z.string(),
  folder: z.string(),
  uidValidity,
  uid: z.number(),
  flags: z.array(z.string()),
  internalDateMs: z.number().nullable(),
  archivedAtMs: z.number(),
  /** Gmail's labels of the message (X-GM-LABELS); absent where the server has none. */
  labels: z.array(z.string()).optional(),
  /** RFC 8474 EMAILID, or Gmail's X-GM-MSGID: the same message in every folder; absent where the server has none. */
  emailId: z.string().optional(),
  /** RFC 8474 THREADID, or Gmail's X-GM-THRID. */
  threadId: z.string().optional(),
})
export type OccurrenceRecord = z.infer<typeof occurrenceRecord>

/** First in every pack: which archive it belongs to, and its number. */
const packRecord = z.strictObject({
  kind: z.literal('pack'),
  format: z.union([z.literal(1), z.literal(packFormat)]),
  archiveId: z.string(),
  number: z.number(),
  createdAtMs: z.number(),
  /** How often this pack was written anew (retention, new keys); its file keeps its name. */
  generation: z.number().int().min(0).default(0),
  /** The data key of the records that follow; null where they are not encrypted. */
  keyId: z.string().nullable().default(null),
})

/** A folder as the server names it; written when first seen and when it changes. */
const folderRecord = z.strictObject({
  kind: z.literal('folder'),
  source: z.string(),
  path: z.string(),
  delimiter: z.string().nullable(),
  specialUse: z.string().nullable(),
})

/**
 * A stretch of a message that an earlier message has too (an attachment sent to many): `length` bytes of the message
 * `from`, beginning at its byte `start`, belong at byte `at` of this one. In the entry a short line stands there.
 */
const copyRange = z.strictObject({
  from: sha256,
  start: z.number().int().min(0),
  at: z.number().int().min(0),
  length: z.number().int().min(1),
  /** Length of the line that stands in the entry instead. */
  insteadBytes: z.number().int().min(0),
})
export type CopyRange = z.infer<typeof copyRange>

/** A message that the archive did not have yet; its data frame follows. */
const messageRecord = z.strictObject({
  kind: z.literal('message'),
  /** Of the bytes that the server gave. */
  sha256,
  sizeBytes: z.number(),
  /** Length of the data frame that follows, compressed. */
  frameBytes: z.number(),
  /** Length of the mboxrd entry in it. */
  entryBytes: z.number(),
  /** The entry has a line feed after the message that the message has not. */
  newlineAdded: z.boolean(),
  /**
   * A large message is followed by several data frames, one behind the other, which together hold the entry: their
   * lengths, compressed. `frameBytes` is their sum.
   */
  pieces: z.array(z.number().int().min(1)).max(100_000).optional(),
  at: occurrenceRecord,
  /** Stretches of the message that are not in the entry but taken from messages that are stored earlier. */
  copies: z.array(copyRange).optional(),
  /** Stored once more because its first place is damaged: this is its place from now on. */
  replaces: z.literal(true).optional(),
})

/** A message whose bytes the archive has already, in another place or under a new UID. */
const againRecord = z.strictObject({
  kind: z.literal('again'),
  sha256,
  /**
   * `hash`: downloaded and compared; `message-id`: recognised by Message-ID, size and date after renumbering;
   * `email-id`: the server says by its EMAILID that it is the same (RFC 8474).
   */
  matchedBy: z.enum(['hash', 'message-id', 'email-id']),
  at: occurrenceRecord,
})

const flagsRecord = z.strictObject({
  kind: z.literal('flags'),
  source: z.string(),
  folder: z.string(),
  uidValidity,
  uid: z.number(),
  flags: z.array(z.string()),
  labels: z.array(z.string()).optional(),
  atMs: z.number(),
})

/** No longer on the server under these UIDs: removed or moved there, or renumbered and known under new UIDs. */
const goneRecord = z.strictObject({
  kind: z.literal('gone'),
  source: z.string(),
  folder: z.string(),
  uidValidity,
  uids: z.array(z.number()),
  why: z.enum(['not_on_server', 'renumbered']),
  atMs: z.number(),
})

/** Removed from the archive on purpose (retention); what is named here is not archived again by a pull. */
const removedRecord = z.strictObject({
  kind: z.literal('removed'),
  source: z.string(),
  folder: z.string(),
  uidValidity,
  uids: z.array(z.number()),
  /** The ledger entry that says why and by whom. */
  ledgerSeq: z.number().int(),
  atMs: z.number(),
})

export const archiveRecord = z.discriminatedUnion('kind', [
  packRecord,
  folderRecord,
  messageRecord,
  againRecord,
  flagsRecord,
  goneRecord,
  removedRecord,
])
export type ArchiveRecord = z.infer<typeof archiveRecord>
export type MessageRecord = z.infer<typeof messageRecord>
export type FolderRecord = z.infer<typeof folderRecord>
export type GoneRecord = z.infer<typeof goneRecord>
export type FlagsRecord = z.infer<typeof flagsRecord>
export type RemovedRecord = z.infer<typeof removedRecord>

/** The newest version of `archive.json`: 1 has packs of format 1 only; 2 has packs of format 2, and may be encrypted. */
export const archiveCardVersion = 2

/** What every version of the card has. */
export const cardHead = z.looseObject({ format: z.literal('mail-desk-archive'), version: z.number().int() })

/** `archive.json`: says what the folder is. Small, human-readable, and the only file beside packs that matters. */
export const archiveCard = z.strictObject({
  format: z.literal('mail-desk-archive'),
  version: z.number().int(),
  archiveId: z.string(),
  name: z.string(),
  kind: z.enum(['archive', 'bundle']),
  createdAtMs: z.number(),
  /** The archive is encrypted: its keys are in `keys.json`. */
  encryption: z.strictObject({ cipher: z.literal('AES-256-GCM'), sinceMs: z.number() }).optional(),
})
export type ArchiveCard = z.infer<typeof archiveCard>

/** File name of a pack: sorts in the order in which the packs were written. */
export function packName(number: number): string {
  return `pack-${String(number).padStart(6, '0')}.mbox.zst`
}

/** The number in a pack's file name; null for other files. */
export function packNumber(name: string): number | null {
  const match = /^pack-(\d{6,})\.mbox\.zst$/.exec(name)
  return match?.[1] === undefined ? null : Number(match[1])
}
