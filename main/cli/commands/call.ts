import type { Command } from 'commander'
import { z } from 'zod'
import { endpoints } from '../../../core/contract/index.ts'
import { AppError } from '../../../core/errors.ts'
import { print, readStdin, withDesk } from '../cli.ts'
import type { GlobalOptions } from '../cli.ts'
import { exitCodeOf } from '../exit-codes.ts'

/** `desk endpoints` and `desk call`: the whole contract from the command line. */
export function registerCall(program: Command): void {
  program
    .command('endpoints')
    .description('List every endpoint with its kind and JSON Schema')
    .action((_: unknown, command: Command) => {
      const all = [...endpoints].map(([name, endpoint]) => ({
        name,
        kind: endpoint.kind,
        summary: endpoint.summary,
        input: z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' }),
        output: z.toJSONSchema(endpoint.output, { io: 'output', unrepresentable: 'any' }),
      }))
      print(command.optsWithGlobals<GlobalOptions>(), all, () =>
        all.map((e) => `${e.name.padEnd(32)} ${e.kind.padEnd(8)} ${e.summary}`).join('\n'),
      )
    })
  program
    .command('call')
    .argument('<endpoint>', 'feature.verb, as `desk endpoints` lists them')
    .argument('[input]', 'JSON, or - to read it from standard input', '{}')
    .description('Call any endpoint and print its envelope')
    .action(async (name: string, input: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>()
      const given = parseInput(input === '-' ? await readStdin() : input)
      if (input !== '-' && holdsSecret(given))
        throw new AppError('usage.invalid', { details: { problem: secretInArgument } })
      await withDesk(options, async (cli) => {
        const envelope = await cli.raw(name, given)
        const runId = envelope.ok ? runIdOf(envelope.value) : null
        process.stdout.write(`${JSON.stringify(envelope, null, options.json === true ? 0 : 2)}\n`)
        if (!envelope.ok) process.exitCode = exitCodeOf(envelope.error.code)
        // Long work lives in this process: leaving now would cut it off.
        if (runId !== null) process.stdout.write(`${JSON.stringify(await cli.follow(runId))}\n`)
      })
    })
}

function runIdOf(value: unknown): string | null {
  const parsed = z.strictObject({ runId: z.string() }).safeParse(value)
  return parsed.success ? parsed.data.runId : null
}

const secretInArgument =
  'Other users of this computer can see arguments: give an input with a secret on standard input (-).'

/** Whether a password, token, passphrase or recovery key is anywhere in an input. */
function holdsSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([name, inner]) =>
      (/^(secret|passphrase|recoveryKey)$/.test(name) && typeof inner === 'string') || holdsSecret(inner),
  )
}

function parseInput(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text)
  } catch (cause) {
    throw new AppError('usage.invalid', { details: { problem: 'The input is not JSON.' }, cause })
  }
}
