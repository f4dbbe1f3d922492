import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RetentionRule } from '../../core/archive/retention.ts'
import { readArchiveCard } from '../../main/features/archive/store/folder.ts'
import { openArchiveWriter } from '../../main/features/archive/store/writer.ts'
import { unpackWithZstd } from './archive-contents.ts'

const day = 24 * 3_600_000
/** When the tests of retention happen. */
export const nowMs = Date.UTC(2026, 4, 1)
const attachment = randomBytes(60_000)
  .toString('base64')
  .replace(/(.{76})/g, '$1\r\n')

/** A message of so many days ago; those with the attachment share it. */
export function message(n: number, daysAgo: number, from: string, withAttachment = false): Buffer {
  const date = new Date(nowMs - daysAgo * day).toUTCString()
  const head = `From: ${from}\r\nTo: ana@b.example\r\nSubject: Subject-${n}-of-${daysAgo}\r\nDate: ${date}\r\nMessage-ID: <${n}@b.example>\r\n`
  const text = `Word${n}x${daysAgo} in the text.\r\n`
  if (!withAttachment) return Buffer.from(`${head}\r\n${text}`)
  return Buffer.from(
    `${head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\nContent-Type: text/plain\r\n\r\n${text}\r\n--bb\r\nContent-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=a.bin\r\n\r\n${attachment}\r\n--bb--\r\n`,
  )
}

/** A rule for mail older than a year. */
export const rule = (
  criteria: Partial<RetentionRule['criteria']>,
  rest: Partial<RetentionRule> = {},
): RetentionRule => ({
  ...{ ruleId: 'rule', archiveId: 'archive', name: 'Old mail', olderThanDays: 365, ageOf: 'date' },
  ...{ onlyGone: false, bySchedule: false },
  criteria: { sources: [], folders: [], labels: [], senders: [], people: [], ...criteria },
  ...rest,
})

/** Whether a text is anywhere in the archive's folder, also as zstd unpacks it. */
export function isAnywhere(root: string, text: string): boolean {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
  return [...files, unpackWithZstd(root)].some((bytes) => bytes.includes(text))
}

/** Old and new mail in small packs; some of it shares an attachment. */
export async function fillOldAndNew(root: string): Promise<void> {
  const writer = await openArchiveWriter({
    ...{ root, card: readArchiveCard(root), nowMs: () => nowMs, packTargetBytes: 60_000 },
  })
  const at = (folderPath: string, uid: number) => ({
    ...{ source: 'ana@b.example', folder: folderPath, uidValidity: '7', uid, flags: ['\\Seen'] },
    ...{ internalDateMs: nowMs - uid, archivedAtMs: nowMs },
  })
  // One call a message: with small packs each begins a pack of its own where there is an attachment.
  const put = (path: string, uid: number, bytes: Buffer) => writer.append([{ at: at(path, uid), bytes }])
  put('INBOX', 1, message(1, 800, 'Ben <ben@old.example>', true))
  put('INBOX', 2, message(2, 700, 'Cleo <cleo@old.example>'))
  put('INBOX', 3, message(3, 10, 'Ben <ben@old.example>', true))
  put('INBOX', 4, message(4, 5, 'Dan <dan@new.example>', true))
  put('Old', 1, message(1, 800, 'Ben <ben@old.example>', true))
  put('Old', 2, message(5, 900, 'Eve <eve@old.example>'))
  writer.record([
    {
      kind: 'flags',
      source: 'ana@b.example',
      folder: 'INBOX',
      uidValidity: '7',
      uid: 2,
      flags: [],
      atMs: nowMs,
    },
  ])
  writer.close()
}
