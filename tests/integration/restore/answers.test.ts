import { afterEach, expect, it } from 'vitest'
import { AppError } from '../../../core/errors.ts'
import { Secret } from '../../../main/lib/secret.ts'
import { connectMailTarget } from '../../../main/protocols/imap/mail-target.ts'
import { labMailbox } from '../../helpers/archive.ts'
import { startScriptedImap } from '../../helpers/scripted-imap.ts'
import type { ScriptedImap } from '../../helpers/scripted-imap.ts'

let server: ScriptedImap
afterEach(() => server[Symbol.asyncDispose]())

const message = { bytes: Buffer.from('Subject: x\r\n\r\nbody\r\n'), flags: ['\\Seen'], internalDateMs: 0 }

/** What a restore is told when the server answers the offer of a message like this. */
async function answered(answer: string): Promise<unknown> {
  server = await startScriptedImap({ INBOX: { uidValidity: 1, messages: [] } })
  server.mischief = ({ name, tag, socket }) => {
    if (name !== 'APPEND') return false
    socket.write(`${tag} ${answer}\r\n`)
    return true
  }
  const target = await connectMailTarget(
    labMailbox('a@x', server.port),
    new Secret('pw'),
    new AbortController().signal,
  )
  try {
    return await target.append('INBOX', [message]).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error
      return [error.code, error.retryable, error.details['backoffMs'] ?? null]
    })
  } finally {
    await target.close()
  }
}

it.each([
  ['NO [THROTTLED] Slow down', ['imap.throttled', true, null]],
  ['NO Rate limit hit, try again later', ['imap.throttled', true, null]],
  ['NO [UNAVAILABLE] Backend is away', ['imap.unavailable', true, null]],
  // imapflow waits out such a short one itself before it says so.
  ['BAD Request is throttled. Suggested Backoff Time: 20 milliseconds', ['imap.throttled', true, null]],
])('A server that says “%s” is to be asked again.', async (answer, told) => {
  expect(await answered(answer)).toEqual(told)
})

it.each([
  ['NO [OVERQUOTA] Mailbox is full', 'OVERQUOTA', 'Mailbox is full'],
  ['NO [TRYCREATE] No such mailbox', 'TRYCREATE', 'No such mailbox'],
  ['BAD Line too long', null, 'Line too long'],
])(
  'A server that says “%s” has refused the message, and its words are kept.',
  async (answer, code, words) => {
    expect(await answered(answer)).toEqual({ kind: 'refused', refusal: { code, words } })
  },
)
