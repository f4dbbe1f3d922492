import type { Probe, Sighting } from '../probe.ts'
import { needsServer, notApplicable } from '../probe.ts'
import { runImap } from './command.ts'
import { imapOf } from './sessions.ts'

/** Where the server keeps own, others' and shared folders (RFC 2342). */
export const namespacesProbe: Probe = {
  probeId: 'imap.namespaces',
  group: 'imap',
  title: 'Namespaces',
  needs: ['imap.sign_in'],
  essential: false,
  applies: needsServer('imap'),
  run: async (context): Promise<readonly Sighting[]> => {
    const { session, transcriptId } = imapOf(context)
    if (!session.capabilities().includes('NAMESPACE'))
      return [notApplicable('The server has one namespace only')]
    const done = await runImap('NAMESPACE', 'imap.session_failed', context)
    if ('sighting' in done) return [done.sighting]
    const tokens = done.reply.untagged.find(([verb]) => verb === 'NAMESPACE') ?? []
    const names = ['own', 'others’', 'shared'].flatMap((name, at) =>
      Array.isArray(tokens[at + 1]) ? [name] : [],
    )
    return [
      {
        status: 'pass',
        evidence: names.length === 0 ? 'none' : names.join(', '),
        facts: { namespaces: names },
        transcriptId,
      },
    ]
  },
}
