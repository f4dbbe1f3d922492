import { parseListResponse } from '../../../../core/diagnostics/imap-reply.ts'
import type { ListedFolder } from '../../../../core/diagnostics/imap-reply.ts'
import { diagnosticTextOf } from '../../../../core/diagnostics/bounce.ts'
import type { ProbeContext } from '../probe.ts'
import { runImap } from './command.ts'
import { fetchHeader, fetchWhole, quoteFolder, searchUids } from './mailbox-search.ts'
import type { TestMessage } from './test-message.ts'

const maxFolders = 60

/** Where the message was found, or the report that it could not be delivered. */
export type Arrival = { readonly folder: ListedFolder; readonly uid: number } & (
  { readonly kind: 'message'; readonly header: string } | { readonly kind: 'bounce'; readonly reason: string }
)

/** Inbox first, then junk, then the rest; never where a copy of what was sent is kept by the server itself. */
export async function searchableFolders(context: ProbeContext): Promise<readonly ListedFolder[]> {
  const done = await runImap('LIST "" "*"', 'imap.session_failed', context)
  const listed =
    'reply' in done ? done.reply.untagged.flatMap((tokens) => parseListResponse(tokens) ?? []) : []
  const searchable = listed.filter(
    (folder) => !has(folder, 'noselect', 'nonexistent', 'sent', 'drafts', 'all'),
  )
  const order = (folder: ListedFolder) => (isInbox(folder) ? 0 : has(folder, 'junk') ? 1 : 2)
  const inbox: ListedFolder = { name: 'INBOX', wireName: 'INBOX', flags: [] }
  const folders = searchable.some(isInbox) ? searchable : [inbox, ...searchable]
  return [...folders].sort((a, b) => order(a) - order(b)).slice(0, maxFolders)
}

/** Whether a folder is the inbox. */
export const isInbox = ({ wireName }: ListedFolder): boolean => wireName.toUpperCase() === 'INBOX'

/** Whether a folder has one of these flags (`junk` for `\Junk`). */
export function has({ flags }: ListedFolder, ...names: readonly string[]): boolean {
  return flags.some((flag) => names.includes(flag.toLowerCase().replace('\\', '')))
}

/** Looks once through the folders; the folder with the message stays open. Null when it is in none of them. */
export async function findArrival(
  message: TestMessage,
  folders: readonly ListedFolder[],
  context: ProbeContext,
): Promise<Arrival | null> {
  for (const folder of folders) {
    const opened = await runImap(`SELECT ${quoteFolder(folder.wireName)}`, 'imap.session_failed', context)
    if ('sighting' in opened) continue
    const [uid] = await searchUids(`HEADER Message-ID "${message.messageId}"`, context)
    if (uid !== undefined) {
      const header = await fetchHeader(uid, context)
      // A server that searches carelessly also finds reports that quote the Message-ID.
      if (header.includes(`Message-ID: ${message.messageId}`) && !isReport(header))
        return { kind: 'message', folder, uid, header }
    }
    const bounce = isInbox(folder) || has(folder, 'junk') ? await findBounce(message, folder, context) : null
    if (bounce !== null) return bounce
  }
  return null
}

/** A report names the message by In-Reply-To, or by quoting its header (RFC 3464). */
async function findBounce(
  message: TestMessage,
  folder: ListedFolder,
  context: ProbeContext,
): Promise<Arrival | null> {
  const uids = await searchUids(
    `SINCE ${imapDay(context.clock.nowMs() - 86_400_000)} TEXT "${message.messageId}"`,
    context,
  )
  for (const uid of uids.slice(-5)) {
    const header = await fetchHeader(uid, context)
    if (isReport(header))
      return { kind: 'bounce', folder, uid, reason: diagnosticTextOf(await fetchWhole(uid, context)) }
  }
  return null
}

function isReport(header: string): boolean {
  return (
    /^content-type:\s*multipart\/report/im.test(header) ||
    /^(from|return-path):.*(mailer-daemon|postmaster|<>)/im.test(header)
  )
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function imapDay(ms: number): string {
  const date = new Date(ms)
  return `${date.getUTCDate()}-${months[date.getUTCMonth()] ?? 'Jan'}-${date.getUTCFullYear()}`
}
