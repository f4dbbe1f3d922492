import type { Command } from 'commander'
import { count } from '../../../core/archive/outcomes.ts'
import type { Recovery } from '../../../core/care/junk-endpoints.ts'
import type { JunkMessage } from '../../../core/care/junk.ts'
import { AppError } from '../../../core/errors.ts'
import { print, withDesk } from '../cli.ts'
import type { CliDesk, GlobalOptions } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { findMailboxId, takesPassword, usePassword } from '../mailbox.ts'
import type { PasswordOptions } from '../mailbox.ts'

type JunkOptions = GlobalOptions &
  PasswordOptions & { mailbox: string; from?: string; subject?: string; messageId?: string }
type RecoverOptions = JunkOptions & { reason: string; to: string; ticket?: string; leaveFilter?: boolean }

/** The commands of mail that went to junk. */
export function registerCareJunk(care: Command): void {
  takesPassword(looking(care, 'junk', 'Look through the junk folders of a mailbox')).action(
    (_: unknown, command: Command) => find(command.optsWithGlobals<JunkOptions>()),
  )
  takesPassword(
    looking(care, 'recover', 'Move what is found in junk to another folder, with the reason kept')
      .requiredOption('--reason <text>', 'why it is not junk; kept')
      .option('--to <folder>', 'where to', 'INBOX')
      .option('--ticket <id>', 'the ticket that gets it as evidence')
      .option('--leave-filter', 'do not change $Junk and $NotJunk'),
  ).action((_: unknown, command: Command) => recover(command.optsWithGlobals<RecoverOptions>()))
  care
    .command('recoveries')
    .description('Mail that was moved out of junk, and why')
    .action((_: unknown, command: Command) => listRecoveries(command.optsWithGlobals<GlobalOptions>()))
  const undo = care
    .command('undo-recovery')
    .argument('<recovery>')
    .description('Move a message back into the junk folder')
    .requiredOption('--mailbox <address>', 'its mailbox')
  takesPassword(undo).action((recoveryId: string, _: unknown, command: Command) =>
    undoRecovery(command.optsWithGlobals<JunkOptions>(), recoveryId),
  )
}

function looking(care: Command, name: string, description: string): Command {
  return care
    .command(name)
    .description(description)
    .requiredOption('--mailbox <address>', 'address or id of the mailbox')
    .option('--from <sender>', 'address or domain')
    .option('--subject <words>')
    .option('--message-id <id>')
}

async function look(cli: CliDesk, options: JunkOptions) {
  const mailboxId = await findMailboxId(cli, options.mailbox)
  await usePassword(cli, mailboxId, options)
  const { from = '', subject = '', messageId = '' } = options
  const criteria = { from, subject, messageId }
  const { runId } = await cli.call('care.findJunk', { mailboxIds: [mailboxId], criteria })
  const job = await cli.follow(runId)
  const found = await cli.call('care.junk', { runId })
  if (found.looks.some(({ problem }) => problem !== null)) process.exitCode = exitCodes.mailbox
  return { ...found, outcome: job.outcome }
}

async function find(options: JunkOptions): Promise<void> {
  await withDesk(options, async (cli) => {
    const { messages, looks, outcome } = await look(cli, options)
    print(options, { looks, messages }, () => [outcome ?? '', ...messages.map(describeMessage)].join('\n'))
  })
}

async function recover(options: RecoverOptions): Promise<void> {
  await withDesk(options, async (cli) => {
    const { messages } = await look(cli, options)
    const first = messages[0]
    if (first === undefined)
      throw new AppError('record.not_found', { details: { what: 'message in the junk folders' } })
    const recoveries: Recovery[] = []
    for (const inFolder of Map.groupBy(messages, ({ folder }) => folder).values()) {
      const { mailboxId, folder, uidValidity } = inFolder[0] ?? first
      const moved = await cli.call('care.recover', {
        ...{ mailboxId, folder, uidValidity, uids: inFolder.map(({ uid }) => uid) },
        ...{ toFolder: options.to, reason: options.reason, ticketId: options.ticket ?? null },
        tellFilter: options.leaveFilter !== true,
      })
      recoveries.push(...moved.recoveries)
    }
    print(options, recoveries, () =>
      [
        `${count(recoveries.filter(({ state }) => state !== 'failed').length, 'message')} moved to ${options.to}.`,
        ...recoveries.map(
          ({ recoveryId, subject, state, note }) =>
            `  ${recoveryId}  ${state}  ${subject}${note === null ? '' : `  ${note}`}`,
        ),
      ].join('\n'),
    )
    if (recoveries.some(({ state }) => state === 'failed')) process.exitCode = exitCodes.mailbox
  })
}

async function listRecoveries(options: GlobalOptions): Promise<void> {
  await withDesk(options, async (cli) => {
    const { recoveries } = await cli.call('care.recoveries', {})
    print(
      options,
      recoveries,
      () =>
        recoveries
          .map(
            (one) =>
              `${one.recoveryId}  ${one.address}  ${one.state}  ${one.fromFolder} → ${one.toFolder}  ${one.subject}: ${one.reason}`,
          )
          .join('\n') || 'Nothing was moved out of junk yet.',
    )
  })
}

async function undoRecovery(options: JunkOptions, recoveryId: string): Promise<void> {
  await withDesk(options, async (cli) => {
    await usePassword(cli, await findMailboxId(cli, options.mailbox), options)
    const undone = await cli.call('care.undoRecovery', { recoveryId })
    print(options, undone, () => `“${undone.subject}” is back in ${undone.fromFolder}.`)
  })
}

function describeMessage({ internalDateMs, from, subject, folder, signs }: JunkMessage): string {
  const at = internalDateMs === null ? '-' : new Date(internalDateMs).toISOString().slice(0, 16)
  const why =
    signs.length === 0
      ? 'its headers do not say why'
      : signs.map(({ header, says }) => `${header}: ${says}`).join('; ')
  return `  ${at}  ${folder}  ${from}  ${subject}\n      ${why}`
}
