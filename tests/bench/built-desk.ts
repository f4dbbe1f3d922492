import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * Says at its end how much memory the process had at most. Not by its resource usage: on Linux that begins with what
 * the program had that started it.
 */
const peakSource = `process.on('exit', () => {
  const { existsSync, readFileSync } = process.getBuiltinModule('fs')
  const file = '/proc/self/status'
  const kept = existsSync(file) ? /VmHWM:\\s*(\\d+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined
  process._rawDebug('PEAK ' + (kept ?? process.resourceUsage().maxRSS))
})`
const tellPeak = `data:text/javascript,${encodeURIComponent(peakSource)}`

/** What a run of the built program said, and how long it took and how much memory, as a whole process. */
export interface BuiltRun {
  readonly stdout: string
  readonly seconds: number
  readonly peakBytes: number
}

/** Runs the command line as it is shipped: Node's own start is part of the time. */
export function runBuilt(
  dataDir: string,
  args: readonly string[],
  input = '',
  env: NodeJS.ProcessEnv = {},
): BuiltRun {
  const built = join(import.meta.dirname, '../../out/main/cli.js')
  const startedMs = performance.now()
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', tellPeak, built, '--data-dir', dataDir, ...args],
    { encoding: 'utf8', input, env: { ...process.env, ...env } },
  )
  const seconds = (performance.now() - startedMs) / 1000
  if (status !== 0) throw new Error(`desk ${args.join(' ')} failed: ${stdout}${stderr}`)
  // Every thread says it when it ends; the last and largest is the program's.
  const peaks = [...stderr.matchAll(/PEAK (\d+)/g)].map((match) => Number(match[1]))
  return { stdout, seconds, peakBytes: Math.max(...peaks) * 1024 }
}
