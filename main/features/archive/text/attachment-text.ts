import { decodeCharset } from './decode.ts'
import { htmlToText } from './markup.ts'
import { officeToText } from './office.ts'
import type { OfficeKind } from './office.ts'
import { pdfToText } from './pdf.ts'

/** Kinds of attachments whose text can be read; all others are not even decoded. */
export type ReadableKind = OfficeKind | 'pdf' | 'html' | 'text'

/** What was read of an attachment; `problem` says in words what was not. */
export interface AttachmentText {
  readonly text: string
  readonly problem: string | null
}

const maxChars = 500_000
const office = 'application/vnd.openxmlformats-officedocument.'
const kindsByType: Readonly<Record<string, ReadableKind>> = {
  'application/pdf': 'pdf',
  [`${office}wordprocessingml.document`]: 'docx',
  [`${office}spreadsheetml.sheet`]: 'xlsx',
  [`${office}presentationml.presentation`]: 'pptx',
  'text/html': 'html',
  'application/json': 'text',
  'application/xml': 'text',
}
const kindsByEnding: Readonly<Record<string, ReadableKind>> = {
  pdf: 'pdf',
  docx: 'docx',
  docm: 'docx',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  pptx: 'pptx',
  html: 'html',
  htm: 'html',
  txt: 'text',
  csv: 'text',
  md: 'text',
  log: 'text',
}
/** What a file of a kind begins with; one that does not is none, whatever it is called. */
const beginnings: Partial<Readonly<Record<ReadableKind, { readonly mark: string; readonly name: string }>>> =
  {
    pdf: { mark: '%PDF-', name: 'PDF' },
    docx: { mark: 'PK\x03\x04', name: 'DOCX' },
    xlsx: { mark: 'PK\x03\x04', name: 'XLSX' },
    pptx: { mark: 'PK\x03\x04', name: 'PPTX' },
  }

/** The kind of an attachment by its media type or, where that says nothing, by the ending of its name. */
export function kindOf(type: string, filename: string | null): ReadableKind | null {
  const byType = Object.hasOwn(kindsByType, type) ? kindsByType[type] : undefined
  if (byType !== undefined) return byType
  const ending = endingOf(filename)
  const byEnding = ending !== null && Object.hasOwn(kindsByEnding, ending) ? kindsByEnding[ending] : undefined
  return byEnding ?? (type.startsWith('text/') ? 'text' : null)
}

/** What `type:` finds an attachment by: the ending of its name and the kinds that people name. */
export function typesOf(type: string, filename: string | null): readonly string[] {
  const [main = '', sub = ''] = type.split('/')
  const kind = kindOf(type, filename)
  const named = /^(?:image|audio|video)$/.test(main) ? [main] : []
  const short = /^[a-z0-9]{1,10}$/.test(sub) ? [sub] : []
  return [
    ...new Set([
      ...named,
      ...short,
      ...(kind === null ? [] : [kind]),
      ...(endingOf(filename) ?? '').split(' '),
    ]),
  ].filter((one) => one !== '')
}

/** Why bytes cannot be a file of a kind, from their beginning; null when they may be one. */
export function notOfKind(kind: ReadableKind, beginning: Buffer): string | null {
  const expected = beginnings[kind]
  // A PDF may have other bytes before its first line (ISO 32000-1, annex H.3.4.1).
  const within = kind === 'pdf' ? beginning.subarray(0, 1024) : beginning.subarray(0, 4)
  if (expected === undefined || within.toString('latin1').includes(expected.mark)) return null
  return `It is not a ${expected.name} file.`
}

/** Whether taking a kind apart is work for a thread that can be ended. */
export function isHeavy(kind: ReadableKind): boolean {
  return Object.hasOwn(beginnings, kind)
}

/** The text of an attachment. Never fails: what cannot be read is said. */
export async function attachmentText(
  kind: ReadableKind,
  bytes: Buffer,
  charset: string | null,
): Promise<AttachmentText> {
  if (kind === 'text') return whole(decodeCharset(bytes, charset).slice(0, maxChars))
  if (kind === 'html') return whole(htmlToText(decodeCharset(bytes, charset), maxChars))
  try {
    const { text, cut } =
      kind === 'pdf' ? await pdfToText(bytes, maxChars) : await officeToText(bytes, kind, maxChars)
    return { text, problem: cut ? 'It is very long; only its first part is searchable.' : null }
  } catch (error) {
    // Files are broken in more ways than can be named; the reader's own words are the reason.
    const reason = error instanceof Error ? error.message : String(error)
    return {
      text: '',
      problem: /password/i.test(reason)
        ? 'It is protected by a password.'
        : `It is damaged: ${reason.slice(0, 200)}`,
    }
  }
}

function whole(text: string): AttachmentText {
  return { text, problem: null }
}

function endingOf(filename: string | null): string | null {
  return filename === null ? null : (/\.([a-z0-9]{1,10})$/i.exec(filename.trim())?.[1]?.toLowerCase() ?? null)
}
