import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { text } from 'node:stream/consumers'

const entry = fileURLToPath(new URL('../../main/cli/index.ts', import.meta.url))

/** Says at its end how much memory the process had at most; every thread does, the program's own word is the last. */
const tellPeak =
  "data:text/javascript,process.on('exit',()=>process._rawDebug('PEAK%20'+process.resourceUsage().maxRSS))"

/** What a command line left behind. */
export interface CliRun {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** As `runCli`, with how much memory the whole process had at most. Its password is in `PASSWORD`. */
export async function measureCli(
  dataDir: string,
  args: readonly string[],
  password: string,
): Promise<CliRun & { readonly peakBytes: number }> {
  const env = { ...process.env, NODE_OPTIONS: `--import=${tellPeak}`, PASSWORD: password }
  const run = await runCli(dataDir, args, '', env)
  const peaks = [...run.stderr.matchAll(/PEAK (\d+)/g)].map((match) => Number(match[1]))
  return { ...run, peakBytes: Math.max(...peaks) * 1024 }
}

/** Runs the real command line in a process of its own, with a data folder, and waits for its end. */
export async function runCli(
  dataDir: string,
  args: readonly string[],
  stdin = '',
  env: NodeJS.ProcessEnv = process.env,
): Promise<CliRun> {
  const flags = ['--disable-warning=ExperimentalWarning', entry, '--data-dir', dataDir]
  const child = spawn(process.execPath, [...flags, ...args], { stdio: 'pipe', env })
  child.stdin.end(stdin)
  const ended = once(child, 'exit')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [exitCode] = (await ended) as [number | null]
  return { exitCode, stdout, stderr }
}
