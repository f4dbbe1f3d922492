import { AppError } from '../../../../core/errors.ts'
import { describeError } from '../../../../core/error-text.ts'
import { describeDrill } from '../../../../core/restore/drill-words.ts'
import { drillRecord, signedDrill } from '../../../../core/restore/drill.ts'
import type { DrillRecord, SignedDrill } from '../../../../core/restore/drill.ts'
import { fingerprintOf, verifySignature } from '../../signing/index.ts'
import type { Signing } from '../../signing/index.ts'

/** Signs a record. Where the desk has no place for a key, the record is kept without a signature and says so. */
export async function signRecord(record: DrillRecord, signing: Pick<Signing, 'sign'>): Promise<SignedDrill> {
  const text = JSON.stringify(record)
  const format = { format: 'mail-desk-signed-drill', version: 1, record: text } as const
  try {
    return { ...format, signature: await signing.sign(Buffer.from(text)), unsignedBecause: null }
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith('secret.')) throw error
    return { ...format, signature: null, unsignedBecause: describeError(error.code, error.details).sentence }
  }
}

/** What a check of a record found. */
export interface DrillCheck {
  readonly valid: boolean
  readonly problem: string | null
  readonly fingerprint: string | null
  readonly summary: string | null
}

/** Checks a record from outside: its form, its signature, and that the key is the one whose fingerprint it names. */
export function checkSigned(json: string): DrillCheck {
  const none = { valid: false, fingerprint: null, summary: null }
  const signed = signedDrill.safeParse(parse(json))
  if (!signed.success) return { ...none, problem: 'This is no signed drill record of Mail Desk.' }
  const record = drillRecord.safeParse(parse(signed.data.record))
  if (!record.success) return { ...none, problem: 'The record in it is not of the form it should have.' }
  const summary = describeDrill(record.data)
  const { signature, unsignedBecause } = signed.data
  if (signature === null)
    return { ...none, summary, problem: `It was never signed: ${unsignedBecause ?? 'no reason given'}` }
  const fingerprint = fingerprintOf(signature.publicKeyPem)
  if (fingerprint !== signature.fingerprint)
    return { ...none, summary, problem: 'The fingerprint is not that of the public key in it.' }
  if (!verifySignature(signature, Buffer.from(signed.data.record)))
    return {
      ...none,
      fingerprint,
      summary,
      problem: 'The signature does not hold: the record was changed after it was signed.',
    }
  return { valid: true, problem: null, fingerprint, summary }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
