import { setTimeout as delay } from 'node:timers/promises'
import type { Probe, ProbeContext, Sighting } from '../probe.ts'
import { needsServer, notApplicable, outliving, sightingOf } from '../probe.ts'
import { judgeArrival, judgeChecks } from './arrival.ts'
import { findArrival, searchableFolders } from './find-arrival.ts'
import type { Arrival } from './find-arrival.ts'
import { removeMessage } from './mailbox-search.ts'
import { imapOf } from './sessions.ts'
import { makeTestMessage } from './test-message.ts'
import type { TestMessage } from './test-message.ts'

/** Kept back for removing what was found, and for ending in order. */
const reserveMs = 4_000
const pollMs = 1_000

/** Sends a marked message to the mailbox itself, finds it in whichever folder it lands, and removes it. */
export const roundTripProbe: Probe = {
  probeId: 'roundtrip.message',
  group: 'roundtrip',
  title: 'A message goes out and comes back',
  needs: ['imap.inbox', 'smtp.envelope'],
  // They use the same connection and the same open folder.
  after: ['imap.append', 'imap.idle', 'imap.folders', 'imap.namespaces', 'imap.quota'],
  essential: true,
  cleansUp: true,
  applies: (context) => {
    if (!context.options.roundTrip) return notApplicable('Not asked for')
    return needsServer('imap')(context) ?? needsServer('smtp')(context)
  },
  run: async (context): Promise<readonly Sighting[]> => {
    const { subject, credentials, ports, signal, clock } = context
    if (subject.smtp === null || credentials === null) return [notApplicable('There is nothing to send with')]
    const message = makeTestMessage(subject.address, 'a round trip', clock.nowMs())
    const envelope = { from: subject.address, to: [subject.address] }
    const submission = {
      ...credentials,
      server: subject.smtp,
      network: subject.network,
      envelope,
      raw: message.raw,
      signal,
    }
    const sent = await ports.send(submission)
    if (!sent.ok) return [{ target: 'sent', ...sightingOf(sent.problem) }]
    const accepted = {
      target: 'sent',
      status: 'pass',
      evidence: sent.value,
      facts: { accepted: sent.value, messageId: message.messageId },
    } as const
    return [accepted, ...(await awaitArrival(message, sent.value, context))]
  },
}

async function awaitArrival(
  message: TestMessage,
  accepted: string,
  stoppable: ProbeContext,
): Promise<readonly Sighting[]> {
  const context = outliving(stoppable)
  const sentAtMs = context.clock.nowMs()
  const { transcriptId } = imapOf(context)
  const folders = await searchableFolders(context)
  const arrival = await poll(() => findArrival(message, folders, context), stoppable)
  if (arrival === null) {
    const seconds = Math.round((context.clock.nowMs() - sentAtMs) / 1000)
    const facts = {
      accepted,
      seconds,
      messageId: message.messageId,
      folders: folders.map(({ name }) => name),
    }
    return [
      {
        target: 'arrived',
        status: 'fail',
        evidence: `Not there after ${seconds} s`,
        code: 'roundtrip.lost',
        facts,
        transcriptId,
      },
    ]
  }
  const removed = await remove(message, arrival, context)
  if (arrival.kind === 'bounce') {
    const facts = { text: arrival.reason, folder: arrival.folder.name }
    return [
      {
        target: 'arrived',
        status: 'fail',
        evidence: arrival.reason,
        code: 'roundtrip.bounced',
        facts,
        transcriptId,
      },
      removed,
    ]
  }
  return [{ ...judgeArrival(arrival, sentAtMs), transcriptId }, judgeChecks(arrival), removed]
}

/** Looks again and again until the time is nearly over or the run is cancelled; then once more. */
async function poll<T>(look: () => Promise<T | null>, context: ProbeContext): Promise<T | null> {
  for (;;) {
    const isLast = context.signal.aborted || context.remainingMs() < reserveMs + pollMs
    const found = await look()
    if (found !== null || isLast) return found
    await delay(pollMs, undefined, { signal: context.signal }).catch(() => undefined)
  }
}

async function remove(message: TestMessage, arrival: Arrival, context: ProbeContext): Promise<Sighting> {
  const canExpungeOne = imapOf(context).session.capabilities().includes('UIDPLUS')
  const left = await removeMessage(arrival.uid, canExpungeOne, context)
  if (left === null)
    return { target: 'removed', status: 'pass', evidence: `Removed from ${arrival.folder.name}` }
  const facts = { subject: message.subject, folder: arrival.folder.name, text: left }
  return { target: 'removed', status: 'warning', evidence: left, code: 'imap.cleanup_failed', facts }
}
