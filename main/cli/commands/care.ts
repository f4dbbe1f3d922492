import type { Command } from 'commander'
import { count, size } from '../../../core/archive/outcomes.ts'
import { describeForecast } from '../../../core/care/outcomes.ts'
import type { CaredMailbox } from '../../../core/care/contract.ts'
import { print, withDesk } from '../cli.ts'
import type { GlobalOptions } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { findMailboxId, takesPassword, usePassword } from '../mailbox.ts'
import type { PasswordOptions } from '../mailbox.ts'
import { registerCareJunk } from './care-junk.ts'
import { registerCarePlans } from './care-plans.ts'

type ScanOptions = GlobalOptions & PasswordOptions & { mailbox: string }

/** `desk care list|scan|plans|preview|carry-out|undo|runs|junk|recover|recoveries|undo-recovery`. */
export function registerCare(program: Command): void {
  const care = program
    .command('care')
    .description('What fills mailboxes, clean-ups with proof and a way back, and mail in junk')
  care
    .command('list')
    .argument('[text]', 'part of an address or a name')
    .description('Mailboxes with their use and forecast at the last scan, what needs attention first')
    .action((text: string | undefined, _: unknown, command: Command) =>
      list(command.optsWithGlobals<GlobalOptions>(), text ?? ''),
    )
  const scan = care
    .command('scan')
    .description('Read what every folder of a mailbox holds; nothing changes on the server')
    .requiredOption('--mailbox <address>', 'address or id of the mailbox')
  takesPassword(scan).action((_: unknown, command: Command) =>
    scanMailbox(command.optsWithGlobals<ScanOptions>()),
  )
  registerCarePlans(care)
  registerCareJunk(care)
}

async function list(options: GlobalOptions, text: string): Promise<void> {
  await withDesk(options, async (cli) => {
    const { mailboxes } = await cli.call('care.list', { text })
    print(options, mailboxes, () => mailboxes.map(describeMailbox).join('\n') || 'No mailbox yet.')
  })
}

async function scanMailbox(options: ScanOptions): Promise<void> {
  await withDesk(options, async (cli) => {
    const mailboxId = await findMailboxId(cli, options.mailbox)
    await usePassword(cli, mailboxId, options)
    const job = await cli.follow((await cli.call('care.scan', { mailboxId })).runId)
    const { scan } = await cli.call('care.storage', { mailboxId })
    print(options, { state: job.state, scan }, () => {
      const folders = scan?.report.folders ?? []
      const lines = folders
        .toSorted((a, b) => b.sizeBytes - a.sizeBytes)
        .map((one) => `  ${size(one.sizeBytes).padStart(10)}  ${count(one.messages, 'message')}  ${one.path}`)
      return [job.outcome ?? '', ...(scan === null ? [] : [describeForecast(scan.forecast)]), ...lines].join(
        '\n',
      )
    })
    if (job.state !== 'done') process.exitCode = exitCodes.internal
    else if (scan?.report.folders.some(({ problem }) => problem !== null) === true)
      process.exitCode = exitCodes.mailbox
  })
}

function describeMailbox({ address, scan, openItems }: CaredMailbox): string {
  const open =
    openItems.interrupted > 0
      ? `; ${count(openItems.interrupted, 'clean-up')} cut off`
      : openItems.previewed > 0
        ? `; ${count(openItems.previewed, 'preview')} to decide on`
        : ''
  if (scan === null) return `${address}  not scanned yet${open}`
  const { quota, forecast, messages, sizeBytes, atMs } = scan
  const use =
    quota?.limitBytes == null
      ? `${count(messages, 'message')}, ${size(sizeBytes)}`
      : `${size(quota.usedBytes)} of ${size(quota.limitBytes)}`
  const at = new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')
  return `${address}  ${use} (scanned ${at}); ${describeForecast(forecast)}${open}`
}
