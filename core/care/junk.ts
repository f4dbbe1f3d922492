import { z } from 'zod'
import { foldText } from '../accounts/fold-text.ts'

/** What to look for in junk folders; every given part has to fit. */
export const junkCriteria = z
  .strictObject({
    /** An address or a domain; part of a From. */
    from: z.string().trim().max(320).default(''),
    subject: z.string().trim().max(300).default(''),
    messageId: z.string().trim().max(998).default(''),
  })
  .refine(
    ({ from, subject, messageId }) => from + subject + messageId !== '',
    'give a sender, words of the subject or a Message-ID',
  )
export type JunkCriteria = z.infer<typeof junkCriteria>

/** A sign in a message's headers of why a filter put it where it is; text of the server's, never interpreted further. */
export const junkSign = z.strictObject({ header: z.string(), says: z.string() })
export type JunkSign = z.infer<typeof junkSign>

/** A message that was found in a junk folder. */
export const junkMessage = z.strictObject({
  mailboxId: z.string(),
  folder: z.string(),
  uidValidity: z.string(),
  uid: z.number(),
  from: z.string(),
  subject: z.string(),
  messageId: z.string().nullable(),
  internalDateMs: z.number().nullable(),
  sizeBytes: z.number(),
  signs: z.array(junkSign),
})
export type JunkMessage = z.infer<typeof junkMessage>

/** What the search came to in one mailbox. */
export const junkLook = z.strictObject({
  mailboxId: z.string(),
  address: z.string(),
  /** Folders that were looked through; none: the mailbox has none that is known as junk. */
  folders: z.array(z.string()),
  found: z.number(),
  /** More matched than are listed. */
  more: z.boolean(),
  problem: z.string().nullable(),
})
export type JunkLook = z.infer<typeof junkLook>

/** The names that servers and mail programs give to junk folders, folded; the last part of a path is compared. */
const junkNames: ReadonlySet<string> = new Set(
  [
    'Junk,Junk E-mail,Junk Email,Junk Mail,Spam,Bulk,Bulk Mail,INBOX.Junk,Unsolicited',
    'Spamverdacht,Unerwünscht,Junk-E-Mail,Werbung', // German
    'Ongewenste e-mail,Ongewenst,Spamfilter', // Dutch
    'Courrier indésirable,Indésirables,Pourriel', // French
    'Correo no deseado,Correo basura,No deseado', // Spanish
    'Posta indesiderata,Indesiderata', // Italian
    'Lixo eletrônico,Lixo electrónico,Lixo', // Portuguese
    'Niechciane,Wiadomości-śmieci,Śmieci', // Polish
    'Skräppost,Uønsket e-post,Søppelpost,Uønsket mail,Roskaposti', // Swedish, Norwegian, Danish, Finnish
    'Nevyžádaná pošta,Nevyžiadaná pošta,Levélszemét,Neželena pošta,Neželjena pošta', // Czech, Slovak, Hungarian, Slovene, Croatian
    'Спам,Нежелательная почта,Небажана пошта,Нежелана поща', // Russian, Ukrainian, Bulgarian
    'Önemsiz,Gereksiz,Ανεπιθύμητα,דואר זבל,ספאם,البريد العشوائي,البريد غير الهام', // Turkish, Greek, Hebrew, Arabic
    '迷惑メール,垃圾邮件,垃圾郵件,정크 메일,스팸,Thư rác,Surat sampah,चिट्ठियों का कचरा', // Japanese, Chinese, Korean, Vietnamese …
  ]
    .join(',')
    .split(',')
    .map(foldText),
)

/** Whether a folder is one for junk: RFC 6154's \Junk, else its name in one of the languages above. */
export function isJunkFolder(folder: {
  readonly path: string
  readonly delimiter: string | null
  readonly specialUse: string | null
}): boolean {
  if (folder.specialUse !== null) return folder.specialUse.toLowerCase() === '\\junk'
  const name = folder.delimiter === null ? folder.path : (folder.path.split(folder.delimiter).at(-1) ?? '')
  return junkNames.has(foldText(name))
}

/** The headers that a search asks for; nothing else of a message is read. */
export const signHeaders = [
  'X-Spam-Flag',
  'X-Spam-Status',
  'X-Spam-Score',
  'X-Spam-Level',
  'X-Spam-Report',
  'X-Spamd-Result',
  'X-Rspamd-Action',
  'X-Forefront-Antispam-Report',
  'X-Microsoft-Antispam',
  'X-Gmail-Spam',
  'X-YahooFilteredBulk',
  'X-Sieve',
  'Authentication-Results',
] as const

const maxHeaderBytes = 65_536
const maxSigns = 12
const maxSays = 300

/** A header's fields, unfolded (RFC 5322 2.2.3); what is longer than 64 kB is not looked at. */
export function readHeaderFields(
  header: string,
): readonly { readonly name: string; readonly value: string }[] {
  const lines = header.slice(0, maxHeaderBytes).split(/\r?\n/)
  const fields: { name: string; value: string }[] = []
  for (const line of lines) {
    const last = fields.at(-1)
    if (/^[ \t]/.test(line)) {
      if (last !== undefined && last.value.length < 4000) last.value += ` ${line.trim()}`
      continue
    }
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    fields.push({ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() })
  }
  return fields
}

/** What headers say about why a message is junk. Only failures of Authentication-Results (RFC 8601) are signs. */
export function readJunkSigns(header: string): readonly JunkSign[] {
  const wanted: ReadonlySet<string> = new Set(signHeaders.map((name) => name.toLowerCase()))
  return readHeaderFields(header)
    .filter(({ name }) => wanted.has(name.toLowerCase()))
    .flatMap(({ name, value }): readonly JunkSign[] => {
      const says = name.toLowerCase() === 'authentication-results' ? failedChecks(value) : plain(value)
      return says === '' ? [] : [{ header: name, says }]
    })
    .slice(0, maxSigns)
}

function failedChecks(value: string): string {
  const failed = [
    ...value
      .slice(0, 4000)
      .matchAll(/\b(spf|dkim|dmarc|arc|compauth)=(fail|softfail|none|permerror|temperror)\b/gi),
  ]
  return [...new Set(failed.map(([text]) => text.toLowerCase()))].join(', ')
}

/** One line of text without control characters. */
function plain(value: string): string {
  return value
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, maxSays)
}
