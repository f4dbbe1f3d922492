import type { EndpointName, EventName, InputOf, OutputOf, PayloadOf } from '../../core/contract/index.ts'
import type { Envelope } from '../../core/contract/wire.ts'
import { AppError } from '../../core/errors.ts'
import type { Job } from '../../core/jobs/contract.ts'
import type { Desk } from '../compose.ts'
import { chooseDataDir } from '../lib/data-dir.ts'
import { version } from '../lib/version.ts'

/** Options that every command takes. */
export interface GlobalOptions {
  readonly dataDir?: string
  readonly json?: boolean
  /** Names the environment variable with the vault's passphrase. */
  readonly vaultPassphraseEnv?: string
}

/** A desk as a command uses it: typed calls that throw, jobs that are waited for, lines that are printed. */
export interface CliDesk {
  readonly desk: Desk
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal
  call<N extends EndpointName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>
  raw(name: string, input: unknown): Promise<Envelope>
  on<N extends EventName>(name: N, listener: (payload: PayloadOf<N>) => void): () => void
  /** Waits for a run, showing its progress on standard error; Ctrl-C cancels it. Throws when it failed. */
  follow(runId: string): Promise<Job>
}

/** Standard output: an object as one JSON line with --json, else the text. */
export function print(options: GlobalOptions, value: unknown, text: () => string): void {
  process.stdout.write(options.json === true ? `${JSON.stringify(value)}\n` : `${harmless(text())}\n`)
}

/** Text of servers and senders as a terminal may have it: no control characters, which could command it. */
export function harmless(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '·')
}

/** Opens the desk for one command and closes it however the command ends. */
export async function withDesk<T>(
  options: GlobalOptions,
  work: (cli: CliDesk) => Promise<T>,
  role: 'visitor' | 'host' = 'visitor',
): Promise<T> {
  const dataDir = chooseDataDir(options.dataDir, process.env, process.platform)
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  // Not for a command that only says how it is used.
  const { composeDesk } = await import('../compose.ts')
  const desk = await composeDesk({ dataDir, version, role })
  const cli = createCliDesk(desk, stop.signal, options)
  try {
    await openVault(cli, options)
    return await work(cli)
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    await desk.dispose()
  }
}

/** Opens or makes the vault where it is the vault that keeps secrets here. */
async function openVault({ call }: CliDesk, { vaultPassphraseEnv: name }: GlobalOptions): Promise<void> {
  if (name === undefined) return
  const passphrase = process.env[name]
  if (passphrase === undefined)
    throw new AppError('usage.invalid', { details: { problem: `${name} is not set.` } })
  const { secretStore } = await call('desk.status', {})
  if (secretStore.kind === 'vault') await call('desk.unlockVault', { passphrase })
}

function createCliDesk(desk: Desk, signal: AbortSignal, options: GlobalOptions): CliDesk {
  // The desk outlives Ctrl-C: cancelling a run is itself a call.
  const context = { signal: new AbortController().signal, face: 'cli' } as const
  const raw = (name: string, input: unknown) => desk.call(name, input, context)
  const call: CliDesk['call'] = async (name, input) => {
    const envelope = await raw(name, input)
    if (!envelope.ok) throw new AppError(envelope.error.code, envelope.error)
    return envelope.value as never
  }
  const on: CliDesk['on'] = (name, listener) =>
    desk.subscribe((event, payload) => {
      if (event === name) listener(payload as never)
    })
  return { desk, signal, call, raw, on, follow: (runId) => follow({ call, on, signal }, runId, options) }
}

async function follow(
  cli: Pick<CliDesk, 'call' | 'on' | 'signal'>,
  runId: string,
  options: GlobalOptions,
): Promise<Job> {
  const ended = Promise.withResolvers<void>()
  const onProgress = cli.on('jobs.progressed', (event) => {
    if (event.runId !== runId || options.json === true || !process.stderr.isTTY) return
    const { done, total, unit, item } = event.progress
    process.stderr.write(
      `\r\x1b[K${done}${total === null ? '' : ` / ${total}`} ${unit}${item === null ? '' : ` · ${harmless(item)}`}`,
    )
  })
  const onChange = cli.on('jobs.changed', (event) => {
    if (event.runId === runId && event.state !== 'running' && event.state !== 'paused') ended.resolve()
  })
  const cancel = () => void cli.call('jobs.cancel', { runId })
  cli.signal.addEventListener('abort', cancel, { once: true })
  try {
    const now = await cli.call('jobs.get', { runId })
    if (now.state === 'running' || now.state === 'paused') await ended.promise
    const job = await cli.call('jobs.get', { runId })
    if (job.state === 'failed')
      throw new AppError((job.errorCode ?? 'internal') as AppError['code'], {
        details: { outcome: job.outcome },
      })
    return job
  } finally {
    onProgress()
    onChange()
    cli.signal.removeEventListener('abort', cancel)
    if (process.stderr.isTTY && options.json !== true) process.stderr.write('\r\x1b[K')
  }
}

/** One line of standard input, without its line end: how a password comes in. */
export async function readStdin(): Promise<string> {
  let text = ''
  process.stdin.setEncoding('utf8')
  for await (const chunk of process.stdin) text += String(chunk)
  return text.replace(/\r?\n$/, '')
}
