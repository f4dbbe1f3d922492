import { parseRecoveryKey } from '../../../../core/archive/recovery-key.ts'
import { AppError } from '../../../../core/errors.ts'

/** The bytes of a recovery key as somebody typed it. Errors: `archive.recovery_key_mistyped`, with what is wrong. */
export function readRecoveryKey(typed: string): Uint8Array {
  const parsed = parseRecoveryKey(typed)
  if (parsed.ok) return parsed.bytes
  const problem =
    parsed.problem === 'length'
      ? `A recovery key has 13 groups of five characters; this one has ${parsed.groups} whole groups.`
      : `There is a typing error in group ${parsed.group} of the recovery key.`
  throw new AppError('archive.recovery_key_mistyped', { details: { problem } })
}
