import type { Probe, ProbeContext, Sighting } from '../probe.ts'
import { needsServer, notApplicable, outliving, sightingOf } from '../probe.ts'
import { refusal, runImap } from './command.ts'
import { fetchWhole, removeMessage, searchUids } from './mailbox-search.ts'
import { imapOf } from './sessions.ts'
import { makeTestMessage } from './test-message.ts'
import type { TestMessage } from './test-message.ts'

/** Stores a small message in the inbox, reads it back, and removes it, when asked to. */
export const appendProbe: Probe = {
  probeId: 'imap.append',
  group: 'imap',
  title: 'A message can be stored and removed',
  needs: ['imap.inbox'],
  // Alone on the connection, so that nothing else can end it before it has cleaned up.
  after: ['imap.quota', 'imap.folders', 'imap.namespaces'],
  essential: true,
  cleansUp: true,
  applies: (context) =>
    context.options.appendProbe ? needsServer('imap')(context) : notApplicable('Not asked for'),
  run: async (stoppable): Promise<readonly Sighting[]> => {
    const context = outliving(stoppable)
    const { session, transcriptId } = imapOf(context)
    const message = makeTestMessage(context.subject.address, 'storing a message', context.clock.nowMs())
    const stored = await session.append('INBOX', message.raw, context.signal)
    if (!stored.ok) return [{ ...sightingOf(stored.problem), transcriptId }]
    if (stored.value.status !== 'OK')
      return [{ ...refusal('APPEND', stored.value, 'imap.append_refused', context), transcriptId }]
    return (await lookAndRemove(message, context)).map((sighting) => ({ ...sighting, transcriptId }))
  },
}

async function lookAndRemove(message: TestMessage, context: ProbeContext): Promise<readonly Sighting[]> {
  // A new message is seen in the open folder only after the server was heard again.
  await runImap('NOOP', 'imap.session_failed', context)
  const [uid] = await searchUids(`HEADER Message-ID "${message.messageId}"`, context)
  if (uid === undefined)
    return [
      {
        status: 'fail',
        evidence: 'Accepted, then not found',
        code: 'imap.append_lost',
        facts: { text: 'not found again' },
      },
    ]
  const read = await fetchWhole(uid, context)
  const kept = sameText(read, message.raw)
  const left = await removeMessage(uid, imapOf(context).session.capabilities().includes('UIDPLUS'), context)
  if (!kept)
    return [
      {
        status: 'fail',
        evidence: 'Read back differently',
        code: 'imap.append_lost',
        facts: { text: 'altered' },
      },
    ]
  if (left !== null) {
    const facts = { subject: message.subject, folder: 'INBOX', text: left }
    return [
      {
        status: 'warning',
        evidence: `Stored and read back, not removed: ${left}`,
        code: 'imap.cleanup_failed',
        facts,
      },
    ]
  }
  return [{ status: 'pass', evidence: 'Stored, read back and removed' }]
}

/** Some servers store line feeds alone. */
function sameText(read: string, sent: string): boolean {
  const plain = (text: string) => text.replace(/\r\n/g, '\n').trimEnd()
  return plain(read) === plain(sent)
}
