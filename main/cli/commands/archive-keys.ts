import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { EncryptionStatus } from '../../../core/archive/keys.ts'
import type { ArchiveSummary } from '../../../core/archive/types.ts'
import { AppError } from '../../../core/errors.ts'
import { print, readStdin, withDesk } from '../cli.ts'
import type { CliDesk, GlobalOptions } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'

type FindArchive = (cli: CliDesk, named: string) => Promise<ArchiveSummary>
type KeyOptions = GlobalOptions & {
  readonly recoveryKeyStdin?: boolean
  readonly recoveryKeyFile?: string
}
type DecryptOptions = KeyOptions & { readonly to: string; readonly replace?: boolean }

/** `desk archive encrypt|decrypt` and `desk archive keys …`. A recovery key is never an argument. */
export function registerKeys(archive: Command, findArchive: FindArchive): void {
  archive
    .command('encrypt')
    .argument('<archive>')
    .description('Make an encrypted copy of a plain archive, prove it, and use it from then on')
    .action((named: string, _: unknown, command: Command) =>
      encrypt(command.optsWithGlobals<GlobalOptions>(), findArchive, named),
    )
  takesRecoveryKey(
    archive
      .command('decrypt')
      .argument('<archive>', 'its name or folder; a folder needs nothing else of this desk')
      .requiredOption('--to <folder>', 'a new folder for the plain archive')
      .option('--replace', 'use the plain archive from then on')
      .description('Write a plain copy of an encrypted archive, readable with zstd by anyone'),
  ).action((named: string, _: unknown, command: Command) =>
    decrypt(command.optsWithGlobals<DecryptOptions>(), findArchive, named),
  )
  registerKeyCommands(archive.command('keys').description('The keys of an encrypted archive'), findArchive)
}

function registerKeyCommands(keys: Command, find: FindArchive): void {
  const add = (
    name: string,
    description: string,
    act: (options: KeyOptions & { rewrite?: boolean }, find: FindArchive, named: string) => Promise<void>,
  ) =>
    keys
      .command(name)
      .argument('<archive>')
      .description(description)
      .action((named: string, _: unknown, command: Command) =>
        act(command.optsWithGlobals<KeyOptions>(), find, named),
      )
  add('show', 'Which keys there are and where; never a key itself', show)
  add('rotate', 'Encrypt new packs under another data key', rotate).option(
    '--rewrite',
    'encrypt the packs that are there anew, too (in a copy that is used from then on)',
  )
  add('new-recovery-key', 'Make and print another recovery key; the old one opens the archive no more', renew)
  takesRecoveryKey(add('test-recovery-key', 'Whether a recovery key opens the archive', test))
  takesRecoveryKey(add('unlock', 'Open an archive of another desk with its recovery key', unlock))
}

function takesRecoveryKey(command: Command): Command {
  return command
    .option('--recovery-key-stdin', 'read the recovery key from standard input')
    .option('--recovery-key-file <file>', 'read the recovery key from a file')
}

async function encrypt(options: GlobalOptions, find: FindArchive, named: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await find(cli, named)
    const { runId, path, recoveryKey } = await cli.call('archive.encrypt', { archiveId })
    // Before the work: a key that nobody saw is of no use, whatever happens next.
    if (options.json !== true) process.stderr.write(`${recoveryKeyText(recoveryKey)}\n`)
    const job = await cli.follow(runId)
    print(options, { archiveId, path, recoveryKey, state: job.state }, () => job.outcome ?? '')
    if (job.state !== 'done') process.exitCode = exitCodes.internal
  })
}

async function decrypt(options: DecryptOptions, find: FindArchive, named: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const archive = await find(cli, named)
    const { archiveId } = archive
    const recoveryKey = await readRecoveryKey(options)
    if (recoveryKey !== null) await cli.call('archive.unlock', { archiveId, recoveryKey, remember: false })
    const request = { archiveId, destination: options.to, replace: options.replace === true }
    const { runId, path } = await cli.call('archive.decrypt', request)
    const job = await cli.follow(runId)
    print(options, { archiveId, path, state: job.state }, () => job.outcome ?? '')
    if (job.state !== 'done') process.exitCode = exitCodes.internal
  })
}

async function show(options: GlobalOptions, find: FindArchive, named: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId, name, state } = await find(cli, named)
    const { encryption } = await cli.call('archive.keys', { archiveId })
    print(options, { archiveId, state, encryption }, () => describeKeys(name, encryption))
  })
}

async function rotate(
  options: GlobalOptions & { rewrite?: boolean },
  find: FindArchive,
  named: string,
): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId, name } = await find(cli, named)
    if (options.rewrite !== true) {
      const { encryption } = await cli.call('archive.rotateKey', { archiveId })
      print(options, { archiveId, encryption }, () => describeKeys(name, encryption))
      return
    }
    const { runId, path } = await cli.call('archive.reencrypt', { archiveId })
    const job = await cli.follow(runId)
    print(options, { archiveId, path, state: job.state }, () => job.outcome ?? '')
    if (job.state !== 'done') process.exitCode = exitCodes.internal
  })
}

async function renew(options: GlobalOptions, find: FindArchive, named: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await find(cli, named)
    const { recoveryKey } = await cli.call('archive.newRecoveryKey', { archiveId })
    print(options, { archiveId, recoveryKey }, () => recoveryKeyText(recoveryKey))
  })
}

async function test(options: KeyOptions, find: FindArchive, named: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId, name } = await find(cli, named)
    await cli.call('archive.testRecoveryKey', { archiveId, recoveryKey: await requireRecoveryKey(options) })
    print(options, { archiveId, opens: true }, () => `This recovery key opens “${name}”.`)
  })
}

async function unlock(options: KeyOptions, find: FindArchive, named: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await find(cli, named)
    const recoveryKey = await requireRecoveryKey(options)
    const archive = await cli.call('archive.unlock', { archiveId, recoveryKey })
    print(options, archive, () => `“${archive.name}” is open: its key is now kept on this desk.`)
  })
}

/** The recovery key of a new archive as it is told once, with what to do with it. */
export function recoveryKeyText(recoveryKey: string): string {
  return [
    'The archive is encrypted. This is its recovery key, shown this once:',
    '',
    `  ${recoveryKey}`,
    '',
    'Write it down or print it, and keep it apart from this computer. Whoever has it can read the archive;',
    'without it, and without this computer’s keychain, nobody can.',
  ].join('\n')
}

async function readRecoveryKey(options: KeyOptions): Promise<string | null> {
  const { recoveryKeyStdin, recoveryKeyFile } = options
  if (recoveryKeyStdin === true) return readStdin()
  if (recoveryKeyFile === undefined) return null
  try {
    return readFileSync(recoveryKeyFile, 'utf8').trim()
  } catch (cause) {
    throw new AppError('file.not_readable', { details: { file: recoveryKeyFile }, cause })
  }
}

async function requireRecoveryKey(options: KeyOptions): Promise<string> {
  const recoveryKey = await readRecoveryKey(options)
  if (recoveryKey !== null && recoveryKey !== '') return recoveryKey
  throw new AppError('usage.invalid', {
    details: { problem: 'Give the recovery key by --recovery-key-stdin or --recovery-key-file.' },
  })
}

function describeKeys(name: string, encryption: EncryptionStatus | null): string {
  if (encryption === null) return `“${name}” is not encrypted.`
  const { sinceMs, keyPlace, dataKey, recovery } = encryption
  const lines = [`“${name}” is encrypted (AES-256-GCM) since ${dayOf(sinceMs)}.`]
  lines.push(keyPlace === null ? 'Its key is not on this desk.' : `Its key is kept here: ${keyPlace}.`)
  if (dataKey !== null)
    lines.push(`Data key ${dataKey.keyId} of ${dayOf(dataKey.createdAtMs)}; ${dataKey.count} so far.`)
  if (recovery !== null)
    lines.push(
      `Recovery key of ${dayOf(recovery.createdAtMs)}, ${recovery.testedAtMs === null ? 'never tested' : `last tested ${dayOf(recovery.testedAtMs)}`}.`,
    )
  return lines.join('\n')
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
