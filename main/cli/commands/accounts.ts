import type { Command } from 'commander'
import { describeReason } from '../../../core/accounts/discovery-text.ts'
import type { Discovery, DiscoveryProposal } from '../../../core/accounts/discovery.ts'
import type { SignInCheck } from '../../../core/accounts/sign-in-check.ts'
import { AppError } from '../../../core/errors.ts'
import type { AppErrorCode } from '../../../core/errors.ts'
import { print, withDesk } from '../cli.ts'
import type { CliDesk, GlobalOptions } from '../cli.ts'
import { exitCodeOf, exitCodes } from '../exit-codes.ts'
import { findMailboxId } from '../mailbox.ts'
import { addSecretOptions, readSecret } from '../secret-options.ts'
import type { SecretOptions } from '../secret-options.ts'
import { parseServer } from '../server-option.ts'

/** `desk accounts`: people and mailboxes; MAILBOX is an id or an address. */
export function registerAccounts(program: Command): void {
  const accounts = program.command('accounts').description('People, their mailboxes and how to reach these')
  accounts
    .command('list')
    .argument('[text]', 'only people whose name or address contains it', '')
    .description('List people and their mailboxes')
    .action((text: string, _: unknown, command: Command) => list(text, command.optsWithGlobals()))
  accounts
    .command('discover')
    .argument('<email>')
    .description('Find the servers for an address; no password is asked for')
    .action((email: string, _: unknown, command: Command) => discover(email, command.optsWithGlobals()))
  addSecretOptions(
    accounts
      .command('add')
      .argument('<email>')
      .requiredOption('--name <name>', 'the person’s name')
      .option('--username <name>', 'when it is not the address')
      .option('--imap <host:port/security>', 'by hand: imap.example.org:993/tls')
      .option('--smtp <host:port/security>', 'by hand: smtp.example.org:465/tls'),
  )
    .description('Add a person with their mailbox; servers that are not given are discovered')
    .action((email: string, _: unknown, command: Command) => add(email, command.optsWithGlobals()))
  addSecretOptions(accounts.command('set-secret').argument('<mailbox>'))
    .description('Store the password or token of a mailbox')
    .action((mailbox: string, _: unknown, command: Command) => setSecret(mailbox, command.optsWithGlobals()))
  accounts
    .command('check')
    .argument('<mailbox>')
    .description('Try the sign-in of a mailbox at its IMAP server')
    .action((mailbox: string, _: unknown, command: Command) => check(mailbox, command.optsWithGlobals()))
}

function list(text: string, options: GlobalOptions): Promise<void> {
  return withDesk(options, async ({ call }) => {
    const { people, total } = await call('accounts.list', { text, limit: 500 })
    const all = await Promise.all(people.map(({ personId }) => call('accounts.get', { personId })))
    print(options, { people: all, total }, () =>
      [
        ...all.flatMap(({ person, mailboxes }) => [
          `${person.name} <${person.email}>`,
          ...mailboxes.map(
            ({ mailboxId, address, imap, secret }) =>
              `  ${address}  ${imap?.host ?? 'no IMAP server'}  secret ${secret.state}  ${mailboxId}`,
          ),
        ]),
        `${people.length} of ${total} people`,
      ].join('\n'),
    )
  })
}

function discover(email: string, options: GlobalOptions): Promise<void> {
  return withDesk(options, async (cli) => {
    const found = await runDiscovery(cli, email)
    print(options, found, () => describeDiscovery(found))
    if (found.proposals.length === 0) process.exitCode = exitCodes.dns
  })
}

async function runDiscovery({ call, follow }: CliDesk, email: string): Promise<Discovery> {
  const { runId } = await call('accounts.discover', { email })
  await follow(runId)
  return call('accounts.discovery', { runId })
}

function describeDiscovery({ attempts, proposals }: Discovery): string {
  return [
    ...attempts.map(
      ({ asked, outcome, answer, durationMs }) =>
        `${outcome.padEnd(8)} ${String(durationMs ?? 0).padStart(5)} ms  ${asked}  ${answer}`,
    ),
    '',
    ...(proposals.length === 0 ? ['No servers were found. Give them with --imap and --smtp.'] : []),
    ...proposals.flatMap((proposal, i) => [
      `${i + 1}. ${serverText(proposal.imap)}  ${proposal.smtp === null ? 'no SMTP server' : serverText(proposal.smtp)}`,
      ...proposal.reasons.map((reason) => `   ${describeReason(reason)}`),
    ]),
  ].join('\n')
}

const serverText = ({ host, port, security }: DiscoveryProposal['imap']) => `${host}:${port}/${security}`

interface AddOptions extends GlobalOptions, SecretOptions {
  readonly name: string
  readonly username?: string
  readonly imap?: string
  readonly smtp?: string
}

async function add(email: string, options: AddOptions): Promise<void> {
  const typed = await readSecret(options)
  await withDesk(options, async (cli) => {
    const best = options.imap === undefined ? (await runDiscovery(cli, email)).proposals[0] : undefined
    if (options.imap === undefined && best === undefined)
      throw new AppError('usage.invalid', {
        details: { problem: `No servers were found for ${email}. Give them with --imap and --smtp.` },
      })
    const added = await cli.call('accounts.add', {
      name: options.name,
      email,
      mailbox: {
        address: email,
        username: options.username ?? best?.username ?? email,
        signIn: typed?.signIn ?? best?.signIn ?? 'password',
        imap: options.imap === undefined ? (best?.imap ?? null) : parseServer(options.imap),
        smtp: options.smtp === undefined ? (best?.smtp ?? null) : parseServer(options.smtp),
      },
      secret: typed?.secret ?? null,
    })
    print(options, added, () => `Added ${options.name}, mailbox ${added.mailboxId ?? ''}.`)
  })
}

async function setSecret(name: string, options: GlobalOptions & SecretOptions): Promise<void> {
  const typed = await readSecret(options)
  if (typed === null)
    throw new AppError('usage.invalid', {
      details: {
        problem: 'Say where the secret comes from: --password-stdin, --token-stdin or --password-env NAME.',
      },
    })
  await withDesk(options, async (cli) => {
    const mailboxId = await findMailboxId(cli, name)
    const { mailbox, person } = await cli.call('accounts.getMailbox', { mailboxId })
    // Such a password lives in the memory of one program, and this one ends with its command.
    if (person.origin === 'practice')
      throw new AppError('usage.invalid', {
        details: {
          problem:
            'The passwords of the practice company are never stored. Set it in the console, or give it to the command that needs it by --password-env.',
        },
      })
    if (mailbox.signIn !== typed.signIn)
      await cli.call('accounts.editMailbox', { mailboxId, signIn: typed.signIn })
    const stored = await cli.call('accounts.setSecret', { mailboxId, secret: typed.secret })
    print(options, stored, () => `Stored in the ${stored.store}.`)
  })
}

function check(name: string, options: GlobalOptions): Promise<void> {
  return withDesk(options, async (cli) => {
    const mailboxId = await findMailboxId(cli, name)
    const result = await cli.call('accounts.checkSignIn', { target: { kind: 'mailbox', mailboxId } })
    print(options, result, () => describeCheck(result))
    process.exitCode = exitCodeOfCheck(result)
  })
}

function describeCheck(result: SignInCheck): string {
  switch (result.outcome) {
    case 'accepted':
      return `The server accepts the sign-in (${result.durationMs} ms).`
    case 'refused':
      return `The server refuses the sign-in: ${result.responseCode === null ? '' : `[${result.responseCode}] `}${result.response}`
    case 'unreachable':
      return `${result.sentence} Nothing is known about the password.`
    case 'not_tried':
      return `Not tried: ${result.reason.replace('_', ' ')}.`
  }
}

function exitCodeOfCheck(result: SignInCheck): number {
  if (result.outcome === 'accepted') return exitCodes.ok
  return result.outcome === 'unreachable' ? exitCodeOf(result.code as AppErrorCode) : exitCodes.authentication
}
