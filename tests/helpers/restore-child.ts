import { createWriteStream } from 'node:fs'
import { composeDesk } from '../../main/compose.ts'
import { silentLogger } from '../../main/lib/logger.ts'
import { memoryKeychain } from './keychains.ts'

/** A restore in a process of its own, to be killed. Arguments: data folder, archive, mailbox, password. */
const [dataDir = '', archiveId = '', mailboxId = '', password = ''] = process.argv.slice(2)
const out = createWriteStream('', { fd: 1 })
const desk = await composeDesk({
  dataDir,
  version: '0.0.0-test',
  role: 'visitor',
  logger: silentLogger,
  keychain: memoryKeychain(),
})
const context = { signal: new AbortController().signal, face: 'test' } as const
const call = async (name: string, input: unknown) => {
  const envelope = await desk.call(name, input, context)
  if (!envelope.ok) throw new Error(envelope.error.code)
  return envelope.value as { runId: string; state: string; outcome: string }
}
await call('accounts.setSecret', { mailboxId, secret: password, remember: false })
const ended = Promise.withResolvers<void>()
desk.subscribe((name, payload) => {
  const event = payload as { state?: string; progress?: { done: number } }
  if (name === 'jobs.progressed') out.write(`${String(event.progress?.done)}\n`)
  if (name === 'jobs.changed' && event.state !== 'running') ended.resolve()
})
const selection = { kind: 'folders', folderIds: [] }
const { runId } = await call('restore.start', {
  archiveId,
  selection,
  target: { kind: 'mailbox', mailboxId },
})
await ended.promise
out.write(`end ${(await call('jobs.get', { runId })).outcome}\n`)
await desk.dispose()
