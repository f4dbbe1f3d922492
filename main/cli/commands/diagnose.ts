import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { InputOf } from '../../../core/contract/index.ts'
import { areaOf, isFindingCode } from '../../../core/diagnostics/findings.ts'
import { findingText, lineOf } from '../../../core/diagnostics/report.ts'
import type { ProbeGroup, Run } from '../../../core/diagnostics/types.ts'
import { AppError } from '../../../core/errors.ts'
import { print, withDesk } from '../cli.ts'
import type { CliDesk, GlobalOptions } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import type { ExitCode } from '../exit-codes.ts'
import { findMailboxId } from '../mailbox.ts'
import { addSecretOptions, readSecret } from '../secret-options.ts'
import type { SecretOptions } from '../secret-options.ts'
import { parseServer } from '../server-option.ts'

type Target = InputOf<'diagnostics.start'>['target']

interface DiagnoseOptions extends GlobalOptions, SecretOptions {
  readonly username?: string
  readonly imap?: string
  readonly smtp?: string
  readonly dns?: string
  readonly ca?: string
  readonly append?: boolean
  readonly roundTrip?: boolean
  readonly deadline: string
  readonly report?: boolean
}

/** `desk diagnose`: the ladder and the finding; the exit code says what kind of cause it is. */
export function registerDiagnose(program: Command): void {
  addSecretOptions(
    program
      .command('diagnose')
      .argument('<mailbox>', 'address or id of a mailbox of this desk, or any address')
      .option(
        '--imap <host:port/security>',
        'for an address that is not of this desk: imap.example.org:993/tls',
      )
      .option('--smtp <host:port/security>', 'the same for sending: smtp.example.org:465/tls')
      .option('--username <name>', 'when it is not the address')
      .option('--dns <ip[:port],...>', 'name servers to use instead of the system’s')
      .option('--ca <file>', 'a private authority to trust beside the public ones (PEM)')
      .option('--append', 'also store a small message in the mailbox, and remove it')
      .option('--round-trip', 'also send a message to the mailbox itself, find it, and remove it')
      .option('--deadline <seconds>', 'for the whole run', '60')
      .option('--report', 'print the report for a provider instead'),
  )
    .description('Climb the ladder of probes and say what is wrong, who must act, and what to do')
    .action((mailbox: string, _: unknown, command: Command) => diagnose(mailbox, command.optsWithGlobals()))
}

async function diagnose(named: string, options: DiagnoseOptions): Promise<void> {
  const seconds = Number(options.deadline)
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 600)
    throw usage('--deadline is 1 to 600 seconds.')
  const typed = await readSecret(options)
  await withDesk(options, async (cli) => {
    const target = await targetOf(cli, named, options, typed)
    const { runId } = await cli.call('diagnostics.start', {
      target,
      options: {
        appendProbe: options.append === true,
        roundTrip: options.roundTrip === true,
        deadlineMs: seconds * 1000,
      },
    })
    await cli.follow(runId)
    const run = await cli.call('diagnostics.get', { runId })
    const text =
      options.report === true ? (await cli.call('diagnostics.report', { runId })).text : ladderText(run)
    print(options, run, () => text)
    process.exitCode = exitCodeFor(run)
  })
}

type Typed = Awaited<ReturnType<typeof readSecret>>

/** A mailbox of this desk, or servers that were given, or those that are discovered from the address. */
async function targetOf(
  cli: CliDesk,
  named: string,
  options: DiagnoseOptions,
  typed: Typed,
): Promise<Target> {
  const byHand = options.imap !== undefined || options.smtp !== undefined
  const mailboxId = byHand ? null : await knownMailbox(cli, named)
  if (mailboxId !== null) {
    if (typed !== null)
      await cli.call('accounts.setSecret', { mailboxId, secret: typed.secret, remember: false })
    return { kind: 'mailbox', mailboxId }
  }
  if (!named.includes('@')) throw usage(`${named} is neither a mailbox of this desk nor an address.`)
  const found = byHand ? undefined : await discover(cli, named)
  const network = {
    dnsServers: options.dns === undefined ? [] : options.dns.split(','),
    trustedCaPem: options.ca === undefined ? null : await readFile(options.ca, 'utf8'),
  }
  return {
    kind: 'adHoc',
    secret: typed?.secret ?? null,
    subject: {
      address: named,
      username: options.username ?? found?.username ?? named,
      signIn: typed?.signIn ?? found?.signIn ?? 'password',
      imap: options.imap === undefined ? (found?.imap ?? null) : parseServer(options.imap),
      smtp: options.smtp === undefined ? (found?.smtp ?? null) : parseServer(options.smtp),
      network,
    },
  }
}

async function knownMailbox(cli: CliDesk, named: string): Promise<string | null> {
  try {
    return await findMailboxId(cli, named)
  } catch (error) {
    if (error instanceof AppError && error.code === 'record.not_found') return null
    throw error
  }
}

async function discover(cli: CliDesk, email: string) {
  const { runId } = await cli.call('accounts.discover', { email })
  await cli.follow(runId)
  const { proposals } = await cli.call('accounts.discovery', { runId })
  return proposals[0]
}

const groupTitles: Readonly<Record<ProbeGroup, string>> = {
  network: 'Device and network',
  dns: 'Names',
  connection: 'Connection',
  imap: 'Reading (IMAP)',
  smtp: 'Sending (SMTP)',
  roundtrip: 'Round trip',
}

function ladderText(run: Run): string {
  const groups = Object.keys(groupTitles) as ProbeGroup[]
  const rungs = groups.flatMap((group) => {
    const lines = run.results
      .filter((result) => result.group === group)
      .map((result) => `  ${lineOf(result)}`)
    return lines.length === 0 ? [] : [groupTitles[group], ...lines]
  })
  const end =
    run.finding === null ? `The run is ${run.state}; there is no finding.` : findingText(run.finding)
  const others = run.otherFindings.map((other) => `Also: ${other.title}.`)
  return [...rungs, '', end, ...others].join('\n')
}

/** Health and flaws are 0; what is unknown is never 0. */
function exitCodeFor({ finding, results }: Run): ExitCode {
  if (finding === null) return exitCodes.internal
  if (finding.status === 'pass' || finding.status === 'warning') return exitCodes.ok
  const area = isFindingCode(finding.code) ? areaOf(finding.code) : 'none'
  switch (area) {
    case 'device':
    case 'network':
      return exitCodes.network
    case 'dns':
      return exitCodes.dns
    case 'tls':
      return exitCodes.tls
    case 'auth':
      return exitCodes.authentication
    case 'mailbox':
      return exitCodes.mailbox
    case 'sending':
      return exitCodes.sending
    case 'none':
      return byGroup(results.find(({ resultId }) => finding.resultIds.includes(resultId))?.group)
  }
}

/** What could not be determined has the code of the part that gave no answer. */
function byGroup(group: ProbeGroup | undefined): ExitCode {
  switch (group) {
    case 'network':
    case 'connection':
      return exitCodes.network
    case 'dns':
      return exitCodes.dns
    case 'imap':
      return exitCodes.mailbox
    case 'smtp':
    case 'roundtrip':
      return exitCodes.sending
    case undefined:
      return exitCodes.internal
  }
}

function usage(text: string): AppError {
  return new AppError('usage.invalid', { details: { problem: text } })
}
