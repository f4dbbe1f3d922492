import type { ImapReply } from '../ports.ts'
import type { ProbeContext } from '../probe.ts'
import { runImap } from './command.ts'
import type { Commanded } from './command.ts'

/** A folder name as IMAP quotes it; control characters cannot be part of one. */
export function quoteFolder(wireName: string): string {
  return `"${wireName.replace(/[\r\n\0]/g, '').replace(/[\\"]/g, '\\$&')}"`
}

/** The UIDs in the open folder that match; empty when the server refuses to search. */
export async function searchUids(criteria: string, context: ProbeContext): Promise<readonly number[]> {
  const done = await runImap(`UID SEARCH ${criteria}`, 'imap.session_failed', context)
  return 'reply' in done ? uidsIn(done.reply) : []
}

/** The header block of a message in the open folder; empty when it cannot be read. */
export async function fetchHeader(uid: number, context: ProbeContext): Promise<string> {
  const done = await runImap(`UID FETCH ${uid} (BODY.PEEK[HEADER])`, 'imap.session_failed', context)
  return 'reply' in done ? bodyIn(done.reply) : ''
}

/** A whole small message in the open folder; empty when it cannot be read. */
export async function fetchWhole(uid: number, context: ProbeContext): Promise<string> {
  const done = await runImap(`UID FETCH ${uid} (BODY.PEEK[])`, 'imap.session_failed', context)
  return 'reply' in done ? bodyIn(done.reply) : ''
}

/**
 * Removes one message of the open folder and looks whether it is gone. Returns why it is not, or null. Without
 * UIDPLUS an EXPUNGE takes everything that is marked, so it is sent only when nothing else is.
 */
export async function removeMessage(
  uid: number,
  canExpungeOne: boolean,
  context: ProbeContext,
): Promise<string | null> {
  const marked = await runImap(`UID STORE ${uid} +FLAGS.SILENT (\\Deleted)`, 'imap.cleanup_failed', context)
  if ('sighting' in marked) return marked.sighting.evidence
  const expunged = canExpungeOne
    ? await runImap(`UID EXPUNGE ${uid}`, 'imap.cleanup_failed', context)
    : await expungeOnly(uid, context)
  if (expunged === null) return 'it is marked as deleted beside others, and only all of them could be removed'
  if ('sighting' in expunged) return expunged.sighting.evidence
  const left = await searchUids(`UID ${uid}`, context)
  return left.includes(uid) ? 'it is still there after its removal' : null
}

async function expungeOnly(uid: number, context: ProbeContext): Promise<Commanded | null> {
  const marked = await searchUids('DELETED', context)
  if (marked.some((other) => other !== uid)) return null
  return runImap('EXPUNGE', 'imap.cleanup_failed', context)
}

function uidsIn(reply: ImapReply): readonly number[] {
  return reply.untagged
    .filter(([verb]) => verb === 'SEARCH')
    .flatMap(([, ...uids]) => uids.map(Number).filter((uid) => Number.isInteger(uid) && uid > 0))
}

/** The one long string of a FETCH response: the body that was asked for. */
function bodyIn(reply: ImapReply): string {
  const strings = reply.untagged
    .filter((tokens) => tokens[1] === 'FETCH')
    .flatMap(([, , items]) => (Array.isArray(items) ? (items as readonly unknown[]) : []))
    .filter((item): item is string => typeof item === 'string')
  const at = strings.findIndex((item) => item.toUpperCase().startsWith('BODY['))
  return at < 0
    ? ''
    : strings.slice(at + 1).reduce((longest, item) => (item.length > longest.length ? item : longest), '')
}
