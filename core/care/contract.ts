import { z } from 'zod'
import { command, feature, query, started } from '../contract/define.ts'
import { forecast } from './forecast.ts'
import { junkEndpoints } from './junk-endpoints.ts'
import { planEndpoints } from './plan-endpoints.ts'
import { quotaUse, scanReport } from './types.ts'

const mailboxRef = z.strictObject({ mailboxId: z.string() })

/** A mailbox in the list of care. What was never scanned is null: unknown is not empty. */
export const caredMailbox = z.strictObject({
  mailboxId: z.string(),
  personId: z.string(),
  address: z.string(),
  personName: z.string(),
  hasImap: z.boolean(),
  scan: z
    .strictObject({
      atMs: z.number(),
      messages: z.number(),
      sizeBytes: z.number(),
      quota: quotaUse.nullable(),
      forecast,
      /** Folders that could not be read. */
      failedFolders: z.number(),
    })
    .nullable(),
  /** Runs of plans that were cut off, or that wait for a decision. */
  openItems: z.strictObject({ interrupted: z.number(), previewed: z.number() }),
})
export type CaredMailbox = z.infer<typeof caredMailbox>

const storage = {
  list: query(
    'Mailboxes with their use and forecast at the last scan, what needs attention first.',
    z.strictObject({ text: z.string().max(200).default('') }),
    z.strictObject({ mailboxes: z.array(caredMailbox), total: z.number() }),
  ),
  scan: command(
    'Read what every folder of a mailbox holds; sizes and headers only, nothing changes on the server.',
    mailboxRef,
    started,
    ({ mailboxId }) => `care:${mailboxId}`,
  ),
  storage: query(
    'The last scan of a mailbox, readable offline; null before the first.',
    mailboxRef,
    z.strictObject({
      scan: z
        .strictObject({ atMs: z.number(), report: scanReport, forecast, history: z.number() })
        .nullable(),
    }),
  ),
}

/** Care for live mailboxes: what fills them, clean-ups with proof and a way back, and mail that went to junk. */
export const careContract = feature(
  'care',
  { ...storage, ...planEndpoints, ...junkEndpoints },
  {
    scanned: z.strictObject({ mailboxId: z.string() }),
    plansChanged: z.strictObject({}),
    /** A run of a plan has come further. */
    runChanged: z.strictObject({ runId: z.string() }),
    junkFound: z.strictObject({ runId: z.string() }),
    recovered: z.strictObject({ mailboxId: z.string() }),
  },
)
