import { z } from 'zod'

/**
 * What a server said to a sign-in. A refusal is a result, not a failure: `responseCode` is the IMAP response
 * code of RFC 9051 section 7.1 (`AUTHENTICATIONFAILED`, `EXPIRED`, ...), `response` the server's own text.
 */
export const signInCheck = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('accepted'), durationMs: z.number() }),
  z.strictObject({
    outcome: z.literal('refused'),
    responseCode: z.string().nullable(),
    response: z.string(),
    durationMs: z.number(),
  }),
  /** No sign-in was tried; nothing can be said about the password. `code` is an `AppErrorCode`. */
  z.strictObject({
    outcome: z.literal('unreachable'),
    code: z.string(),
    sentence: z.string(),
    durationMs: z.number(),
  }),
  z.strictObject({
    outcome: z.literal('not_tried'),
    reason: z.enum(['no_server', 'no_secret', 'vault_locked']),
  }),
])
export type SignInCheck = z.infer<typeof signInCheck>
