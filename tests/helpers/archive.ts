import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { PullWait } from '../../core/archive/waits.ts'
import type { Mailbox } from '../../core/accounts/types.ts'
import { createArchiveFolder, readArchiveCard } from '../../main/features/archive/store/folder.ts'
import { openArchiveWriter } from '../../main/features/archive/store/writer.ts'
import type { ConnectSource } from '../../main/features/archive/ports.ts'
import { systemPullClock } from '../../main/features/archive/pull/patience.ts'
import type { PullClock } from '../../main/features/archive/pull/patience.ts'
import { pullMailbox } from '../../main/features/archive/pull/pull.ts'
import type { PullOutcome } from '../../main/features/archive/pull/pull.ts'
import { createArchiveFunctions } from '../../main/features/archive/worker/functions.ts'
import type { ArchiveFunctions, ArchiveThread } from '../../main/features/archive/worker/functions.ts'
import { startThread } from '../../main/features/archive/worker/thread.ts'
import { Secret } from '../../main/lib/secret.ts'
import { workerUrl } from '../../main/lib/worker-url.ts'
import { connectMailSource } from '../../main/protocols/imap/mail-source.ts'

/** A mailbox on a server of the lab, by its plain port. */
export function labMailbox(address: string, port: number, host = '127.0.0.1'): Mailbox {
  return {
    mailboxId: address,
    personId: address,
    address,
    username: address,
    signIn: 'password',
    imap: { host, port, security: 'none' },
    smtp: null,
    network: { dnsServers: [], trustedCaPem: null },
    createdAtMs: 0,
  }
}

/** An empty archive in a folder. */
export function makeArchive(folder: string, name = 'test'): string {
  const root = join(folder, name)
  const archiveId = randomUUID()
  createArchiveFolder(root, {
    format: 'mail-desk-archive',
    version: 1,
    archiveId,
    name,
    kind: 'archive',
    createdAtMs: 0,
  })
  return root
}

/** A thread of the archive, as the program starts it. */
export function archiveThread(): ArchiveThread {
  return startThread<ArchiveFunctions>(
    workerUrl('main/features/archive/worker/archive.worker.ts', 'archive-worker'),
  )
}

/** The same functions in the test's own process: quick, and good where threads are not what is tested. */
export function inlineArchiveThread(): ArchiveThread {
  const functions = createArchiveFunctions() as unknown as Record<string, (...all: unknown[]) => unknown>
  const context = { signal: new AbortController().signal, progress: () => Promise.resolve() }
  const call = (name: string, args: readonly unknown[]) =>
    Promise.try(() => functions[name]?.(context, ...args))
  return {
    call: call as ArchiveThread['call'],
    end: () => Promise.resolve(),
    terminate: () => Promise.resolve(),
  }
}

/** What a test may change about a pull. */
export interface PullTestOptions {
  readonly folders?: readonly string[]
  readonly signal?: AbortSignal
  readonly connect?: ConnectSource
  readonly onProgress?: (done: number) => void
  readonly thread?: ArchiveThread
  readonly clock?: PullClock
  readonly onWait?: (wait: PullWait | null) => void
  readonly connections?: { readonly fast: number; readonly slow: number }
}

/** Pulls a mailbox into an archive with the real parts: thread, packs, index, IMAP. */
export async function pull(
  root: string,
  mailbox: Mailbox,
  password: string,
  options: PullTestOptions = {},
): Promise<PullOutcome> {
  const thread = options.thread ?? archiveThread()
  const signal = options.signal ?? new AbortController().signal
  const connect = options.connect ?? connectMailSource
  try {
    await thread.call('openWriter', [root, false])
    const outcome = await pullMailbox(
      {
        thread,
        connect: (wishes) => connect(mailbox, new Secret(password), signal, wishes),
        clock: options.clock ?? systemPullClock,
        signal,
        checkpoint: () => (signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve()),
        received: () => undefined,
        onProgress: (done) => options.onProgress?.(done),
        onWait: (wait) => options.onWait?.(wait),
        pausesMs: [0, 50, 100],
        ...(options.connections === undefined ? {} : { connections: options.connections }),
      },
      { source: mailbox.address, folders: options.folders ?? null },
    )
    await thread.call('closeWriter', [])
    return outcome
  } finally {
    await thread.end()
  }
}

/** Writes messages into a folder of an archive, as if they had come from `ana@b.example`, one second apart. */
export async function fillArchive(root: string, folder: string, messages: readonly Buffer[]): Promise<void> {
  const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: () => 0 })
  const flags = ['\\Flagged', '\\Seen']
  const place = { source: 'ana@b.example', folder, uidValidity: '1', flags, archivedAtMs: 1 }
  writer.append(
    messages.map((bytes, n) => ({ at: { ...place, uid: n + 1, internalDateMs: n * 1000 }, bytes })),
  )
  writer.close()
}
