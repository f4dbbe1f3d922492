import type { Mailbox, NetworkProfile } from '../../../core/accounts/types.ts'
import { AppError } from '../../../core/errors.ts'
import { Secret } from '../../lib/secret.ts'
import type { PracticeDeps } from './index.ts'
import type { CompanyUser } from './ports.ts'

/** Under which ids somebody is in People. */
export interface PersonIds {
  readonly personId: string
  readonly mailboxId: string
}

type Accounts = PracticeDeps['accounts']

/**
 * Adds somebody of the company to People, or brings them up to date: each start has other ports, and each round
 * begins with the settings as the user left them. Their password is kept for this session only.
 */
export async function keepPerson(
  accounts: Accounts,
  user: CompanyUser,
  network: NetworkProfile,
  before: PersonIds | null,
): Promise<PersonIds> {
  const { address, username, imap, smtp } = user
  const fields = { address, username, signIn: 'password', imap, smtp, network } as const
  const secret = new Secret(user.password)
  const known = before === null ? null : await findMailbox(accounts, before.mailboxId)
  if (known !== null) {
    await accounts.records.putMailbox({ ...known, ...fields })
    await accounts.records.setSecret(known.mailboxId, secret, false)
    return { personId: known.personId, mailboxId: known.mailboxId }
  }
  // Somebody whose mailbox was removed by hand begins anew.
  if (before !== null) await accounts.records.removePeople([before.personId])
  const { personId, mailboxId } = await accounts.records.addPerson({
    name: user.name,
    email: address,
    origin: 'practice',
    mailbox: fields,
    secret: { secret, how: 'session' },
  })
  if (mailboxId === null) throw new AppError('internal')
  return { personId, mailboxId }
}

async function findMailbox(accounts: Accounts, mailboxId: string): Promise<Mailbox | null> {
  try {
    return await accounts.get(mailboxId)
  } catch (error) {
    if (error instanceof AppError && error.code === 'record.not_found') return null
    throw error
  }
}
