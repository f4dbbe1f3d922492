import { z } from 'zod'
import { command, nothing, query, started } from '../contract/define.ts'
import { legalHold, retentionEffect, retentionRule } from './retention.ts'

const archiveRef = z.strictObject({ archiveId: z.string() })
const byArchive = (input: { readonly archiveId: string }) => `archive:${input.archiveId}`
const who = z.string().trim().min(1).max(200)
const why = z.string().trim().min(1).max(2000)

/** How long mail is kept, and what is kept whatever the rules say. */
export const retentionEndpoints = {
  retention: query(
    'Retention rules of an archive, the holds that stand in it, and whether a removal was cut off.',
    archiveRef,
    z.strictObject({
      rules: z.array(retentionRule),
      holds: z.array(legalHold),
      /** Packs that a removal has still to write anew: their removed mail is out of sight but still on the disk. */
      unfinishedPacks: z.number(),
    }),
  ),
  saveRule: command(
    'Add a retention rule, or change one. It removes nothing by itself.',
    retentionRule.extend({ ruleId: z.string().nullable() }),
    retentionRule,
    byArchive,
  ),
  removeRule: command(
    'Remove a retention rule. What it removed stays removed.',
    archiveRef.extend({ ruleId: z.string() }),
    nothing,
    byArchive,
  ),
  placeHold: command(
    'Keep mail whatever the rules say, until the hold is lifted. Written into the archive itself.',
    legalHold
      .omit({ holdId: true, placedAtMs: true })
      .extend({ archiveId: z.string(), by: who, reason: why }),
    legalHold,
    byArchive,
  ),
  liftHold: command(
    'Lift a hold, with who decides it and why.',
    archiveRef.extend({ holdId: z.string(), by: who, reason: why }),
    nothing,
    byArchive,
  ),
  simulateRetention: query(
    'What a rule would remove now, what a hold keeps, and how much space would come back. Changes nothing.',
    archiveRef.extend({ ruleId: z.string() }),
    retentionEffect,
  ),
  applyRetention: command(
    'Remove what a simulation showed, from packs, index and text index; refused when it would be something else by now.',
    archiveRef.extend({ ruleId: z.string(), fingerprint: z.string(), by: who }),
    started,
  ),
  finishRemoval: command(
    'Go on with a removal that was cut off: its mail is out of sight already, and leaves the disk now.',
    archiveRef,
    started,
  ),
}
