import MailComposer from 'nodemailer/lib/mail-composer'
import type { OutgoingReply } from '../../features/tickets/ports.ts'

/**
 * A reply as the message that leaves (RFC 5322, MIME). Message-ID and Date are those of the reply itself, so
 * that a second attempt is the same message; In-Reply-To and References keep it in its thread.
 */
export function composeReply(message: OutgoingReply, fromAddress: string): Promise<Buffer> {
  const { reply, references } = message
  const last = references.at(-1)
  const composer = new MailComposer({
    from: { name: message.fromName, address: fromAddress },
    to: reply.to,
    subject: message.subject,
    text: reply.body,
    date: new Date(reply.atMs),
    messageId: reply.messageId,
    ...(last !== undefined && { inReplyTo: last, references: [...references] }),
    attachments: message.attachments.map(({ name, mediaType, bytes }) => ({
      filename: name,
      contentType: mediaType,
      content: Buffer.from(bytes),
    })),
    // A reply is text and kept bytes: nothing in it may make the program read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}
