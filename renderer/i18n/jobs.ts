import { formatCount, formatDuration, plural } from './format.ts'

/** Words of the job centre. */
export const jobWords = {
  title: 'Jobs',
  running: (count: number) => `Jobs: ${plural(count, { one: 'runs', other: 'run' })}`,
  idle: 'Jobs: nothing runs',
  emptyTitle: 'No long work yet',
  emptyText: 'Archiving, exports and diagnoses are listed here while they run and after they ended.',
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Cancel',
  pauseOf: (title: string) => `Pause: ${title}`,
  resumeOf: (title: string) => `Go on: ${title}`,
  cancelOf: (title: string) => `Cancel: ${title}`,
  progress: (done: number, total: number | null, unit: string) =>
    total === null ? `${formatCount(done)} ${unit}` : `${formatCount(done)} of ${formatCount(total)} ${unit}`,
  rate: (perSecond: number, unit: string) =>
    `${formatCount(Math.round(perSecond * 10) / 10)} ${unit} a second`,
  left: (ms: number) => `about ${formatDuration(ms)} left`,
  state: {
    running: 'Running',
    paused: 'Paused',
    done: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
    interrupted: 'Interrupted',
  },
} as const
