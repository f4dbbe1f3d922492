import { parseDateTime } from '../fetch.ts'
import { announceChanges, mailOf, Refused } from '../session.ts'
import type { Command } from '../session.ts'
import { itemsOf, SyntaxRefused, textOf } from '../tokens.ts'
import { folderOf } from './folders.ts'

/** APPEND with flags, date and APPENDUID; a full mailbox answers OVERQUOTA (RFC 9208). */
export const append: Command = (session, args) => {
  const folder = folderOf(session, args[0])
  const bytes = args.at(-1)
  if (args.length < 2 || bytes?.kind !== 'string') throw new SyntaxRefused('The message is missing.')
  const mail = mailOf(session)
  if (!mail.fits(bytes.bytes.length)) throw new Refused('[OVERQUOTA] The mailbox is full.')
  const between = args.slice(1, -1)
  const flags = between
    .filter((token) => token.kind === 'list')
    .flatMap(itemsOf)
    .map(textOf)
  const date = between.find((token) => token.kind === 'string')
  const { uid } = mail.append(folder, {
    bytes: bytes.bytes,
    flags,
    ...(date === undefined ? {} : { internalDateMs: parseDateTime(textOf(date)) }),
  })
  announceChanges(session)
  return `OK [APPENDUID ${folder.uidValidity} ${uid}] Kept.`
}

/** IDLE (RFC 2177): what changes is told at once, until the client says DONE. */
export const idle: Command = async (session) => {
  announceChanges(session)
  const stop = mailOf(session).onChange(() => announceChanges(session))
  try {
    const line = await session.prompt('Waiting with you.')
    if (line?.toUpperCase() !== 'DONE') throw new SyntaxRefused('DONE was expected.')
    return 'OK Back at work.'
  } finally {
    stop()
  }
}
