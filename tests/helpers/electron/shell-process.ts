import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createBirpc } from 'birpc'
import type { BirpcReturn } from 'birpc'
import type { Acts, Facts, StandInOptions } from './acts.ts'

/** The built program in a process of its own, with a stand-in for Electron around it. */
export interface ShellProcess extends AsyncDisposable {
  readonly acts: BirpcReturn<Acts, object>
  /** Settles with the exit code. */
  readonly ended: Promise<number | null>
  /** What it had done when it ended. */
  lastFacts(): Facts
}

/** Starts out/main/index.js; it must have been built. Waits until it shows a window, an error or its end. */
export async function startShellProcess(
  dataDir: string,
  options: StandInOptions = {},
): Promise<ShellProcess> {
  const recordFile = join(mkdtempSync(join(tmpdir(), 'desk-shell-record-')), 'facts.json')
  const child = fork(fileURLToPath(new URL('./drive.ts', import.meta.url)), [], {
    env: {
      ...process.env,
      MAIL_DESK_DATA_DIR: dataDir,
      STAND_IN: JSON.stringify(options),
      STAND_IN_RECORD: recordFile,
    },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const acts = createBirpc<Acts>(
    {},
    {
      post: (message: unknown) => {
        if (child.connected) child.send(message as object)
      },
      on: (listener) => child.on('message', listener),
      timeout: -1,
    },
  )
  await Promise.race([acts.started(), ended])
  return {
    acts,
    ended,
    lastFacts: () => JSON.parse(readFileSync(recordFile, 'utf8')) as Facts,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null) child.kill('SIGKILL')
      await ended
      rmSync(dirname(recordFile), { recursive: true })
    },
  }
}
