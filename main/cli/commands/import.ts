import { resolve } from 'node:path'
import { Option } from 'commander'
import type { Command } from 'commander'
import { describeKind } from '../../../core/archive/imports.ts'
import type { ImportPreview } from '../../../core/archive/imports.ts'
import { mboxVariant } from '../../../core/archive/mbox-variants.ts'
import type { MboxVariant } from '../../../core/archive/mbox-variants.ts'
import type { ArchiveSummary } from '../../../core/archive/types.ts'
import { count, size } from '../../../core/archive/outcomes.ts'
import { print, withDesk } from '../cli.ts'
import type { CliDesk, GlobalOptions } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { readSecretText } from '../secret-options.ts'

type ImportOptions = GlobalOptions & {
  archive: string
  source?: string
  mbox?: MboxVariant
  secretEnv?: string
  secretStdin?: boolean
  dryRun?: boolean
  encryption?: boolean
}

type FindOrCreate = (
  cli: CliDesk,
  options: { readonly encryption?: boolean },
  named: string,
) => Promise<ArchiveSummary>

/** `desk archive import`: mail from files of other programs, other archives and bundles. */
export function registerImport(archive: Command, findOrCreate: FindOrCreate): void {
  archive
    .command('import')
    .argument('<path>', 'a file, a folder or a zip')
    .description('Bring in mail from mbox, Maildir, EML, Apple Mail, Takeout, another archive or a bundle')
    .requiredOption('--archive <archive>', 'name, id or folder; made when there is none')
    .option('--source <address>', 'whose mail it is; otherwise the owner that the mail names')
    .addOption(new Option('--mbox <kind>', 'the kind of the mbox files').choices(mboxVariant.options))
    .option('--secret-env <name>', 'an encrypted bundle’s passphrase or identity is in this variable')
    .option('--secret-stdin', 'read the passphrase or identity from standard input')
    .option('--no-encryption', 'a new archive is not encrypted')
    .option('--dry-run', 'say what is there, and import nothing')
    .action((path: string, _: unknown, command: Command) =>
      importMail(command.optsWithGlobals<ImportOptions>(), path, findOrCreate),
    )
}

async function importMail(options: ImportOptions, named: string, findOrCreate: FindOrCreate): Promise<void> {
  await withDesk(options, async (cli) => {
    const place = {
      path: resolve(named),
      secret: await readSecretText(options.secretEnv, options.secretStdin),
    }
    if (options.dryRun === true) {
      const preview = await cli.call('archive.inspectImport', place)
      print(options, preview, () => describePreview(preview))
      return
    }
    const { archiveId } = await findOrCreate(cli, options, options.archive)
    const { runId } = await cli.call('archive.import', {
      archiveId,
      ...place,
      source: options.source ?? null,
      variant: options.mbox ?? null,
    })
    const job = await cli.follow(runId)
    if (job.state !== 'done') {
      process.exitCode = exitCodes.internal
      print(options, job, () => job.outcome ?? '')
      return
    }
    const { report } = await cli.call('archive.report', { runId })
    const failures = report.kind === 'import' ? report.failures : []
    print(options, report, () =>
      [job.outcome ?? '', ...failures.map(({ origin, reason }) => `  ${origin}: ${reason}`)].join('\n'),
    )
    if (failures.length > 0) process.exitCode = exitCodes.archive
  })
}

function describePreview(preview: ImportPreview): string {
  const { kind, folders, messages, isEstimate, bytes, source, mboxes, ignored } = preview
  const about = isEstimate ? 'about ' : ''
  return [
    `Found: ${describeKind(kind)}, ${count(folders.length, 'folder')}, ${about}${count(messages, 'message')}, ${size(bytes)}, of ${source}.`,
    ...folders.map(
      (one) => `  ${one.path}${one.messages === null ? '' : `: ${count(one.messages, 'message')}`}`,
    ),
    ...mboxes.map(({ path, variant, why }) => `  ${path} is read as ${variant}. ${why}`),
    ...(ignored === 0 ? [] : [`${count(ignored, 'file')} without mail.`]),
  ].join('\n')
}
