import type { Probe, Sighting } from '../probe.ts'
import { needsServer, sightingOf } from '../probe.ts'
import { imapOf } from './sessions.ts'

/** Whether the server announces new mail by itself (RFC 2177). */
export const idleProbe: Probe = {
  probeId: 'imap.idle',
  group: 'imap',
  title: 'New mail is announced (IDLE)',
  needs: ['imap.inbox'],
  // It holds the connection; the others are quicker and go first.
  after: ['imap.namespaces', 'imap.folders', 'imap.quota', 'imap.append'],
  essential: false,
  applies: needsServer('imap'),
  run: async (context): Promise<readonly Sighting[]> => {
    const { session, transcriptId } = imapOf(context)
    if (!session.capabilities().includes('IDLE'))
      return [{ status: 'warning', evidence: 'IDLE is not announced', code: 'imap.idle_missing' }]
    const done = await session.idle(context.signal)
    if (!done.ok) {
      const facts = { ...done.problem.facts, text: done.problem.evidence }
      return [{ ...sightingOf(done.problem, 'warning'), code: 'imap.idle_broken', facts, transcriptId }]
    }
    const { status, text } = done.value
    if (status !== 'OK')
      return [
        {
          status: 'warning',
          evidence: `${status} ${text}`,
          code: 'imap.idle_broken',
          facts: { text },
          transcriptId,
        },
      ]
    return [{ status: 'pass', evidence: 'The server agrees to announce new mail', transcriptId }]
  },
}
