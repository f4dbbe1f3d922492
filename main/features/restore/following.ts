import type { Run } from '../jobs/index.ts'
import type { RunDeps } from './run/types.ts'
import type { Pauses } from './targets.ts'

/** Progress as a run shows it; that and why it waits is shown in the same place. */
export function following(run: Run, pauses: Pauses): Pick<RunDeps, 'patience' | 'checkpoint' | 'onProgress'> {
  let last = { done: 0, total: 0 }
  return {
    checkpoint: () => run.checkpoint(),
    onProgress: (done, total, item) => {
      last = { done, total }
      run.progress({ ...last, unit: 'messages', item })
    },
    patience: {
      ...pauses,
      signal: run.signal,
      onWait: (waiting) => {
        if (waiting === null || waiting.forMs < 500) return
        const seconds = Math.ceil(waiting.forMs / 1000)
        const item =
          waiting.why === 'throttled'
            ? `The server asks to slow down; going on in ${seconds} s`
            : `The connection broke; trying again in ${seconds} s`
        run.progress({ ...last, unit: 'messages', item })
      },
    },
  }
}
