import { count, size } from '../archive/outcomes.ts'
import type { Forecast } from './forecast.ts'
import type { JunkLook } from './junk.ts'
import type { MessageState, RunItem } from './plans.ts'
import type { ScanReport } from './types.ts'

/** The result of a scan, for the job centre and the command line. */
export function describeScan({ messages, sizeBytes, folders, quota }: ScanReport): string {
  const failed = folders.filter(({ problem }) => problem !== null)
  const use =
    quota === null
      ? 'The server tells no quota.'
      : quota.limitBytes === null
        ? `The server counts ${size(quota.usedBytes)} and sets no limit.`
        : `The server counts ${size(quota.usedBytes)} of ${size(quota.limitBytes)}.`
  const read = `${count(messages, 'message')} (${size(sizeBytes)}) in ${count(folders.length - failed.length, 'folder')}.`
  return failed.length === 0
    ? `${read} ${use}`
    : `${read} ${use} Not read: ${failed.map(({ path, problem }) => `${path} (${problem ?? ''})`).join('; ')}`
}

/** What a run of a plan has come to, over all its mailboxes. */
export function describeItems(items: readonly RunItem[]): string {
  const sum = (states: readonly MessageState[]) =>
    items.reduce(
      (total, { amounts }) => {
        for (const state of states) {
          total.messages += amounts[state]?.messages ?? 0
          total.sizeBytes += amounts[state]?.sizeBytes ?? 0
        }
        return total
      },
      { messages: 0, sizeBytes: 0 },
    )
  const told = (states: readonly MessageState[], words: string) => {
    const { messages, sizeBytes } = sum(states)
    return messages === 0 ? [] : [`${count(messages, 'message')} (${size(sizeBytes)}) ${words}.`]
  }
  const failed = items.filter(({ state }) => state === 'failed')
  const previewed = items.filter(({ state }) => state === 'previewed').length
  const parts = [
    ...(previewed > 0
      ? told(['listed', 'proved'], 'would be removed; nothing was changed')
      : told(['listed', 'proved'], 'not removed yet')),
    ...told(['removed'], 'archived, proved and removed'),
    ...told(['marked'], 'archived, proved and marked as deleted; the server cannot remove them one by one'),
    ...told(['restored'], 'put back'),
    ...told(['kept'], 'kept'),
    ...told(['failed'], 'left where they are, because of a problem'),
    ...(failed.length === 0
      ? []
      : [
          `${count(failed.length, 'mailbox', 'mailboxes')} failed: ${failed.map(({ address, note }) => `${address} (${note ?? ''})`).join('; ')}`,
        ]),
  ]
  return parts.length === 0 ? 'No message meets the rule.' : parts.join(' ')
}

/** What looking through junk folders came to. */
export function describeJunk(looks: readonly JunkLook[]): string {
  const found = looks.reduce((sum, look) => sum + look.found, 0)
  const failed = looks.filter(({ problem }) => problem !== null)
  const without = looks.filter(({ folders, problem }) => problem === null && folders.length === 0)
  return [
    `${count(found, 'message')} found in the junk folders of ${count(looks.length - failed.length, 'mailbox', 'mailboxes')}.`,
    ...(without.length === 0
      ? []
      : [`No junk folder in ${without.map(({ address }) => address).join(', ')}.`]),
    ...failed.map(({ address, problem }) => `${address} could not be looked through: ${problem ?? ''}`),
  ].join(' ')
}

/** A forecast in a sentence, with how it was made. */
export function describeForecast(forecast: Forecast): string {
  switch (forecast.kind) {
    case 'full':
      return 'Full now: new mail may be refused.'
    case 'unknown':
      return {
        no_quota: 'Unknown: the server tells no quota.',
        no_limit: 'Unknown: the server sets no limit.',
        too_little: 'Unknown: less than 14 days of scans or of mail to go by.',
      }[forecast.why]
    case 'fills':
      return `Fills about ${new Date(forecast.atMs ?? 0).toISOString().slice(0, 10)} at ${size(Math.round(forecast.bytesPerDay))} a day (${basis(forecast)}).`
    case 'not_soon':
      return `Not within ten years at ${size(Math.round(forecast.bytesPerDay))} a day (${basis(forecast)}).`
    case 'not_growing':
      return `Not growing (${basis(forecast)}).`
  }
}

function basis({
  method,
  points,
  days,
}: {
  readonly method: 'scans' | 'arrivals'
  readonly points: number
  readonly days: number
}): string {
  return method === 'scans'
    ? `a line through ${count(points, 'scan')} over ${count(days, 'day')}`
    : `a line through the dates and sizes of the mail of the last ${count(days, 'day')}`
}
