import { z } from 'zod'
import { command, query, started } from '../contract/define.ts'
import { junkCriteria, junkLook, junkMessage } from './junk.ts'

/** A message that was moved out of junk, why, and where it is now. */
export const recovery = z.strictObject({
  recoveryId: z.string(),
  mailboxId: z.string(),
  address: z.string(),
  fromFolder: z.string(),
  toFolder: z.string(),
  from: z.string(),
  subject: z.string(),
  messageId: z.string().nullable(),
  reason: z.string(),
  ticketId: z.string().nullable(),
  /** `moving`: written down before the server was asked; nobody knows yet whether it moved. */
  state: z.enum(['moving', 'moved', 'copied', 'failed', 'undone']),
  note: z.string().nullable(),
  atMs: z.number(),
})
export type Recovery = z.infer<typeof recovery>

const place = { mailboxId: z.string(), folder: z.string().max(1000), uidValidity: z.string().max(20) }

/** Looking through junk folders, and moving mail back. */
export const junkEndpoints = {
  findJunk: command(
    'Look through the junk folders of mailboxes for a sender, words of the subject or a Message-ID.',
    z.strictObject({ mailboxIds: z.array(z.string()).min(1).max(1000), criteria: junkCriteria }),
    started,
  ),
  junk: query(
    'What a look through junk folders has found so far.',
    z.strictObject({ runId: z.string() }),
    z.strictObject({
      criteria: junkCriteria,
      atMs: z.number(),
      looks: z.array(junkLook),
      messages: z.array(junkMessage),
    }),
  ),
  junkHeader: query(
    'The header of a message as the server has it, at most 64 kB. Reading it changes nothing.',
    z.strictObject({ ...place, uid: z.number().int() }),
    z.strictObject({ text: z.string(), truncated: z.boolean() }),
  ),
  recover: command(
    'Move messages out of junk, with the reason kept; linked to a ticket where one is named.',
    z.strictObject({
      ...place,
      uids: z.array(z.number().int().min(1)).min(1).max(500),
      toFolder: z.string().min(1).max(1000).default('INBOX'),
      reason: z.string().trim().min(1).max(1000),
      ticketId: z.string().max(100).nullable().default(null),
      /** Take $Junk off and set $NotJunk, where the server keeps such keywords. */
      tellFilter: z.boolean().default(true),
    }),
    z.strictObject({ recoveries: z.array(recovery) }),
    ({ mailboxId }) => `care:${mailboxId}`,
  ),
  undoRecovery: command(
    'Move a message back to the folder from which it was recovered.',
    z.strictObject({ recoveryId: z.string() }),
    recovery,
    ({ recoveryId }) => `care:recovery:${recoveryId}`,
  ),
  recoveries: query(
    'Mail that was moved out of junk, newest first.',
    z.strictObject({
      mailboxId: z.string().nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    z.strictObject({ recoveries: z.array(recovery) }),
  ),
}
