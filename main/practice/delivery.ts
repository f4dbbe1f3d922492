import { randomUUID } from 'node:crypto'
import { company } from '../../core/practice/people.ts'
import type { PracticeAccount } from './account.ts'

/**
 * Puts a message into mailboxes with the trace fields that a server adds (RFC 5321, 4.4; RFC 8601), and gives
 * the sentence that the sender is answered.
 */
export function deliver(bytes: Buffer, recipients: readonly PracticeAccount[], hostName: string): string {
  const queueId = randomUUID().slice(0, 8)
  const date = new Date().toUTCString().replace('GMT', '+0000')
  for (const account of recipients) {
    const isJunk = account.deliverTo === 'Junk'
    const trace = [
      `Authentication-Results: mx.${company.domain}; spf=pass; dkim=none; dmarc=pass`,
      ...(isJunk ? ['X-Spam-Flag: YES', 'X-Spam-Score: 7.2 (limit of this mailbox: 0.5)'] : []),
      `Received: from ${hostName} by mx.${company.domain} with ESMTPS id ${queueId};`,
      `\t${date}`,
      '',
    ]
    const folder = account.mail.folders.get(account.deliverTo) ?? account.mail.createFolder(account.deliverTo)
    account.mail.append(folder, { bytes: Buffer.concat([Buffer.from(trace.join('\r\n')), bytes]) })
  }
  return `2.0.0 Accepted for delivery as ${queueId}`
}
