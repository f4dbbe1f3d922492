import { addressParser, decodeWords } from 'postal-mime'
import type { MessageSummary } from '../../../../db/archive-index/apply.ts'
import { asBuffer } from '../store/frame.ts'
import { countAttachments } from './attachments.ts'
import { findBody, firstOf, parseHeaders } from './headers.ts'

const maxSubjectChars = 1_000
const maxPeopleChars = 2_000
const maxAddressChars = 4_000

/** What lists and search show of a message, and the sender's bare address for mbox's separator line. */
export interface Summary extends MessageSummary {
  readonly senderAddress: string | null
}

/** Draws the summary from a message's bytes. Never fails: what cannot be read is empty. */
export function summarize(message: Uint8Array): Summary {
  const bytes = asBuffer(message)
  const body = findBody(bytes, 0, bytes.length)
  const headers = parseHeaders(bytes, 0, body)
  const from = people(firstOf(headers, 'from'))
  const to = [...(headers.get('to') ?? []), ...(headers.get('cc') ?? [])].map((value) => people(value).text)
  const messageId = firstOf(headers, 'message-id')
  return {
    subject: clean(words(firstOf(headers, 'subject')), maxSubjectChars),
    sender: from.text,
    recipients: to.join(', ').slice(0, maxPeopleChars),
    messageId: messageId === '' ? null : messageId.slice(0, 1_000),
    dateMs: dateOf(firstOf(headers, 'date')),
    attachmentCount: countAttachments(bytes, headers, body),
    senderAddress: from.address,
  }
}

/** Encoded words (RFC 2047) made readable; what cannot be decoded stays as it is. */
export function words(value: string): string {
  if (!value.includes('=?')) return value
  try {
    return decodeWords(value)
  } catch {
    // An unknown charset or broken encoding: the raw words are still better than nothing.
    return value
  }
}

/** `Name <address>, …` decoded, and the first address. Plain addresses, the most common form, need no parser. */
export function people(value: string): { readonly text: string; readonly address: string | null } {
  if (/^[\w.+-]+@[\w.-]+$/.test(value)) return { text: value, address: value }
  try {
    const mailboxes = addressParser(value.slice(0, maxAddressChars), { flatten: true })
    const shown = mailboxes.map(({ name, address }) => {
      const decoded = words(name)
      if (decoded === '') return address ?? ''
      return address === undefined || address === '' ? decoded : `${decoded} <${address}>`
    })
    return { text: clean(shown.join(', '), maxPeopleChars), address: mailboxes[0]?.address ?? null }
  } catch {
    // Addresses that no grammar covers are shown as they stand.
    return { text: clean(words(value), maxPeopleChars), address: null }
  }
}

/** One line of well-formed text, cut to a length. */
export function clean(text: string, maxChars: number): string {
  return text
    .slice(0, maxChars)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toWellFormed()
}

/** The Date header as milliseconds; null when it cannot be read or lies beyond any calendar. */
function dateOf(value: string): number | null {
  const ms = Date.parse(value)
  return Number.isFinite(ms) && ms > -5e12 && ms < 3e13 ? ms : null
}
