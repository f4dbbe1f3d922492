import { count, size } from '../archive/outcomes.ts'
import type { RestoreReport } from './types.ts'

/** What a restore did and what it could not do, for the job centre and the command line. */
export function describeRestore(report: RestoreReport): string {
  const {
    dryRun,
    restored,
    restoredBytes,
    alreadyThere,
    refused,
    unreadable,
    notTried,
    stopped,
    throttledMs,
  } = report
  const amount = `${count(restored, 'message')} (${size(restoredBytes)})`
  const into = count(report.folders.filter((folder) => folder.restored > 0).length, 'folder')
  const parts = [
    restored === 0 && stopped === null
      ? 'Nothing to add.'
      : dryRun
        ? `Would restore ${amount} into ${into}.`
        : `Restored ${amount} into ${into}.`,
    alreadyThere === 0 ? '' : `${count(alreadyThere, 'message was', 'messages were')} there already.`,
    refused === 0
      ? ''
      : `${count(refused, 'message')} ${dryRun ? 'would be' : refused === 1 ? 'was' : 'were'} refused; the list says why.`,
    unreadable === 0 ? '' : `${count(unreadable, 'message')} could not be read from the archive.`,
    throttledMs < 1000 ? '' : `The server asked to slow down; waited ${Math.round(throttledMs / 1000)} s.`,
    stopped === null
      ? ''
      : `Stopped: ${stopped.words} ${count(notTried, 'message')} not tried; resume it to go on.`,
    dryRun && report.fits === false ? 'It does not fit into the mailbox’s quota.' : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}
