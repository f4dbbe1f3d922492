import { Option } from 'commander'
import type { Command } from 'commander'
import { exportFormat } from '../../../core/archive/types.ts'
import type { ExportFormat, Selection } from '../../../core/archive/types.ts'
import { AppError } from '../../../core/errors.ts'
import { print, withDesk } from '../cli.ts'
import type { CliDesk, GlobalOptions } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { readSecretText } from '../secret-options.ts'
import { findArchive } from './archive.ts'

type ExportOptions = GlobalOptions & {
  format: ExportFormat
  folder?: string[]
  search?: string
  out?: string
  note: string
  by: string
  split?: string
  recipient?: string[]
  encryptEnv?: string
  encryptStdin?: boolean
  sign?: boolean
  pages: boolean
}

type CheckOptions = GlobalOptions & { secretEnv?: string; secretStdin?: boolean; fingerprint?: string }

/** `desk export` and `desk bundle verify`: mail for somebody without Mail Desk, and the check of it. */
export function registerBundle(program: Command): void {
  program
    .command('export')
    .argument('<archive>', 'name, id or folder')
    .description('Write a bundle that anyone can verify')
    .addOption(new Option('--format <format>').choices(exportFormat.options).default('mboxrd'))
    .option('--folder <path...>', 'only these folders')
    .option('--search <text>', 'only what a search finds')
    .option('--out <file>', 'a new zip, or an existing folder')
    .option('--note <text>', 'why; goes into the manifest and the chain of custody', '')
    .option('--by <name>', 'who hands it over; otherwise the name in the settings', '')
    .option('--split <size>', 'largest size of one zip, such as 25MB or 4GB')
    .option('--recipient <age1...>', 'encrypt to these age recipients')
    .option('--encrypt-env <name>', 'encrypt with the passphrase in this environment variable')
    .option('--encrypt-stdin', 'encrypt with the passphrase from standard input')
    .option('--sign', 'end with an error when it cannot be signed')
    .option('--no-sign', 'do not sign it')
    .option('--no-pages', 'leave out the pages for people')
    .action((named: string, _: unknown, command: Command) =>
      exportBundle(command.optsWithGlobals<ExportOptions>(), named),
    )
  program
    .command('bundle')
    .description('Bundles that were handed over')
    .command('verify')
    .argument('<zip>')
    .description('Check a bundle with nothing but its files; ends with 50 when it is not whole')
    .option('--secret-env <name>', 'the passphrase or age identity is in this environment variable')
    .option('--secret-stdin', 'read the passphrase or age identity from standard input')
    .option('--fingerprint <hex>', 'the fingerprint that the sender told; another key is a problem')
    .action((path: string, _: unknown, command: Command) =>
      verifyBundle(command.optsWithGlobals<CheckOptions>(), path),
    )
}

async function exportBundle(options: ExportOptions, named: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await findArchive(cli, named)
    const { format, note, by: handedOverBy, out: destination = null } = options
    const selection = await selectionOf(cli, archiveId, options)
    const { runId } = await cli.call('archive.export', {
      archiveId,
      selection,
      format,
      destination,
      note,
      handedOverBy,
      splitBytes: options.split === undefined ? null : parseSize(options.split),
      encrypt: await encryptionOf(options),
      sign: options.sign === undefined ? 'if_possible' : options.sign ? 'always' : 'never',
      humanIndex: options.pages,
    })
    const job = await cli.follow(runId)
    if (job.state !== 'done') {
      process.exitCode = exitCodes.internal
      print(options, job, () => job.outcome ?? '')
      return
    }
    const { report } = await cli.call('archive.report', { runId })
    print(options, report, () => `${job.outcome ?? ''}\nSHA-256 ${'sha256' in report ? report.sha256 : ''}`)
    if ('problems' in report && report.problems.length > 0) process.exitCode = exitCodes.archive
  })
}

/** `25MB`, `4GB`: powers of 1,000. Errors: `usage.invalid`. */
function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(kB|MB|GB|TB)$/i.exec(text.trim())
  const power = ['kb', 'mb', 'gb', 'tb'].indexOf(match?.[2]?.toLowerCase() ?? '') + 1
  const bytes = Math.round(Number(match?.[1] ?? 0) * 1000 ** power)
  if (bytes >= 1_000_000) return bytes
  throw new AppError('usage.invalid', {
    details: { problem: `“${text}” is no size of at least 1MB, such as 25MB or 4GB.` },
  })
}

async function encryptionOf(options: ExportOptions) {
  const passphrase = await readSecretText(options.encryptEnv, options.encryptStdin)
  const { recipient: recipients } = options
  if (passphrase !== null && recipients !== undefined)
    throw new AppError('usage.invalid', {
      details: { problem: 'Encrypt with a passphrase or to recipients, not both.' },
    })
  if (passphrase !== null) return { kind: 'passphrase', passphrase } as const
  return recipients === undefined ? null : ({ kind: 'recipients', recipients } as const)
}

async function selectionOf(cli: CliDesk, archiveId: string, options: ExportOptions): Promise<Selection> {
  const named = options.folder ?? []
  const { folders } = await cli.call('archive.folders', { archiveId })
  const chosen = named.map((path) => {
    const found = folders.filter((folder) => folder.path === path)
    if (found.length === 0) throw new AppError('record.not_found', { details: { what: `folder ${path}` } })
    return found.map((folder) => folder.folderId)
  })
  const folderIds = chosen.flat()
  if (options.search === undefined) return { kind: 'folders', folderIds }
  if (folderIds.length > 1)
    throw new AppError('usage.invalid', {
      details: { problem: 'A search is in one folder, or in all of them.' },
    })
  return { kind: 'search', text: options.search, folderId: folderIds[0] ?? null }
}

async function verifyBundle(options: CheckOptions, path: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { runId } = await cli.call('archive.verifyBundle', {
      path,
      secret: await readSecretText(options.secretEnv, options.secretStdin),
      fingerprint: options.fingerprint ?? null,
    })
    const job = await cli.follow(runId)
    if (job.state !== 'done') {
      process.exitCode = exitCodes.internal
      print(options, job, () => job.outcome ?? '')
      return
    }
    const { report } = await cli.call('archive.report', { runId })
    const problems = 'problems' in report ? report.problems : []
    print(options, report, () =>
      [job.outcome ?? '', ...problems.slice(1).map((problem) => `  ${problem}`)].join('\n'),
    )
    if (problems.length > 0) process.exitCode = exitCodes.archive
  })
}
