import { z } from 'zod'

/** A part of a message that is a file, as BODYSTRUCTURE tells of it (RFC 9051 7.5.2); its bytes are not read. */
export interface AttachmentFact {
  /** '' where the sender gave none. */
  readonly name: string
  /** `application/pdf`, in lower case. */
  readonly mediaType: string
  /** As it is transferred, so base64 counts a third more than the file. */
  readonly sizeBytes: number
}

/** What a server says of a message without its body being read. */
export interface MessageFact {
  readonly uid: number
  readonly sizeBytes: number
  readonly internalDateMs: number | null
  readonly flags: readonly string[]
  readonly from: string
  readonly subject: string
  readonly messageId: string | null
  readonly attachments: readonly AttachmentFact[]
  /** X-GM-MSGID or EMAILID (RFC 8474): one message that is listed in several folders has one. */
  readonly emailId: string | null
}

/** Bytes used and allowed (RFC 9208). `limitBytes` null: there is a count but no limit. */
export const quotaUse = z.strictObject({ usedBytes: z.number(), limitBytes: z.number().nullable() })
export type QuotaUse = z.infer<typeof quotaUse>

/** How much a folder holds. */
export const folderUse = z.strictObject({
  path: z.string(),
  delimiter: z.string().nullable(),
  specialUse: z.string().nullable(),
  messages: z.number(),
  sizeBytes: z.number(),
  /** With the folders below it. */
  allMessages: z.number(),
  allBytes: z.number(),
  /** Why it could not be read; null when it was. */
  problem: z.string().nullable(),
})
export type FolderUse = z.infer<typeof folderUse>

/** A group of messages and what it holds: a sender, a year, a type of attachment. */
export const groupUse = z.strictObject({ name: z.string(), messages: z.number(), sizeBytes: z.number() })
export type GroupUse = z.infer<typeof groupUse>

/** One message of a list, with its place on the server. */
export const heavyMessage = z.strictObject({
  folder: z.string(),
  uid: z.number(),
  subject: z.string(),
  from: z.string(),
  sizeBytes: z.number(),
  internalDateMs: z.number().nullable(),
  flagged: z.boolean(),
  attachments: z.number(),
})
export type HeavyMessage = z.infer<typeof heavyMessage>

/** Messages with the same Message-ID and the same size: very likely, though not proved to be, the same bytes. */
export const duplicateGroup = z.strictObject({
  subject: z.string(),
  from: z.string(),
  copies: z.number(),
  sizeBytes: z.number(),
  folders: z.array(z.string()),
})

/** What a scan found in one mailbox. Lists are the largest so many; totals are of everything that was read. */
export const scanReport = z.strictObject({
  messages: z.number(),
  sizeBytes: z.number(),
  folders: z.array(folderUse),
  largest: z.array(heavyMessage),
  senders: z.array(groupUse),
  /** By the year of INTERNALDATE; `unknown` where the server gave none. */
  years: z.array(groupUse),
  attachmentTypes: z.array(groupUse),
  duplicates: z.strictObject({
    groups: z.array(duplicateGroup),
    /** Copies beyond the first of each group, and what they take. */
    extraCopies: z.number(),
    extraBytes: z.number(),
    /** Messages that have no Message-ID and therefore could not be compared. */
    notComparable: z.number(),
  }),
  quota: quotaUse.nullable(),
  /** Bytes by day of arrival of the last 90 days, oldest first: what the forecast is drawn from. */
  arrivals: z.array(z.strictObject({ dayMs: z.number(), sizeBytes: z.number() })),
  /** The server lists one message under several labels (Gmail); each is counted once. */
  labelled: z.boolean(),
})
export type ScanReport = z.infer<typeof scanReport>

/** A point of a mailbox's history: what was used at a scan. */
export const usePoint = z.strictObject({ atMs: z.number(), usedBytes: z.number() })
export type UsePoint = z.infer<typeof usePoint>
