import { Option } from 'commander'
import type { Command } from 'commander'
import { count, size } from '../../../core/archive/outcomes.ts'
import { exportFormat } from '../../../core/archive/types.ts'
import type { ExportFormat, Selection } from '../../../core/archive/types.ts'
import { AppError } from '../../../core/errors.ts'
import { describeRefusal } from '../../../core/restore/refusal.ts'
import type { FolderChoice, RestoreItem, RestoreOptions, RestoreTarget } from '../../../core/restore/types.ts'
import { print, withDesk } from '../cli.ts'
import type { CliDesk, GlobalOptions } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { findMailboxId, takesPassword, usePassword } from '../mailbox.ts'
import type { PasswordOptions } from '../mailbox.ts'
import { findArchive } from './archive.ts'

/** How a target is named on the command line. */
export type TargetOptions = GlobalOptions &
  PasswordOptions & { to?: string; files?: string; format: ExportFormat }

type StartOptions = TargetOptions & {
  folder?: string[]
  search?: string
  message?: string[]
  into?: string
  map?: string[]
  keepNames?: boolean
  leaveOutGone?: boolean
  deletedFlag?: boolean
  labels: RestoreOptions['labels']
  dryRun?: boolean
}

/** `desk restore start|resume|undo|list|show`: mail from an archive back to a mailbox, or to files. */
export function registerRestore(program: Command): void {
  const restore = program.command('restore').description('Bring mail from an archive back')
  const start = restore
    .command('start')
    .argument('<archive>', 'name, id or folder')
    .description('Restore to a mailbox or to files; adds nothing that is there already')
    .option('--folder <path...>', 'only these folders')
    .option('--search <text>', 'only what a search finds')
    .option('--message <id...>', 'only these messages, by the ids that a list shows')
    .option('--into <folder>', 'put everything below this folder')
    .option('--map <from=to...>', 'put one folder into another: "Odd=Strange mail"')
    .option('--keep-names', 'do not use the target’s own Sent, Drafts, Junk and Trash')
    .option('--leave-out-gone', 'leave out what was no longer on the server')
    .option('--deleted-flag', 'restore the mark "deleted" too')
    .addOption(
      new Option('--labels <how>', 'Gmail’s labels')
        .choices(['leave_out', 'keywords', 'folders'])
        .default('leave_out'),
    )
    .option('--dry-run', 'look into the target and say what would be done')
  takesTarget(start).action((named: string, _: unknown, command: Command) =>
    startRestore(command.optsWithGlobals<StartOptions>(), named),
  )
  for (const [name, description, act] of [
    ['resume', 'Go on with a restore that stopped', resume],
    ['undo', 'Remove from the target what a restore added to it', undo],
  ] as const)
    takesPassword(restore.command(name).argument('<restore>', 'id').description(description)).action(
      (restoreId: string, _: unknown, command: Command) =>
        act(command.optsWithGlobals<GlobalOptions & PasswordOptions>(), restoreId),
    )
  restore
    .command('list')
    .argument('<archive>', 'name, id or folder')
    .description('Restores of an archive, newest first')
    .action((named: string, _: unknown, command: Command) =>
      list(command.optsWithGlobals<GlobalOptions>(), named),
    )
  restore
    .command('show')
    .argument('<restore>', 'id')
    .option('--all', 'every message, not only those with problems')
    .description('Message by message, what a restore did')
    .action((restoreId: string, _: unknown, command: Command) =>
      show(command.optsWithGlobals<GlobalOptions & { all?: boolean }>(), restoreId),
    )
}

/** Adds the ways to name a target. */
export function takesTarget(command: Command): Command {
  return takesPassword(command)
    .option('--to <address>', 'a mailbox, by address or id')
    .option('--files <folder>', 'a folder on this computer instead of a mailbox')
    .addOption(new Option('--format <format>', 'of the files').choices(exportFormat.options).default('eml'))
}

/** The target that the options name. Errors: `usage.invalid`. */
export async function targetOf(cli: CliDesk, options: TargetOptions): Promise<RestoreTarget> {
  const { to, files, format } = options
  if ((to === undefined) === (files === undefined))
    throw new AppError('usage.invalid', {
      details: { problem: 'Name a mailbox with --to, or a folder with --files.' },
    })
  if (files !== undefined) return { kind: 'files', format, path: files }
  const mailboxId = await findMailboxId(cli, to ?? '')
  await usePassword(cli, mailboxId, options)
  return { kind: 'mailbox', mailboxId }
}

async function startRestore(options: StartOptions, named: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await findArchive(cli, named)
    const target = await targetOf(cli, options)
    const selection = await selectionOf(cli, archiveId, options)
    const folders = await choicesOf(cli, archiveId, options.map ?? [])
    const begun = await cli.call('restore.start', {
      ...{ archiveId, selection, target },
      dryRun: options.dryRun ?? false,
      options: {
        prefix: options.into ?? null,
        useSpecialFolders: options.keepNames !== true,
        leaveOutGone: options.leaveOutGone ?? false,
        keepDeletedFlag: options.deletedFlag ?? false,
        labels: options.labels,
        folders,
      },
    })
    await finish(cli, options, begun)
  })
}

async function resume(options: GlobalOptions & PasswordOptions, restoreId: string): Promise<void> {
  await withDesk(options, async (cli) => {
    await usePasswordOf(cli, restoreId, options)
    await finish(cli, options, await cli.call('restore.resume', { restoreId }))
  })
}

async function undo(options: GlobalOptions & PasswordOptions, restoreId: string): Promise<void> {
  await withDesk(options, async (cli) => {
    await usePasswordOf(cli, restoreId, options)
    const { runId } = await cli.call('restore.undo', { restoreId })
    const job = await cli.follow(runId)
    print(options, job, () => job.outcome ?? '')
    if (job.state !== 'done') process.exitCode = exitCodes.internal
  })
}

async function usePasswordOf(cli: CliDesk, restoreId: string, options: PasswordOptions): Promise<void> {
  const { request } = await cli.call('restore.get', { restoreId })
  if (request.target.kind === 'mailbox') await usePassword(cli, request.target.mailboxId, options)
}

/** Waits for a restore and says what it did; messages with problems are listed. */
async function finish(
  cli: CliDesk,
  options: GlobalOptions,
  { runId, restoreId }: { readonly runId: string; readonly restoreId: string },
): Promise<void> {
  const job = await cli.follow(runId)
  const { report } = await cli.call('restore.get', { restoreId })
  const states = ['refused', 'unreadable'] as const
  const { items } = await cli.call('restore.items', { restoreId, states: [...states], limit: 100 })
  print(options, { restoreId, state: job.state, report, problems: items }, () =>
    [job.outcome ?? '', ...items.map(describeItem), `Restore ${restoreId}`].join('\n'),
  )
  if (job.state !== 'done') process.exitCode = exitCodes.internal
  else if (report === null || report.stopped !== null || report.refused > 0)
    process.exitCode = exitCodes.mailbox
  else if (report.unreadable > 0) process.exitCode = exitCodes.archive
}

async function list(options: GlobalOptions, named: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await findArchive(cli, named)
    const { restores } = await cli.call('restore.list', { archiveId })
    print(options, restores, () =>
      restores
        .map(({ restoreId, targetName, state, dryRun, startedAtMs, report }) => {
          const what =
            report === null ? state : `${count(report.restored, 'message')}, ${size(report.restoredBytes)}`
          return `${restoreId}  ${new Date(startedAtMs).toISOString().slice(0, 16)}  ${targetName}  ${dryRun ? 'dry run, ' : ''}${what}`
        })
        .join('\n'),
    )
  })
}

async function show(options: GlobalOptions & { all?: boolean }, restoreId: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const states = options.all === true ? [] : (['refused', 'unreadable'] as const)
    const page = await cli.call('restore.items', { restoreId, states: [...states], limit: 500 })
    print(options, page, () =>
      [
        Object.entries(page.counts)
          .map(([state, n]) => `${state} ${n}`)
          .join(', '),
        ...page.items.map(describeItem),
      ].join('\n'),
    )
  })
}

function describeItem({ targetFolder, subject, state, reason, words }: RestoreItem): string {
  const why = [reason === null ? '' : describeRefusal(reason), words ?? '']
    .filter((part) => part !== '')
    .join(' ')
  return `  ${state}  ${targetFolder}  “${subject}”${why === '' ? '' : `: ${why}`}`
}

async function selectionOf(cli: CliDesk, archiveId: string, options: StartOptions): Promise<Selection> {
  const { folder, search, message } = options
  if ([folder, search, message].filter((one) => one !== undefined).length > 1)
    throw new AppError('usage.invalid', {
      details: { problem: 'Choose by folder, by search, or by message.' },
    })
  if (message !== undefined) return { kind: 'messages', occurrenceIds: message.map(Number) }
  if (search !== undefined) return { kind: 'search', text: search, folderId: null }
  const { folders } = await cli.call('archive.folders', { archiveId })
  return {
    kind: 'folders',
    folderIds: (folder ?? []).flatMap((path) => findFolders(folders, path).map((one) => one.folderId)),
  }
}

async function choicesOf(cli: CliDesk, archiveId: string, pairs: readonly string[]): Promise<FolderChoice[]> {
  if (pairs.length === 0) return []
  const { folders } = await cli.call('archive.folders', { archiveId })
  return pairs.flatMap((pair) => {
    const at = pair.indexOf('=')
    if (at < 1) throw new AppError('usage.invalid', { details: { problem: `“${pair}” is not FROM=TO.` } })
    const target = pair.slice(at + 1)
    return findFolders(folders, pair.slice(0, at)).map(({ source, path }) => ({ source, path, target }))
  })
}

function findFolders<F extends { readonly path: string }>(folders: readonly F[], path: string): readonly F[] {
  const found = folders.filter((folder) => folder.path === path)
  if (found.length === 0) throw new AppError('record.not_found', { details: { what: `folder ${path}` } })
  return found
}
