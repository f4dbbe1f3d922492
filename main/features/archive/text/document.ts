import { hash } from 'node:crypto'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { baseSubject, isTelling, messageIdsIn } from '../../../../core/archive/threads.ts'
import type { MissingText } from '../../../../db/archive-text/read.ts'
import type { TextDocument } from '../../../../db/archive-text/write.ts'
import type { MessageText } from './message-text.ts'

/**
 * What is kept of a message's text to show where something was found. Small messages are read from the packs for
 * that, which is as fast; kept is what would take long: the beginning of a large message's body, and that of files.
 */
export interface Excerpt {
  /** Null: read it from the message. */
  readonly body: string | null
  readonly files: readonly (readonly [name: string, text: string])[]
}

/** A message up to this size is read again to show a piece of it. */
const readAgainBytes = 128 * 1024
const bodyChars = 12_000
const fileChars = 4_000
const excerptFiles = 8
const params = { [constants.ZSTD_c_compressionLevel]: 3 }
const chunkBytes = 4 * 1024

/** A message's text as the index takes it; `attached` has the text of its heavy files as well. */
export function toDocument(
  missing: MissingText,
  text: MessageText,
  attached: MessageText['attached'],
  problems: MessageText['problems'],
): TextDocument {
  const { subject, sender, recipients, copied, body, files, types } = text
  const base = baseSubject(subject)
  return {
    messageId: missing.messageId,
    sha256: Buffer.from(missing.place.sha256, 'hex'),
    dateMs: missing.dateMs,
    ...{ subject, sender, recipients, copied, body, types, problems },
    files: files.join('\n'),
    attached: attached.map((one) => one.text).join('\n'),
    ownId: messageIdsIn(text.messageId).map(keyOf)[0] ?? null,
    references: messageIdsIn(text.references).map(keyOf),
    subjectKey: isTelling(base) ? keyOf(base) : null,
    excerpt: pack({
      body: missing.place.sizeBytes <= readAgainBytes ? null : oneLine(body, bodyChars),
      files: attached
        .slice(0, excerptFiles)
        .map(({ file, text: words }) => [file, oneLine(words, fileChars)] as const),
    }),
  }
}

/** A message that cannot be read: what its index knows is searchable, and the reason is kept. */
export function toUnreadDocument(missing: MissingText, problem: string): TextDocument {
  const { subject, sender, recipients } = missing
  const nothing = {
    copied: '',
    body: '',
    messageId: '',
    references: '',
    files: [],
    types: [],
    attached: [],
    heavy: [],
  }
  const text = { ...nothing, subject, sender, recipients, problems: [] }
  return toDocument(missing, text, [], [{ file: '', problem }])
}

/** The excerpt of a document; without one, the message is read. */
export function readExcerpt(packed: Uint8Array | null): Excerpt {
  if (packed === null) return { body: null, files: [] }
  return JSON.parse(zstdDecompressSync(packed).toString('utf8')) as Excerpt
}

function pack(excerpt: Excerpt): Uint8Array | null {
  if (excerpt.body === null && excerpt.files.length === 0) return null
  const json = Buffer.from(JSON.stringify(excerpt))
  // Node returns a piece of its output chunk; small chunks keep short excerpts from pinning long ones.
  return zstdCompressSync(json, { params, chunkSize: Math.min(chunkBytes, Math.max(1024, json.length)) })
}

function oneLine(text: string, maxChars: number): string {
  return text
    .slice(0, maxChars * 2)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, maxChars)
    .normalize('NFC')
    .toWellFormed()
}

/** 48 bits of a hash, as a number that JavaScript and SQLite hold exactly. */
function keyOf(text: string): number {
  return parseInt(hash('sha256', text, 'hex').slice(0, 12), 16)
}
