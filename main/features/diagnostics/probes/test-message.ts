import { randomUUID } from 'node:crypto'
import { domainOf } from '../probe.ts'

/** A message that says what it is, in case it is ever left behind. */
export interface TestMessage {
  readonly messageId: string
  readonly subject: string
  readonly raw: string
}

/** A marked message from a mailbox to itself. Its Message-ID is how it is found again. */
export function makeTestMessage(address: string, purpose: string, nowMs: number): TestMessage {
  const messageId = `<${randomUUID()}.mail-desk-test@${domainOf(address)}>`
  const subject = `Mail Desk test: ${purpose}`
  const raw = [
    `From: <${address}>`,
    `To: <${address}>`,
    `Subject: ${subject}`,
    `Message-ID: ${messageId}`,
    `Date: ${new Date(nowMs).toUTCString().replace('GMT', '+0000')}`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'This message was made by a diagnosis with Mail Desk and is removed by it.',
    'If you can read it, it may be deleted.',
    '',
  ].join('\r\n')
  return { messageId, subject, raw }
}
