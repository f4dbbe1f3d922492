import type { Command } from 'commander'
import { AppError } from '../../../core/errors.ts'
import { print, withDesk } from '../cli.ts'
import type { GlobalOptions } from '../cli.ts'

interface SeedFlags extends GlobalOptions {
  readonly tickets: string
  readonly seed: string
}

/** `desk seed --tickets N`: invented tickets, for trials and measurements. */
export function registerSeed(program: Command): void {
  program
    .command('seed')
    .requiredOption('--tickets <count>', 'how many tickets to invent')
    .option('--seed <number>', 'the same number invents the same tickets', '1')
    .description('Fill this desk with invented tickets')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<SeedFlags>()
      const count = wholeNumber(options.tickets)
      const seed = wholeNumber(options.seed)
      await withDesk(options, async (cli) => {
        const { runId } = await cli.call('tickets.seed', { count, seed })
        const job = await cli.follow(runId)
        print(options, job, () => job.outcome ?? '')
      })
    })
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new AppError('usage.invalid', { details: { problem: `${text} is not a whole number.` } })
  return Number(text)
}
