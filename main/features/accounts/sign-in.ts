import type { z } from 'zod'
import type { accountsContract } from '../../../core/accounts/contract.ts'
import type { SignInCheck } from '../../../core/accounts/sign-in-check.ts'
import { AppError } from '../../../core/errors.ts'
import { Secret } from '../../lib/secret.ts'
import type { MailboxAccess } from './index.ts'
import type { TrySignIn } from './ports.ts'
import type { Records } from './records.ts'

type Target = z.output<typeof accountsContract.endpoints.checkSignIn.input>['target']

interface SignInDeps {
  readonly open: MailboxAccess['open']
  readonly records: Pick<Records, 'networkFor'>
  readonly trySignIn: TrySignIn
}

/** Tries the sign-in of a stored mailbox, or of settings that somebody is still typing. */
export async function checkSignIn(
  deps: SignInDeps,
  target: Target,
  signal: AbortSignal,
): Promise<SignInCheck> {
  if (target.kind === 'draft') {
    const { imap, username, signIn, address } = target.mailbox
    if (imap === null) return { outcome: 'not_tried', reason: 'no_server' }
    const network = target.mailbox.network ?? (await deps.records.networkFor(address))
    const secret = new Secret(target.secret)
    return deps.trySignIn({ server: imap, username, signIn, secret, network }, signal)
  }
  const opened = await openIfPossible(deps.open, target.mailboxId)
  if (typeof opened === 'string') return { outcome: 'not_tried', reason: opened }
  const { imap, username, signIn, network } = opened.mailbox
  if (imap === null) return { outcome: 'not_tried', reason: 'no_server' }
  return deps.trySignIn({ server: imap, username, signIn, secret: opened.secret, network }, signal)
}

async function openIfPossible(open: MailboxAccess['open'], mailboxId: string) {
  try {
    return await open(mailboxId)
  } catch (error) {
    if (error instanceof AppError && error.code === 'secret.missing') return 'no_secret'
    if (error instanceof AppError && error.code === 'secret.vault_locked') return 'vault_locked'
    throw error
  }
}
