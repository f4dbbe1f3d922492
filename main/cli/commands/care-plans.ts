import type { Command } from 'commander'
import { count, size } from '../../../core/archive/outcomes.ts'
import type { CleanupPlan, CleanupRun, RunMessage } from '../../../core/care/plans.ts'
import { AppError } from '../../../core/errors.ts'
import type { InputOf } from '../../../core/contract/index.ts'
import { print, withDesk } from '../cli.ts'
import type { CliDesk, GlobalOptions } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { findMailboxId, takesPassword, usePassword } from '../mailbox.ts'
import type { PasswordOptions } from '../mailbox.ts'
import { findArchive } from './archive.ts'

type PlanOptions = GlobalOptions & {
  archive: string
  mailbox?: string[]
  olderThan?: string
  largerThan?: string
  attachmentsOver?: string
  from?: string[]
  folder?: string[]
  duplicates?: boolean
  unreadToo?: boolean
  compareAgain?: boolean
  removalOn?: boolean
}
type RunOptions = GlobalOptions & PasswordOptions & { mailbox?: string }

/** The commands of clean-up plans. Nothing is removed but by `carry-out`. */
export function registerCarePlans(care: Command): void {
  care
    .command('plans')
    .description('List clean-up plans')
    .action((_: unknown, command: Command) => listPlans(command.optsWithGlobals<GlobalOptions>()))
  care
    .command('plan')
    .argument('<name>')
    .description('Save a clean-up plan; one of the same name is changed')
    .requiredOption('--archive <archive>', 'name, id or folder of the archive to put mail into')
    .option('--mailbox <address...>', 'for these mailboxes; without it for all')
    .option('--older-than <days>')
    .option('--larger-than <bytes>')
    .option('--attachments-over <bytes>')
    .option('--from <sender...>', 'addresses or domains')
    .option('--folder <path...>', 'only in these folders and those below them')
    .option('--duplicates', 'only copies beyond the first')
    .option('--unread-too', 'also what is unread')
    .option('--compare-again', 'download each message again and compare it with the archive')
    .option('--removal-on', 'remove also when it runs on a schedule')
    .action((name: string, _: unknown, command: Command) =>
      savePlan(command.optsWithGlobals<PlanOptions>(), name),
    )
  const preview = care
    .command('preview')
    .argument('<plan>')
    .description('List what a plan would remove; changes nothing')
    .option('--mailbox <address>', 'only in this mailbox')
  takesPassword(preview).action((plan: string, _: unknown, command: Command) =>
    act(command.optsWithGlobals<RunOptions>(), async (cli, options) => {
      const { planId } = await findPlan(cli, plan)
      const mailboxId = options.mailbox === undefined ? null : await findMailboxId(cli, options.mailbox)
      return cli.call('care.preview', { planId, mailboxIds: mailboxId === null ? null : [mailboxId] })
    }),
  )
  for (const [name, verb, description] of runVerbs)
    takesPassword(
      care
        .command(name)
        .argument('<run>')
        .description(description)
        .option('--mailbox <address>', 'the mailbox that the password is for'),
    ).action((runId: string, _: unknown, command: Command) =>
      act(command.optsWithGlobals<RunOptions>(), (cli) => cli.call(`care.${verb}`, { runId })),
    )
}

const runVerbs = [
  [
    'carry-out',
    'carryOut',
    'Archive, prove and then remove what a preview listed; goes on where a run was cut off',
  ],
  ['undo', 'undoRun', 'Put back what a run removed, from the archive'],
] as const

async function findPlan(cli: CliDesk, named: string): Promise<CleanupPlan> {
  const { plans } = await cli.call('care.plans', {})
  const found = plans.find(({ planId, name }) => planId === named || name === named)
  if (found === undefined) throw new AppError('record.not_found', { details: { what: `plan ${named}` } })
  return found
}

async function listPlans(options: GlobalOptions): Promise<void> {
  await withDesk(options, async (cli) => {
    const { plans } = await cli.call('care.plans', {})
    print(
      options,
      plans,
      () =>
        plans
          .map(
            ({ planId, name, removalOn }) =>
              `${name}  ${removalOn ? 'removes' : 'lists only'} on a schedule  ${planId}`,
          )
          .join('\n') || 'No plan yet.',
    )
  })
}

async function savePlan(options: PlanOptions, name: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { archiveId } = await findArchive(cli, options.archive)
    const before = (await cli.call('care.plans', {})).plans.find((plan) => plan.name === name)
    const mailboxIds: string[] | null = options.mailbox === undefined ? null : []
    for (const one of options.mailbox ?? []) mailboxIds?.push(await findMailboxId(cli, one))
    const plan = await cli.call('care.savePlan', {
      ...{ planId: before?.planId ?? null, name, archiveId, mailboxIds, rule: ruleOf(options) },
      compareAgain: options.compareAgain ?? false,
      removalOn: options.removalOn ?? false,
    })
    print(options, plan, () => `Saved “${plan.name}”. See what it takes: care preview "${plan.name}"`)
  })
}

function ruleOf(options: PlanOptions): InputOf<'care.savePlan'>['rule'] {
  const number = (text: string | undefined) => (text === undefined ? null : Number(text))
  return {
    olderThanDays: number(options.olderThan),
    largerThanBytes: number(options.largerThan),
    attachmentsOverBytes: number(options.attachmentsOver),
    senders: options.from ?? [],
    folders: options.folder ?? null,
    duplicatesOnly: options.duplicates ?? false,
    keepUnread: options.unreadToo !== true,
  }
}

async function act(
  options: RunOptions,
  start: (cli: CliDesk, options: RunOptions) => Promise<{ readonly runId: string; readonly jobId: string }>,
): Promise<void> {
  await withDesk(options, async (cli) => {
    if (options.mailbox !== undefined)
      await usePassword(cli, await findMailboxId(cli, options.mailbox), options)
    const { runId, jobId } = await start(cli, options)
    const job = await cli.follow(jobId)
    const run = await cli.call('care.run', { runId })
    const lists = await Promise.all(
      run.items.map(({ itemId }) => cli.call('care.runMessages', { itemId, limit: 1000 })),
    )
    const messages = lists.flatMap((one) => one.messages)
    print(options, { state: job.state, run, messages }, () => describe(run, messages, job.outcome))
    if (job.state !== 'done') process.exitCode = exitCodes.internal
    else if (run.items.some(({ state, amounts }) => state === 'failed' || amounts.failed !== undefined))
      process.exitCode = exitCodes.mailbox
  })
}

function describe(run: CleanupRun, messages: readonly RunMessage[], outcome: string | null): string {
  const lines = messages.map(
    (one) =>
      `  ${one.state}${one.why === null ? '' : ` (${one.why})`}  ${size(one.sizeBytes)}  ${one.folder}  ${one.subject}${one.note === null ? '' : `  ${one.note}`}`,
  )
  const next = run.items.some(({ state }) => state === 'previewed')
    ? [`Nothing was changed. To archive, prove and remove: care carry-out ${run.runId}`]
    : run.items.some(({ amounts }) => amounts.removed !== undefined || amounts.marked !== undefined)
      ? [`To put it back: care undo ${run.runId}`]
      : []
  return [
    outcome ?? '',
    count(messages.length, 'message', 'messages in the list') + ':',
    ...lines,
    ...next,
  ].join('\n')
}
