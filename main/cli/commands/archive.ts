import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { count, size } from '../../../core/archive/outcomes.ts'
import type { ArchiveSummary, FolderCoverage } from '../../../core/archive/types.ts'
import { AppError } from '../../../core/errors.ts'
import { print, withDesk } from '../cli.ts'
import type { CliDesk, GlobalOptions } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { recoveryKeyText, registerKeys } from './archive-keys.ts'
import { registerSafety } from './archive-safety.ts'
import { registerSearch } from './archive-search.ts'
import { findMailboxId, takesPassword, usePassword } from '../mailbox.ts'
import type { PasswordOptions } from '../mailbox.ts'
import { registerImport } from './import.ts'

type PullOptions = GlobalOptions &
  PasswordOptions & { mailbox: string; archive?: string; folder?: string[]; encryption?: boolean }

/** `desk archive pull|list|search|verify|rebuild-index`. An archive is named by its name, its id or its folder. */
export function registerArchive(program: Command): void {
  const archive = program.command('archive').description('Keep mail, browse it, and prove that it is whole')
  const pull = archive
    .command('pull')
    .description('Archive what is new in a mailbox; makes the archive when there is none')
    .requiredOption('--mailbox <address>', 'address or id of the mailbox')
    .option('--archive <archive>', 'name, id or folder; a new one is named after the mailbox')
    .option('--folder <path...>', 'only these folders')
    .option(
      '--no-encryption',
      'do not encrypt an archive that is made; else it is, where its key can be kept',
    )
  takesPassword(pull).action((_: unknown, command: Command) =>
    pullMailbox(command.optsWithGlobals<PullOptions>()),
  )
  registerImport(archive, findOrCreateArchive)
  archive
    .command('list')
    .argument('[archive]', 'show the folders of this one')
    .description('List archives, or the folders of one with what they lack')
    .action((named: string | undefined, _: unknown, command: Command) =>
      list(command.optsWithGlobals<GlobalOptions>(), named),
    )
  registerSearch(archive, findArchive)
  registerKeys(archive, findArchive)
  registerSafety(archive, findArchive)
  for (const [name, verb, description] of runs)
    archive
      .command(name)
      .argument('<archive>')
      .description(description)
      .action((named: string, _: unknown, command: Command) =>
        run(command.optsWithGlobals<GlobalOptions>(), named, verb),
      )
}

const runs = [
  ['verify', 'verify', 'Read everything and compare every hash; ends with 50 when something is damaged'],
  ['rebuild-index', 'rebuildIndex', 'Make the index anew from the packs alone'],
] as const

/** The archive of a name, an id or a folder, without counts. A folder or bundle that is not known yet is opened. */
export async function findArchive(cli: CliDesk, named: string): Promise<ArchiveSummary> {
  const { archives } = await cli.call('archive.list', { totals: false })
  const known = archives.find((one) => one.archiveId === named || one.name === named || one.path === named)
  if (known !== undefined) return known
  if (existsSync(named)) return cli.call('archive.open', { path: named })
  throw new AppError('record.not_found', { details: { what: `archive ${named}` } })
}

async function pullMailbox(options: PullOptions): Promise<void> {
  await withDesk(options, async (cli) => {
    const mailboxId = await findMailboxId(cli, options.mailbox)
    await usePassword(cli, mailboxId, options)
    const { address } = (await cli.call('accounts.getMailbox', { mailboxId })).mailbox
    const archive = await findOrCreateArchive(cli, options, options.archive ?? address)
    const { runId } = await cli.call('archive.pull', {
      archiveId: archive.archiveId,
      mailboxId,
      folders: options.folder ?? null,
    })
    const job = await cli.follow(runId)
    const { report } = await cli.call('archive.report', { runId })
    print(
      options,
      { archiveId: archive.archiveId, path: archive.path, state: job.state, report },
      () => job.outcome ?? '',
    )
    if (job.state !== 'done') {
      process.exitCode = exitCodes.internal
      await sayIfEmpty(cli, archive)
    } else if (
      report.kind === 'pull' &&
      report.folders.some((one) => one.failures.length > 0 || one.unfinished !== null)
    )
      process.exitCode = exitCodes.mailbox
  })
}

/** A first pull that fails leaves an archive behind: nobody should find an empty one and wonder. */
async function sayIfEmpty(cli: CliDesk, { archiveId, name, path }: ArchiveSummary): Promise<void> {
  const { messageCount } = await cli.call('archive.get', { archiveId })
  if (messageCount !== 0) return
  process.stderr.write(`The archive “${name}” (${path}) is empty so far; the next pull goes on with it.\n`)
}

/** An archive by its name, id or folder; made under that name when there is none. */
async function findOrCreateArchive(
  cli: CliDesk,
  options: Pick<PullOptions, 'encryption'>,
  named: string,
): Promise<ArchiveSummary> {
  try {
    return await findArchive(cli, named)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'record.not_found') throw error
    const encryption = options.encryption === false ? 'off' : 'default'
    const { recoveryKey, ...made } = await cli.call('archive.create', { name: named, encryption })
    // On standard error also with --json: it is shown once, and the report on standard output comes later or never.
    if (recoveryKey !== null) process.stderr.write(`${recoveryKeyText(recoveryKey)}\n\n`)
    return made
  }
}

async function list(options: GlobalOptions, named: string | undefined): Promise<void> {
  await withDesk(options, async (cli) => {
    if (named === undefined) {
      const { archives } = await cli.call('archive.list', {})
      print(options, archives, () => archives.map(describeArchive).join('\n') || 'No archive yet.')
      return
    }
    const { archiveId } = await findArchive(cli, named)
    const archive = await cli.call('archive.get', { archiveId })
    const { folders } = await cli.call('archive.coverage', { archiveId })
    print(options, { archive, folders }, () =>
      [describeArchive(archive), ...folders.map(describeFolder)].join('\n'),
    )
  })
}

async function run(options: GlobalOptions, named: string, verb: 'verify' | 'rebuildIndex'): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await findArchive(cli, named)
    const { runId } = await cli.call(`archive.${verb}`, { archiveId })
    const job = await cli.follow(runId)
    if (job.state !== 'done') {
      process.exitCode = exitCodes.internal
      print(options, job, () => job.outcome ?? '')
      return
    }
    const { report } = await cli.call('archive.report', { runId })
    const damage = 'damage' in report ? report.damage : []
    print(options, report, () =>
      [
        job.outcome ?? '',
        ...damage.map(
          (one) =>
            `${one.pack}, byte ${one.offset}: ${one.problem}${one.subject === null ? '' : ` (“${one.subject}”, ${one.folder ?? 'no folder'}, ${dateOf(one.dateMs)})`}`,
        ),
        ...(report.kind === 'verify' ? report.ledgerProblems : []),
        ...(damage.length > 0
          ? ['Run “desk archive repair” to see what can be repaired, and from where.']
          : []),
      ].join('\n'),
    )
    if (damage.length > 0) process.exitCode = exitCodes.archive
  })
}

function describeArchive(archive: ArchiveSummary): string {
  const { name, state, messageCount, mailBytes, storedBytes, lastArchivedAtMs, path } = archive
  if (messageCount === null || mailBytes === null || storedBytes === null) return `${name}  ${state}  ${path}`
  const last =
    lastArchivedAtMs === null ? 'nothing archived yet' : `last message archived ${dateOf(lastArchivedAtMs)}`
  return `${name}  ${count(messageCount, 'message')}, ${size(mailBytes)} in ${size(storedBytes)}; ${last}  ${path}`
}

function describeFolder(folder: FolderCoverage): string {
  const { source, path, archivedCount, serverCount, missingCount, goneCount, failures } = folder
  const onServer =
    serverCount === null
      ? 'never pulled to its end; how many the server has is unknown'
      : `${archivedCount} of ${serverCount} on the server`
  const last =
    folder.lastArchivedAtMs === null ? '' : `, last message archived ${dateOf(folder.lastArchivedAtMs)}`
  const asked = folder.askedAtMs === null ? '' : `, last asked ${dateOf(folder.askedAtMs)}`
  const unfinished = folder.unfinished === null ? '' : `\n      not pulled to its end: ${folder.unfinished}`
  const missing = missingCount === null || missingCount === 0 ? '' : `, ${missingCount} missing`
  const gone = goneCount === 0 ? '' : `, ${goneCount} no longer on the server`
  const reasons = failures.map(
    ({ uid, reason, part }) =>
      `\n      UID ${uid}: ${reason}${part === null ? '' : ` What came of it: ${part.path} (${size(part.sizeBytes)})`}`,
  )
  return `  ${source} ${path}: ${onServer}${missing}${gone}${last}${asked}${unfinished}${reasons.join('')}`
}

function dateOf(ms: number | null): string {
  return ms === null ? '-' : new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}
