import { z } from 'zod'
import type { InputOf } from '../../../core/contract/index.ts'
import type { DiagnosisSubject } from '../../../core/diagnostics/types.ts'
import { emptyValues, fieldsOf, mailboxShape, valuesOf, withServer } from '../accounts/index.tsx'

/** What the form for any address holds: the settings of a mailbox, and the secret for this run. */
export const adHocFields = withServer(
  mailboxShape.extend({
    /** Empty: the address. */
    username: z.string().trim().max(320),
    secret: z.string().max(20_000),
  }),
)
export type AdHocFields = z.infer<typeof adHocFields>

/** An empty form, or one filled from an earlier run. The secret is never known. */
export function fieldsFrom(subject: DiagnosisSubject | null): AdHocFields {
  const values = subject === null ? emptyValues('') : valuesOf(subject)
  return { ...values, username: values.username === values.address ? '' : values.username, secret: '' }
}

/** The target of a run of these fields. */
export function targetFrom({ secret, ...values }: AdHocFields): InputOf<'diagnostics.start'>['target'] {
  const { address, username, ...servers } = fieldsOf(values)
  return {
    kind: 'adHoc',
    subject: { ...servers, address, username: username === '' ? address : username },
    secret: secret === '' ? null : secret,
  }
}
