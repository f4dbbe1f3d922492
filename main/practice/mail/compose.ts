import { charsetFor, encodeText } from './charsets.ts'

/** A correspondent: anybody with a name and an address. */
export interface Correspondent {
  readonly name: string
  readonly address: string
}

/** A file that goes with a message. */
export interface Attached {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Buffer
}

/** What a message says; `composeMessage` turns it into bytes. */
export interface Draft {
  readonly from: Correspondent
  readonly to: readonly Correspondent[]
  readonly subject: string
  readonly sentAtMs: number
  readonly messageId: string
  readonly references?: readonly string[]
  readonly text: string
  /** An HTML version beside the text. */
  readonly html?: string
  readonly attachments?: readonly Attached[]
  readonly charset?: string
  /** Further header lines, complete, without line end. */
  readonly extraHeaders?: readonly string[]
}

/** A message as bytes with CRLF (RFC 5322, MIME). */
export function composeMessage(draft: Draft): Buffer {
  const { from, to, subject, sentAtMs, messageId, references = [], charset = 'utf-8' } = draft
  const header = [
    ...(draft.extraHeaders ?? []),
    `From: ${mailbox(from)}`,
    `To: ${to.map(mailbox).join(',\r\n ')}`,
    `Subject: ${encodeWords(subject, charset)}`,
    `Date: ${new Date(sentAtMs).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`,
    ...(references.length === 0
      ? []
      : [`In-Reply-To: ${references.at(-1) ?? ''}`, `References: ${references.join('\r\n ')}`]),
    'MIME-Version: 1.0',
  ]
  return Buffer.from([...header, ...body(draft, charset)].join('\r\n'))
}

/** Header text beyond ASCII as encoded words that stay under 75 characters (RFC 2047). */
export function encodeWords(text: string, wanted = 'utf-8'): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  const charset = charsetFor(text, wanted)
  const chunks = text.match(/.{1,12}/gsu) ?? []
  return chunks
    .map((chunk) => `=?${charset}?B?${encodeText(chunk, charset).toString('base64')}?=`)
    .join('\r\n ')
}

function mailbox({ name, address }: Correspondent): string {
  return /^[\w .'-]*$/.test(name) ? `${name} <${address}>` : `${encodeWords(name)} <${address}>`
}

function body(draft: Draft, charset: string): string[] {
  const { text, html, attachments = [] } = draft
  const plain = textPart('plain', text, charset)
  const readable =
    html === undefined ? plain : multipart('alternative', 'alt', [plain, textPart('html', html, 'utf-8')])
  if (attachments.length === 0) return readable
  return multipart('mixed', 'mix', [readable, ...attachments.map(attachmentPart)])
}

function textPart(subtype: string, text: string, wanted: string): string[] {
  const charset = charsetFor(text, wanted)
  const bytes = encodeText(text.replace(/\r?\n/g, '\r\n'), charset)
  return [
    `Content-Type: text/${subtype}; charset=${charset}`,
    'Content-Transfer-Encoding: base64',
    '',
    lines(bytes),
    '',
  ]
}

function attachmentPart({ name, mediaType, bytes }: Attached): string[] {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  const named = /^[\x20-\x7e]*$/.test(name) ? `filename="${name}"` : `filename*=utf-8''${encoded}`
  return [
    `Content-Type: ${mediaType}`,
    `Content-Disposition: attachment; ${named}`,
    'Content-Transfer-Encoding: base64',
    '',
    lines(bytes),
    '',
  ]
}

function multipart(subtype: string, boundary: string, parts: readonly (readonly string[])[]): string[] {
  const edge = `=_${boundary}_quay`
  return [
    `Content-Type: multipart/${subtype}; boundary="${edge}"`,
    '',
    ...parts.flatMap((part) => [`--${edge}`, ...part]),
    `--${edge}--`,
    '',
  ]
}

function lines(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n')
}
