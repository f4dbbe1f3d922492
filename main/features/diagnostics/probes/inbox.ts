import type { Probe, Sighting } from '../probe.ts'
import { needsServer } from '../probe.ts'
import { runImap } from './command.ts'
import { imapOf } from './sessions.ts'

/** Opens the inbox for writing, and changes nothing in it. */
export const inboxProbe: Probe = {
  probeId: 'imap.inbox',
  group: 'imap',
  title: 'Inbox opens',
  needs: ['imap.sign_in'],
  essential: true,
  applies: needsServer('imap'),
  run: async (context): Promise<readonly Sighting[]> => {
    const { transcriptId } = imapOf(context)
    const done = await runImap('SELECT INBOX', 'imap.inbox_unreadable', context)
    if ('sighting' in done) {
      const { responseCode = null, text = '' } = done.sighting.facts ?? {}
      const missing =
        responseCode === 'NONEXISTENT' || /exist|not found|unknown mailbox|no such/i.test(String(text))
      const isGeneral = done.sighting.code === 'imap.inbox_unreadable'
      return [missing && isGeneral ? { ...done.sighting, code: 'imap.inbox_missing' } : done.sighting]
    }
    const exists = done.reply.untagged.find((tokens) => tokens[1] === 'EXISTS')?.[0]
    const facts = { messages: exists === undefined ? null : Number(exists) }
    if (done.reply.code === 'READ-ONLY')
      return [
        { status: 'warning', evidence: 'Opens READ-ONLY', code: 'imap.inbox_read_only', facts, transcriptId },
      ]
    return [
      {
        status: 'pass',
        evidence: facts.messages === null ? 'Opens' : `${facts.messages} messages`,
        facts,
        transcriptId,
      },
    ]
  },
}
