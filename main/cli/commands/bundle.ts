import { Option } from 'commander'
import type { Command } from 'commander'
import { exportFormat } from '../../../core/archive/types.ts'
import type { ExportFormat, Selection } from '../../../core/archive/types.ts'
import { AppError } from '../../../core/errors.ts'
import { print, withDesk } from '../cli.ts'
import type { CliDesk, GlobalOptions } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { findArchive } from './archive.ts'

type ExportOptions = GlobalOptions & {
  format: ExportFormat
  folder?: string[]
  search?: string
  out?: string
  note: string
}

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
    .option('--note <text>', 'why; goes into the manifest', '')
    .action((named: string, _: unknown, command: Command) =>
      exportBundle(command.optsWithGlobals<ExportOptions>(), named),
    )
  program
    .command('bundle')
    .description('Bundles that were handed over')
    .command('verify')
    .argument('<zip>')
    .description('Check a bundle with nothing but the zip; ends with 50 when it is not whole')
    .action((path: string, _: unknown, command: Command) =>
      verifyBundle(command.optsWithGlobals<GlobalOptions>(), path),
    )
}

async function exportBundle(options: ExportOptions, named: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await findArchive(cli, named)
    const { format, note, out: destination = null } = options
    const selection = await selectionOf(cli, archiveId, options)
    const { runId } = await cli.call('archive.export', { archiveId, selection, format, destination, note })
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

async function verifyBundle(options: GlobalOptions, path: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { runId } = await cli.call('archive.verifyBundle', { path })
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
