import type { Command } from 'commander'
import type { ArchiveSummary } from '../../../core/archive/types.ts'
import { print, withDesk } from '../cli.ts'
import type { CliDesk, GlobalOptions } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { dateOf, followSafety } from '../follow-safety.ts'
import { registerCopy } from './archive-copy.ts'

type FindArchive = (cli: CliDesk, named: string) => Promise<ArchiveSummary>
type ScrubOptions = GlobalOptions & { limit?: string; minutes?: string }
type RepairOptions = GlobalOptions & { dryRun?: boolean; server: boolean }
type LedgerOptions = GlobalOptions & { verify?: boolean; sign?: boolean; limit: string }

/** `desk archive scrub|repair|ledger`, and `desk archive copy`. */
export function registerSafety(archive: Command, findArchive: FindArchive): void {
  archive
    .command('scrub')
    .argument('<archive>')
    .option('--limit <MB>', 'read at most so many megabytes a second')
    .option('--minutes <n>', 'stop after so long; the next run goes on there')
    .description('Like verify, but slowly and in parts; ends with 50 when something is damaged')
    .action((named: string, _: unknown, command: Command) =>
      scrub(command.optsWithGlobals<ScrubOptions>(), named, findArchive),
    )
  archive
    .command('repair')
    .argument('<archive>')
    .option('--dry-run', 'only say what would be done')
    .option('--no-server', 'do not ask mail servers')
    .description(
      'Repair damage from second copies, else from the mail server; ends with 50 when something is lost',
    )
    .action((named: string, _: unknown, command: Command) =>
      repair(command.optsWithGlobals<RepairOptions>(), named, findArchive),
    )
  archive
    .command('ledger')
    .argument('<archive>')
    .option('--verify', 'only check that the chain and its signatures hold; ends with 50 when they do not')
    .option('--sign', "sign the history with this desk's key")
    .option('--limit <n>', 'at most so many lines', '50')
    .description('The history of an archive: who did what when')
    .action((named: string, _: unknown, command: Command) =>
      ledger(command.optsWithGlobals<LedgerOptions>(), named, findArchive),
    )
  registerCopy(
    archive.command('copy').description('Second copies in other folders, on disks or shares'),
    findArchive,
  )
}

async function scrub(options: ScrubOptions, named: string, findArchive: FindArchive): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await findArchive(cli, named)
    const bytesPerSecond = options.limit === undefined ? null : Math.round(Number(options.limit) * 1_000_000)
    const forMinutes = options.minutes === undefined ? null : Number(options.minutes)
    await followSafety(
      cli,
      options,
      await cli.call('archive.scrub', { archiveId, bytesPerSecond, forMinutes }),
    )
  })
}

async function repair(options: RepairOptions, named: string, findArchive: FindArchive): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await findArchive(cli, named)
    const wish = { dryRun: options.dryRun === true, fromServer: options.server }
    await followSafety(cli, options, await cli.call('archive.repair', { archiveId, ...wish }))
  })
}

async function ledger(options: LedgerOptions, named: string, findArchive: FindArchive): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await findArchive(cli, named)
    if (options.sign === true) {
      const signed = await cli.call('archive.signLedger', { archiveId })
      print(options, signed, () => `Signed up to line ${signed.signs} with the key ${signed.fingerprint}.`)
      return
    }
    const history = await cli.call('archive.ledger', {
      archiveId,
      limit: Math.min(500, Number(options.limit)),
    })
    const { broken, signatures, lastSha256, lines, total } = history
    const holds = broken === null && signatures.every((one) => one.holds)
    if (!holds) process.exitCode = exitCodes.archive
    const verdict =
      broken === null
        ? `The chain holds; the SHA-256 of its last line is ${lastSha256 ?? 'not there yet'}.`
        : `The chain is broken at line ${broken.line}: ${broken.problem}.`
    const signed = signatures.map(
      (one) =>
        `Signature over line ${one.signs} by ${one.fingerprint}: ${one.holds ? 'holds' : 'DOES NOT HOLD'}.`,
    )
    const shown =
      options.verify === true ? [] : lines.map(({ seq, atMs, says }) => `${seq}  ${dateOf(atMs)}  ${says}`)
    print(options, options.verify === true ? { ...history, lines: [], total } : history, () =>
      [...shown, verdict, ...signed].join('\n'),
    )
  })
}
