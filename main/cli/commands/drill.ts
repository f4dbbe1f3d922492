import type { Command } from 'commander'
import { describeDrill } from '../../../core/restore/drill-words.ts'
import type { DrillRecord } from '../../../core/restore/drill.ts'
import { groupFingerprint } from '../../../core/signing/types.ts'
import { print, withDesk } from '../cli.ts'
import type { GlobalOptions } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { findArchive } from './archive.ts'
import { takesTarget, targetOf } from './restore.ts'
import type { TargetOptions } from './restore.ts'

type RunOptions = TargetOptions & { sample: string; all?: boolean; seed?: string; out?: string }

/** `desk drill run|list|export|verify|clean-up`: prove that an archive can be restored. */
export function registerDrill(program: Command): void {
  const drill = program.command('drill').description('Prove that an archive can be restored')
  takesTarget(
    drill
      .command('run')
      .argument('<archive>', 'name, id or folder')
      .description(
        'Restore a sample into a scratch folder, fetch it back, compare; ends with 50 when it fails',
      )
      .option(
        '--sample <n>',
        'random messages, beside the newest, the largest and one of every folder',
        '100',
      )
      .option('--all', 'every message instead of a sample')
      .option('--seed <n>', 'choose the same sample as another drill')
      .option('--out <file>', 'write the signed record there too'),
  ).action((named: string, _: unknown, command: Command) =>
    runDrill(command.optsWithGlobals<RunOptions>(), named),
  )
  drill
    .command('list')
    .argument('<archive>', 'name, id or folder')
    .description('Drills of an archive, newest first')
    .action((named: string, _: unknown, command: Command) =>
      list(command.optsWithGlobals<GlobalOptions>(), named),
    )
  drill
    .command('export')
    .argument('<drill>', 'id')
    .option('--out <file>', 'a new file, or an existing folder')
    .description('Write a signed record as JSON, and beside it as a page for people')
    .action((drillId: string, _: unknown, command: Command) =>
      exportRecord(command.optsWithGlobals<GlobalOptions & { out?: string }>(), drillId),
    )
  drill
    .command('verify')
    .argument('<file>', 'the JSON file')
    .description('Check a signed record; ends with 50 when it is not what was signed')
    .action((path: string, _: unknown, command: Command) =>
      verify(command.optsWithGlobals<GlobalOptions>(), path),
    )
  drill
    .command('clean-up')
    .description('Remove scratch folders that drills left behind')
    .action((_: unknown, command: Command) => cleanUp(command.optsWithGlobals<GlobalOptions>()))
}

async function runDrill(options: RunOptions, named: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await findArchive(cli, named)
    const { runId, drillId } = await cli.call('restore.drill', {
      archiveId,
      target: await targetOf(cli, options),
      sampleCount: options.all === true ? null : Number(options.sample),
      seed: options.seed === undefined ? null : Number(options.seed),
    })
    const job = await cli.follow(runId)
    const signed = await cli.call('restore.drillRecord', { drillId })
    const record = JSON.parse(signed.record) as DrillRecord
    const files =
      options.out === undefined
        ? null
        : await cli.call('restore.exportDrill', { drillId, destination: options.out })
    print(options, { drillId, record, signature: signed.signature, files }, () =>
      [
        job.outcome ?? '',
        ...section('Proved', record.proved),
        ...section('Not proved', record.notProved),
        signed.signature === null
          ? `Not signed: ${signed.unsignedBecause ?? ''}`
          : `Signed with ${groupFingerprint(signed.signature.fingerprint)}`,
        ...(files === null ? [`Drill ${drillId}`] : [`Written to ${files.json} and ${files.html}`]),
      ].join('\n'),
    )
    if (record.verdict === 'fail') process.exitCode = exitCodes.archive
  })
}

const section = (title: string, sentences: readonly string[]): readonly string[] =>
  sentences.length === 0 ? [] : [`${title}:`, ...sentences.map((one) => `  ${one}`)]

async function list(options: GlobalOptions, named: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await findArchive(cli, named)
    const { drills } = await cli.call('restore.drills', { archiveId })
    print(options, drills, () =>
      drills
        .map(({ drillId, startedAtMs, record, state }) => {
          const what = record === null ? state : describeDrill(record)
          return `${drillId}  ${new Date(startedAtMs).toISOString().slice(0, 16)}  ${what}`
        })
        .join('\n'),
    )
  })
}

async function exportRecord(options: GlobalOptions & { out?: string }, drillId: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const files = await cli.call('restore.exportDrill', { drillId, destination: options.out ?? null })
    print(options, files, () => `${files.json}\n${files.html}`)
  })
}

async function verify(options: GlobalOptions, path: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const check = await cli.call('restore.verifyDrill', { path })
    print(options, check, () =>
      [
        check.valid ? 'The signature holds.' : (check.problem ?? ''),
        check.summary ?? '',
        check.fingerprint === null
          ? ''
          : `Key ${groupFingerprint(check.fingerprint)}: compare it with the one you were told.`,
      ]
        .filter((line) => line !== '')
        .join('\n'),
    )
    if (!check.valid) process.exitCode = exitCodes.archive
  })
}

async function cleanUp(options: GlobalOptions): Promise<void> {
  await withDesk(options, async (cli) => {
    const { removed, left } = await cli.call('restore.cleanUp', {})
    print(options, { removed, left }, () => [`${removed} removed.`, ...left].join('\n'))
    if (left.length > 0) process.exitCode = exitCodes.mailbox
  })
}
