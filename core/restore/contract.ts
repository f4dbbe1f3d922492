import { z } from 'zod'
import { command, feature, nothing, query, started } from '../contract/define.ts'
import { drillRequest, drillSummary, signedDrill } from './drill.ts'
import { itemState, restoreItem, restorePreview, restoreRequest, restoreSummary } from './types.ts'

const restoreRef = z.strictObject({ restoreId: z.string() })
const drillRef = z.strictObject({ drillId: z.string() })
const begun = started.extend({ restoreId: z.string() })

const restoring = {
  preview: query(
    'Where each folder would go, how much that is, and whether it fits; asks the target for its folders only.',
    restoreRequest,
    restorePreview,
  ),
  start: command(
    'Restore messages, folders or a whole archive to a mailbox or to files. What is there already is not added.',
    restoreRequest.extend({
      /** Looks into the target’s folders and says what would be done, without doing it. */
      dryRun: z.boolean().default(false),
    }),
    begun,
  ),
  resume: command('Go on with a restore that stopped; nothing is added twice.', restoreRef, begun),
  undo: command(
    'Remove from the target what a restore added to it; what was there before stays.',
    restoreRef,
    started,
  ),
  get: query('One restore.', restoreRef, restoreSummary),
  list: query(
    'Restores of an archive, newest first.',
    z.strictObject({ archiveId: z.string(), limit: z.number().int().min(1).max(200).default(20) }),
    z.strictObject({ restores: z.array(restoreSummary) }),
  ),
  items: query(
    'Message by message, what a restore did; by state, a page at a time.',
    restoreRef.extend({
      states: z.array(itemState).max(10).default([]),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    z.strictObject({
      total: z.number(),
      items: z.array(restoreItem),
      counts: z.partialRecord(itemState, z.number()),
    }),
  ),
}

const drilling = {
  drill: command(
    'Restore a sample into a scratch folder, fetch it back, compare, measure, clean up, keep a signed record.',
    drillRequest,
    started.extend({ drillId: z.string() }),
  ),
  drills: query(
    'Drills of an archive, newest first.',
    z.strictObject({ archiveId: z.string(), limit: z.number().int().min(1).max(200).default(20) }),
    z.strictObject({ drills: z.array(drillSummary) }),
  ),
  drillRecord: query('The signed record of a drill, as it was signed.', drillRef, signedDrill),
  exportDrill: command(
    'Write a drill’s signed record as JSON, and beside it as a page for people.',
    drillRef.extend({ destination: z.string().max(4000).nullable().default(null) }),
    z.strictObject({ json: z.string(), html: z.string() }),
  ),
  verifyDrill: query(
    'Check a signed drill record from a file: the signature, and that it says what it says.',
    z.strictObject({ path: z.string().min(1).max(4000) }),
    z.strictObject({
      valid: z.boolean(),
      problem: z.string().nullable(),
      fingerprint: z.string().nullable(),
      summary: z.string().nullable(),
    }),
  ),
  cleanUp: command(
    'Remove scratch folders that a drill left behind.',
    nothing,
    z.strictObject({ removed: z.number(), left: z.array(z.string()) }),
    () => 'restore:cleanup',
  ),
}

/** Restore mail, and prove by drills that it can be restored. */
export const restoreContract = feature(
  'restore',
  { ...restoring, ...drilling },
  {
    /** A restore began, ended or was taken back. */
    changed: z.strictObject({ restoreId: z.string(), archiveId: z.string() }),
    drillChanged: z.strictObject({ drillId: z.string(), archiveId: z.string() }),
  },
)
