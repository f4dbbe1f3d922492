import type { FetchMessageObject, MessageStructureObject } from 'imapflow'
import type { AttachmentFact, MessageFact } from '../../../core/care/types.ts'

/** What is asked of each message: no body, and nothing that sets \Seen. */
export const factItems = {
  uid: true,
  flags: true,
  size: true,
  internalDate: true,
  envelope: true,
  bodyStructure: true,
} as const

const maxParts = 500
const maxDepth = 20
const maxText = 500

/** What a server tells of a message, with limits on everything that a sender could have made long. */
export function toFact(message: FetchMessageObject): MessageFact {
  const date = message.internalDate === undefined ? NaN : new Date(message.internalDate).getTime()
  const [from] = message.envelope?.from ?? []
  const address = from?.address ?? ''
  const name = from?.name ?? ''
  return {
    uid: message.uid,
    sizeBytes: message.size ?? 0,
    internalDateMs: Number.isNaN(date) ? null : date,
    flags: [...(message.flags ?? [])].filter((flag) => flag !== '\\Recent').toSorted(),
    from: (name === '' ? address : `${name} <${address}>`).slice(0, maxText),
    subject: (message.envelope?.subject ?? '').slice(0, maxText),
    messageId: message.envelope?.messageId?.slice(0, 998) ?? null,
    attachments: message.bodyStructure === undefined ? [] : attachmentsOf(message.bodyStructure),
    emailId: message.emailId ?? null,
  }
}

/** Parts that are files: named, or declared to be attachments. Pictures within HTML that have no name are not. */
function attachmentsOf(root: MessageStructureObject): readonly AttachmentFact[] {
  const found: AttachmentFact[] = []
  let seen = 0
  const visit = (part: MessageStructureObject, depth: number): void => {
    if (++seen > maxParts || depth > maxDepth) return
    for (const child of part.childNodes ?? []) visit(child, depth + 1)
    if (part.childNodes !== undefined) return
    const name = part.dispositionParameters?.['filename'] ?? part.parameters?.['name'] ?? ''
    if (name === '' && part.disposition?.toLowerCase() !== 'attachment') return
    const mediaType = part.type.toLowerCase().slice(0, 100)
    found.push({ name: name.slice(0, 255), mediaType, sizeBytes: part.size ?? 0 })
  }
  visit(root, 0)
  return found
}
