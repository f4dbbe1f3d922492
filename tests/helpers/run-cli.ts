import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { text } from 'node:stream/consumers'

const entry = fileURLToPath(new URL('../../main/cli/index.ts', import.meta.url))

/** What a command line left behind. */
export interface CliRun {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the real command line in a process of its own, with a data folder, and waits for its end. */
export async function runCli(dataDir: string, args: readonly string[], stdin = ''): Promise<CliRun> {
  const flags = ['--disable-warning=ExperimentalWarning', entry, '--data-dir', dataDir]
  const child = spawn(process.execPath, [...flags, ...args], { stdio: 'pipe' })
  child.stdin.end(stdin)
  const ended = once(child, 'exit')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [exitCode] = (await ended) as [number | null]
  return { exitCode, stdout, stderr }
}
