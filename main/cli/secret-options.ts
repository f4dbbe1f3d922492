import type { Command } from 'commander'
import type { SignInMethod } from '../../core/accounts/types.ts'
import { AppError } from '../../core/errors.ts'
import { readStdin } from './cli.ts'

/** Where a password or token comes from: never an argument, which other programs can read. */
export interface SecretOptions {
  readonly passwordStdin?: boolean
  readonly passwordEnv?: string
  readonly tokenStdin?: boolean
  readonly tokenEnv?: string
}

/** Adds the four ways in to a command. */
export function addSecretOptions(command: Command): Command {
  return command
    .option('--password-stdin', 'read the password from standard input')
    .option('--password-env <name>', 'take the password from this environment variable')
    .option('--token-stdin', 'read an OAuth 2 access token from standard input, as a token command prints it')
    .option('--token-env <name>', 'take the token from this environment variable')
}

/** The secret that was given and the sign-in that it is for; null when none was. Errors: `usage.invalid`. */
export async function readSecret(
  options: SecretOptions,
): Promise<{ readonly secret: string; readonly signIn: SignInMethod } | null> {
  const { passwordStdin, passwordEnv, tokenStdin, tokenEnv } = options
  const given = [passwordStdin, passwordEnv, tokenStdin, tokenEnv].filter((one) => one !== undefined)
  if (given.length === 0) return null
  if (given.length > 1) throw problem('Give the password or token in one way only.')
  const name = passwordEnv ?? tokenEnv
  const secret = name === undefined ? await readStdin() : process.env[name]
  if (secret === undefined || secret === '')
    throw problem(name === undefined ? 'Standard input is empty.' : `${name} is not set.`)
  const isToken = tokenStdin === true || tokenEnv !== undefined
  return { secret, signIn: isToken ? 'xoauth2' : 'password' }
}

/**
 * A passphrase or key from an environment variable or standard input, never from an argument; null when neither was
 * named. Errors: `usage.invalid`.
 */
export async function readSecretText(
  env: string | undefined,
  stdin: boolean | undefined,
): Promise<string | null> {
  if (env === undefined && stdin !== true) return null
  const text = env === undefined ? await readStdin() : process.env[env]
  if (text !== undefined && text !== '') return text
  throw problem(env === undefined ? 'Standard input is empty.' : `${env} is not set.`)
}

function problem(text: string): AppError {
  return new AppError('usage.invalid', { details: { problem: text } })
}
