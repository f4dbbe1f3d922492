import { Command, CommanderError } from 'commander'
import { randomUUID } from 'node:crypto'
import { describeError } from '../../core/error-text.ts'
import { AppError } from '../../core/errors.ts'
import { version } from '../lib/version.ts'
import { harmless } from './cli.ts'
import type { GlobalOptions } from './cli.ts'
import { registerAccounts } from './commands/accounts.ts'
import { registerArchive } from './commands/archive.ts'
import { registerBundle } from './commands/bundle.ts'
import { registerCall } from './commands/call.ts'
import { registerCare } from './commands/care.ts'
import { registerDiagnose } from './commands/diagnose.ts'
import { registerDrill } from './commands/drill.ts'
import { registerPractice } from './commands/practice.ts'
import { registerRestore } from './commands/restore.ts'
import { registerSeed } from './commands/seed.ts'
import { registerServe } from './commands/serve.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'

/** The command line: one file a command, all on the same handlers as the console. */
const program = new Command('mail-desk')
  .description('Mail Desk: diagnose, ticket, archive and prove, from the command line')
  .version(version)
  .option('--data-dir <dir>', 'folder with the data of this desk')
  .option('--json', 'print JSON, one object a line')
  .option('--vault-passphrase-env <name>', 'open the vault with the passphrase in this environment variable')
  .exitOverride()

for (const register of [
  registerServe,
  registerPractice,
  registerSeed,
  registerAccounts,
  registerDiagnose,
  registerArchive,
  registerBundle,
  registerCare,
  registerRestore,
  registerDrill,
  registerCall,
])
  register(program)

try {
  await program.parseAsync()
} catch (error) {
  report(error, program.opts<GlobalOptions>())
}

function report(error: unknown, options: GlobalOptions): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    return
  }
  const known = error instanceof AppError ? error : new AppError('internal', { cause: error })
  const { sentence, nextStep } = describeError(known.code, known.details)
  const errorId = randomUUID()
  if (options.json === true)
    process.stdout.write(
      `${JSON.stringify({ ok: false, error: { code: known.code, details: known.details, retryable: known.retryable, errorId } })}\n`,
    )
  // A run that failed has said why in its outcome, which is more than its code can tell.
  else
    process.stderr.write(
      `${harmless(typeof known.details['outcome'] === 'string' ? known.details['outcome'] : `${sentence} ${nextStep}`)}\n`,
    )
  if (known.code === 'internal')
    process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`)
  process.exitCode = exitCodeOf(known.code)
}
