import type { Command } from 'commander'
import { AppError } from '../../core/errors.ts'
import { readStdin } from './cli.ts'
import type { CliDesk } from './cli.ts'

/** How a command is told a password; never as an argument, which every user of the machine could see. */
export interface PasswordOptions {
  readonly passwordEnv?: string
  readonly passwordStdin?: boolean
}

/** Adds the two ways to give a password beside the keychain. */
export function takesPassword(command: Command): Command {
  return command
    .option('--password-env <name>', 'environment variable that holds the password or token')
    .option('--password-stdin', 'read the password or token from standard input')
}

/** The id of a mailbox that is named by its address or its id. Errors: `record.not_found`. */
export async function findMailboxId(cli: CliDesk, named: string): Promise<string> {
  const { mailboxes } = await cli.call('accounts.listMailboxes', { text: named, limit: 500 })
  const found = mailboxes.find(({ address }) => address.toLowerCase() === named.toLowerCase())
  if (found !== undefined) return found.mailboxId
  const { mailbox } = await cli.call('accounts.getMailbox', { mailboxId: named })
  return mailbox.mailboxId
}

/** Gives a mailbox the password that the options name, for as long as this command runs. */
export async function usePassword(cli: CliDesk, mailboxId: string, options: PasswordOptions): Promise<void> {
  const secret = await passwordFrom(options)
  if (secret !== null) await cli.call('accounts.setSecret', { mailboxId, secret, remember: false })
}

async function passwordFrom({ passwordEnv, passwordStdin }: PasswordOptions): Promise<string | null> {
  if (passwordStdin === true) return readStdin()
  if (passwordEnv === undefined) return null
  const value = process.env[passwordEnv]
  if (value === undefined || value === '')
    throw new AppError('usage.invalid', { details: { problem: `The variable ${passwordEnv} is not set.` } })
  return value
}
