import { resolve } from 'node:path'
import type { Command } from 'commander'
import { size } from '../../../core/archive/outcomes.ts'
import type { ArchiveCopy } from '../../../core/archive/safety-endpoints.ts'
import type { ArchiveSummary } from '../../../core/archive/types.ts'
import { AppError } from '../../../core/errors.ts'
import { print, withDesk } from '../cli.ts'
import type { CliDesk, GlobalOptions } from '../cli.ts'
import { dateOf, followSafety } from '../follow-safety.ts'

type FindArchive = (cli: CliDesk, named: string) => Promise<ArchiveSummary>
type CopyOptions = GlobalOptions & {
  mend?: boolean
  automatic: boolean
  deleteFiles?: boolean
  replace?: boolean
}

/** `desk archive copy add|list|sync|verify|remove|promote`. */
export function registerCopy(copy: Command, findArchive: FindArchive): void {
  copy
    .command('add')
    .argument('<archive>')
    .argument('<folder>', 'an empty folder, or one that is made')
    .option('--no-automatic', 'do not bring it up to date after every pull')
    .description('Keep a second copy, and make it now')
    .action((named: string, folder: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CopyOptions>()
      return withDesk(options, async (cli) => {
        const { archiveId } = await findArchive(cli, named)
        const path = resolve(folder)
        const { copyId } = await cli.call('archive.addCopy', {
          archiveId,
          path,
          automatic: options.automatic,
        })
        await followSafety(cli, options, await cli.call('archive.syncCopy', { copyId }))
      })
    })
  copy
    .command('list')
    .argument('<archive>')
    .description('How the second copies of an archive stand')
    .action((named: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>()
      return withDesk(options, async (cli) => {
        const { archiveId } = await findArchive(cli, named)
        const { copies } = await cli.call('archive.safety', { archiveId })
        print(options, copies, () => copies.map(describe).join('\n') || 'There is no second copy.')
      })
    })
  registerUpkeep(copy, findArchive)
  registerLeaving(copy, findArchive)
}

function registerUpkeep(copy: Command, findArchive: FindArchive): void {
  copy
    .command('sync')
    .argument('<archive>')
    .argument('[folder]', 'only this copy')
    .option('--mend', 'read all of it and write damaged stretches once more')
    .description('Bring second copies up to date')
    .action((named: string, folder: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CopyOptions>()
      const mend = options.mend === true
      return eachCopy(options, named, folder, findArchive, (cli, copyId) =>
        cli.call('archive.syncCopy', { copyId, mend }),
      )
    })
  copy
    .command('verify')
    .argument('<archive>')
    .argument('[folder]', 'only this copy')
    .description('Read every byte of second copies; ends with 50 when one is damaged')
    .action((named: string, folder: string | undefined, _: unknown, command: Command) =>
      eachCopy(command.optsWithGlobals<CopyOptions>(), named, folder, findArchive, (cli, copyId) =>
        cli.call('archive.verifyCopy', { copyId }),
      ),
    )
}

function registerLeaving(copy: Command, findArchive: FindArchive): void {
  copy
    .command('remove')
    .argument('<archive>')
    .argument('<folder>')
    .option('--delete-files', 'delete the copy, too')
    .description('Take a second copy off the list; its files stay unless asked')
    .action((named: string, folder: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CopyOptions>()
      return withDesk(options, async (cli) => {
        const [only] = await copiesOf(cli, await findArchive(cli, named), folder)
        if (only === undefined)
          throw new AppError('record.not_found', { details: { what: `second copy ${folder}` } })
        const deleteFiles = options.deleteFiles === true
        await cli.call('archive.removeCopy', { copyId: only.copyId, deleteFiles })
        print(options, { removed: only.copyId, deleteFiles }, () =>
          deleteFiles
            ? `${only.path} is deleted.`
            : `${only.path} is no longer kept up; its files are still there.`,
        )
      })
    })
  copy
    .command('promote')
    .argument('<folder>', 'the copy')
    .option('--replace', 'also while the archive itself is still there')
    .description('Use a second copy in place of an archive that is gone')
    .action((folder: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CopyOptions>()
      return withDesk(options, async (cli) => {
        const replace = options.replace === true
        await followSafety(
          cli,
          options,
          await cli.call('archive.promoteCopy', { path: resolve(folder), replace }),
        )
      })
    })
}

async function eachCopy(
  options: CopyOptions,
  named: string,
  folder: string | undefined,
  findArchive: FindArchive,
  start: (cli: CliDesk, copyId: string) => Promise<{ readonly runId: string }>,
): Promise<void> {
  await withDesk(options, async (cli) => {
    const copies = await copiesOf(cli, await findArchive(cli, named), folder)
    if (copies.length === 0) throw new AppError('record.not_found', { details: { what: 'second copy' } })
    for (const { copyId } of copies) await followSafety(cli, options, await start(cli, copyId))
  })
}

async function copiesOf(cli: CliDesk, { archiveId }: ArchiveSummary, folder: string | undefined) {
  const { copies } = await cli.call('archive.safety', { archiveId })
  return folder === undefined ? copies : copies.filter(({ path }) => path === resolve(folder))
}

function describe(copy: ArchiveCopy): string {
  const behind = copy.behindBytes === null || copy.behindBytes === 0 ? '' : ` by ${size(copy.behindBytes)}`
  return `${copy.path}  ${copy.state.replaceAll('_', ' ')}${behind}; brought up to date ${dateOf(copy.syncedAtMs)}, checked ${dateOf(copy.verifiedAtMs)}`
}
