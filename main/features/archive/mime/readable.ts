import PostalMime from 'postal-mime'
import type { Attachment, Email } from 'postal-mime'
import { safeFileName } from '../../../../core/archive/bundle.ts'
import type { AttachmentInfo, MessageRow, ReadableMessage } from '../../../../core/archive/types.ts'
import { AppError } from '../../../../core/errors.ts'
import { asBuffer } from '../store/frame.ts'
import { maxWholeBytes } from '../store/reader.ts'
import { findBody, parseHeaders } from './headers.ts'

const maxTextChars = 1_000_000
const maxHtmlChars = 2_000_000
const maxHeaders = 500
const maxAttachments = 1_000
/** Beyond this a message is not parsed for the screen: it would take seconds and hundreds of megabytes. */
const maxParsedBytes = maxWholeBytes
const tooLarge = 'The message is too large to be shown; its source can be read, and it can be exported.'
const maxAttachmentBytes = 25_000_000

const limits = { maxNestingDepth: 50, maxHeadersSize: 1_000_000, attachmentEncoding: 'arraybuffer' } as const

/** A message made readable. A message that cannot be parsed comes back with the reason and its plain headers. */
export async function toReadable(row: MessageRow, message: Uint8Array): Promise<ReadableMessage> {
  const parsed = row.sizeBytes > maxParsedBytes ? tooLarge : await parse(message)
  if (typeof parsed === 'string') return toUnreadable(row, message, parsed)
  const text = parsed.text ?? null
  const html = parsed.html ?? null
  return {
    row,
    headers: parsed.headers
      .slice(0, maxHeaders)
      .map(({ originalKey, value }) => ({ name: originalKey, value })),
    text: text?.slice(0, maxTextChars) ?? null,
    html: html?.slice(0, maxHtmlChars) ?? null,
    truncated: (text?.length ?? 0) > maxTextChars || (html?.length ?? 0) > maxHtmlChars,
    attachments: parsed.attachments.slice(0, maxAttachments).map(toInfo),
    parseProblem: null,
  }
}

/** An attachment's content. Errors: `record.not_found`, `file.too_large`. */
export async function readAttachmentOf(
  message: Uint8Array,
  index: number,
): Promise<{ filename: string; mediaType: string; sizeBytes: number; contentBase64: string }> {
  const parsed = await parse(message)
  const attachment = typeof parsed === 'string' ? undefined : parsed.attachments[index]
  if (attachment === undefined) throw new AppError('record.not_found', { details: { what: 'attachment' } })
  const content = contentOf(attachment)
  const { filename, mediaType, sizeBytes } = toInfo(attachment, index)
  if (sizeBytes > maxAttachmentBytes)
    throw new AppError('file.too_large', { details: { file: filename, limit: '25 MB' } })
  return { filename, mediaType, sizeBytes, contentBase64: content.toString('base64') }
}

async function parse(message: Uint8Array): Promise<Email | string> {
  if (message.length > maxParsedBytes) return tooLarge
  try {
    return await PostalMime.parse(message, limits)
  } catch (error) {
    // Mail may be built to break parsers: the limits above end the attempt, and the reader is told.
    return error instanceof Error ? error.message : String(error)
  }
}

/** A message of which only the plain headers can be shown, and why. */
export function toUnreadable(row: MessageRow, message: Uint8Array, parseProblem: string): ReadableMessage {
  const bytes = asBuffer(message)
  const headers = [...parseHeaders(bytes, 0, findBody(bytes, 0, bytes.length))]
  const fields = headers
    .flatMap(([name, values]) => values.map((value) => ({ name, value })))
    .slice(0, maxHeaders)
  return { row, headers: fields, text: null, html: null, truncated: false, attachments: [], parseProblem }
}

function toInfo(attachment: Attachment, index: number): AttachmentInfo {
  return {
    index,
    filename: attachment.filename == null ? `attachment-${index + 1}` : safeFileName(attachment.filename),
    mediaType: attachment.mimeType,
    sizeBytes: contentOf(attachment).length,
    inline: attachment.related === true || attachment.disposition === 'inline',
    contentId: attachment.contentId ?? null,
  }
}

function contentOf({ content }: Attachment): Buffer {
  if (typeof content === 'string') return Buffer.from(content, 'utf8')
  return content instanceof ArrayBuffer ? Buffer.from(content) : asBuffer(content)
}
