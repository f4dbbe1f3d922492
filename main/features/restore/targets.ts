import { resolve } from 'node:path'
import type { RestoreTarget } from '../../../core/restore/types.ts'
import type { MailboxAccess } from '../accounts/index.ts'
import { createFileTarget } from './files/file-target.ts'
import type { ConnectTarget, MailTarget } from './ports.ts'
import type { Patience } from './run/patience.ts'

/** A target that can be connected to, again and again. */
export interface OpenableTarget {
  /** What people call it: an address, or a folder's path. */
  readonly name: string
  /** What the ledger is kept under. */
  readonly key: string
  readonly connections: number
  connect(signal: AbortSignal): Promise<MailTarget>
}

/** What targets are opened with. */
export interface TargetDeps {
  readonly mailboxes: MailboxAccess
  readonly connect: ConnectTarget
}

/** Two are enough to keep a server busy; Dovecot took the bench no faster with four. */
const mailboxConnections = 2

/** Finds a target; the mailbox's secret is asked for at once, so that a missing one is said at once. */
export async function openTarget(deps: TargetDeps, target: RestoreTarget): Promise<OpenableTarget> {
  if (target.kind === 'files') {
    const path = resolve(target.path)
    const key = `files:${target.format}:${path}`
    return {
      name: path,
      key,
      connections: 1,
      connect: () => Promise.resolve(createFileTarget(path, target.format)),
    }
  }
  const { mailboxId } = target
  const { mailbox } = await deps.mailboxes.open(mailboxId)
  return {
    name: mailbox.address,
    key: `mailbox:${mailboxId}`,
    connections: mailboxConnections,
    connect: async (signal) => {
      // Asked for anew at each connection: a password may be corrected and a token renewed while a restore runs.
      const now = await deps.mailboxes.open(mailboxId)
      return deps.connect(now.mailbox, now.secret, signal)
    },
  }
}

/** How patient a run is. Tests wait less. */
export type Pauses = Pick<Patience, 'pausesMs' | 'backoffsMs'>

/** Half a minute of trying to reach the server again; up to eight minutes of standing back when it throttles. */
export const defaultPauses: Pauses = {
  pausesMs: [0, 1_000, 5_000, 10_000, 15_000],
  backoffsMs: [5_000, 10_000, 20_000, 30_000, 60_000, 60_000, 120_000, 180_000],
}
