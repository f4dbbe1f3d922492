import type { Folder } from '../../mail-store.ts'
import { mailOf, Refused } from '../session.ts'
import type { Command, Session } from '../session.ts'
import { itemsOf, quote, textOf } from '../tokens.ts'
import type { Token } from '../tokens.ts'
import { decodeFolderName, encodeFolderName } from '../utf7.ts'

/** The folder that an argument names; INBOX in any case. @throws Refused with TRYCREATE */
export function folderOf(session: Session, token: Token | undefined): Folder {
  const folder = mailOf(session).folders.get(nameOf(token))
  if (folder === undefined) throw new Refused('[TRYCREATE] There is no such folder.')
  return folder
}

/** NAMESPACE (RFC 2342): one, personal, divided by a slash. */
export const namespace: Command = (session) => {
  session.untagged('NAMESPACE (("" "/")) NIL NIL')
  return 'OK This is all.'
}

/** LIST with the selection and return options that are common (RFC 5258, 6154). */
export const list: Command = (session, args) => {
  const options = args[0]?.kind === 'list' ? args[0].items.map((item) => textOf(item).toUpperCase()) : []
  const [reference, pattern] = args[0]?.kind === 'list' ? args.slice(1) : args
  if (textOf(pattern) === '') session.untagged('LIST (\\Noselect) "/" ""')
  else {
    for (const folder of matching(session, reference, pattern)) {
      if (options.includes('SUBSCRIBED') && !folder.subscribed) continue
      if (options.includes('SPECIAL-USE') && folder.specialUse === null) continue
      session.untagged(`LIST (${attributes(session, folder)}) "/" ${quote(encodeFolderName(folder.path))}`)
    }
  }
  return 'OK These are all.'
}

/** LSUB. */
export const lsub: Command = (session, args) => {
  for (const folder of matching(session, args[0], args[1])) {
    if (folder.subscribed) session.untagged(`LSUB () "/" ${quote(encodeFolderName(folder.path))}`)
  }
  return 'OK These are all.'
}

/** SUBSCRIBE and UNSUBSCRIBE. */
export const subscribe: Command = (session, args) => setSubscribed(session, args, true)
export const unsubscribe: Command = (session, args) => setSubscribed(session, args, false)

/** STATUS. */
export const status: Command = (session, args) => {
  const folder = folderOf(session, args[0])
  const values: Readonly<Record<string, number>> = {
    MESSAGES: folder.messages.length,
    RECENT: 0,
    UIDNEXT: folder.uidNext,
    UIDVALIDITY: folder.uidValidity,
    UNSEEN: folder.messages.filter((message) => !message.flags.has('\\Seen')).length,
    SIZE: folder.messages.reduce((sum, message) => sum + message.bytes.length, 0),
  }
  const asked = itemsOf(args[1]).map((item) => textOf(item).toUpperCase())
  const answers = asked.flatMap((name) => (name in values ? [`${name} ${values[name] ?? 0}`] : []))
  session.untagged(`STATUS ${quote(encodeFolderName(folder.path))} (${answers.join(' ')})`)
  return 'OK Counted.'
}

/** CREATE, with the folders above it. */
export const create: Command = (session, args) => {
  const path = nameOf(args[0]).replace(/\/$/, '')
  const { folders, createFolder } = mailOf(session)
  if (folders.has(path)) throw new Refused('[ALREADYEXISTS] This folder exists.')
  const parts = path.split('/')
  const paths = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
  for (const one of paths) if (!folders.has(one)) createFolder(one)
  return 'OK Made.'
}

/** DELETE, only of folders that nothing depends on. */
export const remove: Command = (session, args) => {
  const { path } = folderOf(session, args[0])
  const mail = mailOf(session)
  const hasChildren = [...mail.folders.keys()].some((other) => other.startsWith(`${path}/`))
  if (path === 'INBOX' || hasChildren) throw new Refused('[CANNOT] This folder stays.')
  mail.deleteFolder(path)
  return 'OK Gone.'
}

/** RENAME. */
export const rename: Command = (session, args) => {
  const { path } = folderOf(session, args[0])
  const to = nameOf(args[1])
  const mail = mailOf(session)
  if (path === 'INBOX') throw new Refused('[CANNOT] INBOX keeps its name.')
  if (mail.folders.has(to)) throw new Refused('[ALREADYEXISTS] This folder exists.')
  mail.renameFolder(path, to)
  return 'OK Renamed.'
}

/** GETQUOTAROOT and GETQUOTA (RFC 9208); sizes in units of 1024 bytes. */
export const getQuotaRoot: Command = (session, args) => {
  session.untagged(`QUOTAROOT ${quote(encodeFolderName(folderOf(session, args[0]).path))} "Mailbox"`)
  return getQuota(session, args)
}
export const getQuota: Command = (session) => {
  const mail = mailOf(session)
  const units = (bytes: number) => Math.ceil(bytes / 1024)
  const limit = mail.quotaBytes === null ? '' : `STORAGE ${units(mail.usedBytes())} ${units(mail.quotaBytes)}`
  session.untagged(`QUOTA "Mailbox" (${limit})`)
  return 'OK Measured.'
}

function setSubscribed(session: Session, args: readonly Token[], subscribed: boolean): string {
  folderOf(session, args[0]).subscribed = subscribed
  return 'OK Noted.'
}

function nameOf(token: Token | undefined): string {
  const name = decodeFolderName(textOf(token))
  return name.toUpperCase() === 'INBOX' ? 'INBOX' : name
}

function matching(session: Session, reference: Token | undefined, pattern: Token | undefined): Folder[] {
  const patterns = pattern?.kind === 'list' ? pattern.items : [pattern]
  const tests = patterns.map((one) => {
    const wanted = decodeFolderName(textOf(reference) + textOf(one)).replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    return new RegExp(`^${wanted.replaceAll('*', '.*').replaceAll('%', '[^/]*')}$`, 'i')
  })
  return [...mailOf(session).folders.values()].filter((folder) =>
    tests.some((test) => test.test(folder.path)),
  )
}

function attributes(session: Session, folder: Folder): string {
  const paths = [...mailOf(session).folders.keys()]
  const hasChildren = paths.some((path) => path.startsWith(`${folder.path}/`))
  return [
    hasChildren ? '\\HasChildren' : '\\HasNoChildren',
    ...(folder.specialUse ? [folder.specialUse] : []),
  ].join(' ')
}
