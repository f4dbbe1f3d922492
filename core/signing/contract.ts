import { z } from 'zod'
import { command, feature, nothing, query } from '../contract/define.ts'
import { deskSignature } from './types.ts'

/** What is known of the desk's signing key. `lost`: the key was made, but the secret store no longer has it. */
const signingStatus = z.strictObject({
  state: z.enum(['ready', 'locked', 'none', 'lost']),
  /** Null where no key was made yet. A lost key's public half stays known: old signatures still verify. */
  publicKeyPem: deskSignature.shape.publicKeyPem.nullable(),
  fingerprint: deskSignature.shape.fingerprint.nullable(),
})
export type SigningStatus = z.infer<typeof signingStatus>

/** The key with which this desk signs what it hands over. */
export const signingContract = feature(
  'signing',
  {
    status: query('The public key with which this desk signs, and its fingerprint.', nothing, signingStatus),
    renew: command(
      'Make a new signing key; without one it is the first. What the old key signed still verifies.',
      nothing,
      signingStatus,
      () => 'signing',
    ),
  },
  { changed: nothing },
)
