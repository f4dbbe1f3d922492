import type { RestoreItem, RestoreReport } from '../../core/restore/types.ts'
import type { InputOf } from '../../core/contract/index.ts'
import { makeCertificates } from './certificates.ts'
import { startDovecot } from './servers/dovecot.ts'
import type { Dovecot, DovecotOptions } from './servers/dovecot.ts'
import { createTestDesk } from './test-desk.ts'
import type { TestDesk } from './test-desk.ts'

/** The password of every mailbox of the lab. */
export const labPassword = 'north 4'
const password = labPassword

/** A Dovecot with mailboxes, and a desk that knows them. */
export interface RestoreLab extends AsyncDisposable {
  readonly dovecot: Dovecot
  readonly desk: TestDesk
  /** The id of a mailbox that the desk knows, by its address. */
  mailboxId(address: string): string
  /** Archives a mailbox and returns the archive. */
  archive(address: string): Promise<string>
  /** Restores, waits for the end, and returns what it reported. */
  restore(input: InputOf<'restore.start'>): Promise<Restored>
  resume(restoreId: string): Promise<Restored>
}

/** What a restore left behind. */
export interface Restored {
  readonly restoreId: string
  readonly report: RestoreReport | null
  readonly outcome: string | null
  readonly items: readonly RestoreItem[]
}

/** Starts it all; `users` are addresses, or addresses with a quota. */
export async function startRestoreLab(
  users: readonly (string | { readonly name: string; readonly quotaBytes: number })[],
  options: Partial<DovecotOptions> = {},
): Promise<RestoreLab> {
  const { valid } = await makeCertificates(['localhost'])
  const accounts = users.map((user) => ({ password, ...(typeof user === 'string' ? { name: user } : user) }))
  const dovecot = await startDovecot({ ...options, users: accounts, certificate: valid })
  const desk = await createTestDesk()
  const ids = new Map<string, string>()
  for (const { name } of accounts) ids.set(name, await addMailbox(desk, name, dovecot.ports.imap))
  const mailboxId = (address: string) => ids.get(address) ?? ''
  const finish = async ({ restoreId, runId }: { restoreId: string; runId: string }): Promise<Restored> => {
    const { outcome } = await desk.finished(runId)
    const { report } = await desk.call('restore.get', { restoreId })
    const items: RestoreItem[] = []
    for (let offset = 0; ; offset += 500) {
      const page = await desk.call('restore.items', { restoreId, offset, limit: 500 })
      items.push(...page.items)
      if (items.length >= page.total) break
    }
    return { restoreId, report, outcome, items }
  }
  return {
    dovecot,
    desk,
    mailboxId,
    archive: async (address) => {
      const { archiveId } = await desk.call('archive.create', { name: address, encryption: 'off' })
      const { runId } = await desk.call('archive.pull', { archiveId, mailboxId: mailboxId(address) })
      const { state, outcome } = await desk.finished(runId)
      if (state !== 'done') throw new Error(outcome ?? state)
      return archiveId
    },
    restore: async (input) => finish(await desk.call('restore.start', input)),
    resume: async (restoreId) => finish(await desk.call('restore.resume', { restoreId })),
    [Symbol.asyncDispose]: async () => {
      await desk.dispose()
      await dovecot[Symbol.asyncDispose]()
    },
  }
}

/** What an archive has of a folder: hash, flags and date of each message, sorted. */
export async function contentsOf(desk: TestDesk, archiveId: string, path: string) {
  const { folders } = await desk.call('archive.folders', { archiveId })
  const folder = folders.find((one) => one.path === path)
  if (folder === undefined) return []
  const { messages } = await desk.call('archive.messages', {
    archiveId,
    folderId: folder.folderId,
    limit: 500,
  })
  return messages
    .map(({ sha256, flags, dateMs }) => `${sha256} ${flags.join(' ')} ${String(dateMs)}`)
    .toSorted()
}

/** Makes a mailbox of a server known to a desk, with its password for this session. */
export async function addMailbox(desk: TestDesk, address: string, port: number): Promise<string> {
  const imap = { host: '127.0.0.1', port, security: 'none' } as const
  const mailbox = { address, username: address, imap }
  const added = await desk.call('accounts.add', {
    name: address,
    email: address,
    mailbox,
    secret: password,
    remember: false,
  })
  return added.mailboxId ?? ''
}

/** A selection of everything. */
export const everything = { kind: 'folders', folderIds: [] } as { kind: 'folders'; folderIds: number[] }
