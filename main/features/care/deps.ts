import type { MessageFact } from '../../../core/care/types.ts'
import type { Publish } from '../../../core/contract/index.ts'
import type { Evidence } from '../../../core/tickets/types.ts'
import { AppError } from '../../../core/errors.ts'
import type { DbClient } from '../../../db/client.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Logger } from '../../lib/logger.ts'
import type { MailboxAccess } from '../accounts/index.ts'
import type { ArchiveService } from '../archive/index.ts'
import type { Jobs } from '../jobs/index.ts'
import type { CareMailbox, ConnectCare, OpenCareFolder } from './ports.ts'

/** Which messages of a mailbox must stay where they are, because somebody put a hold on them. */
export type HoldsOf = (
  archiveId: string,
  address: string,
) => Promise<(folder: string, fact: Pick<MessageFact, 'internalDateMs' | 'from' | 'sizeBytes'>) => boolean>

/** What care is built from. */
export interface CareDeps {
  readonly db: DbClient
  readonly jobs: Jobs
  readonly cancelJob: (runId: string) => Promise<unknown>
  readonly publish: Publish
  readonly clock: Clock
  readonly logger: Logger
  readonly mailboxes: MailboxAccess
  readonly connect: ConnectCare
  readonly archive: Pick<ArchiveService, 'find' | 'pull' | 'withStored'>
  readonly holdsOf: HoldsOf
  readonly linkEvidence: (ticketId: string, evidence: Evidence) => Promise<void>
}

/** Signs in to a mailbox, works, and hangs up however that ends. */
export async function withMailbox<T>(
  deps: Pick<CareDeps, 'mailboxes' | 'connect'>,
  mailboxId: string,
  signal: AbortSignal,
  work: (care: CareMailbox) => Promise<T>,
): Promise<T> {
  const { mailbox, secret } = await deps.mailboxes.open(mailboxId)
  const care = await deps.connect(mailbox, secret, signal)
  try {
    return await work(care)
  } finally {
    await care.close()
  }
}

/** Opens a folder, or answers null where the server no longer has it: that is said of its messages. */
export async function openIfThere(
  care: CareMailbox,
  path: string,
  access: 'read' | 'write',
): Promise<OpenCareFolder | null> {
  try {
    return await care.open(path, access)
  } catch (error) {
    if (error instanceof AppError && error.code === 'imap.folder_missing') return null
    throw error
  }
}
