import type { Service, SmtpSession } from '../ports.ts'
import type { Probe, ProbeContext, Sighting } from '../probe.ts'
import { needsServer, sightingOf } from '../probe.ts'

/** Below this a server refuses ordinary attachments. */
const smallestSizeBytes = 5_000_000

/** The first words of a server and what it announces. */
export function greetingProbe(service: Service): Probe {
  return {
    probeId: `${service}.greeting`,
    group: service,
    title: service === 'imap' ? 'Greeting and capabilities' : 'Banner and extensions',
    needs: [`${service}.tls`],
    essential: true,
    applies: needsServer(service),
    run: (context) => Promise.resolve([service === 'imap' ? imapGreeting(context) : smtpBanner(context)]),
  }
}

function imapGreeting({ connections, subject }: ProbeContext): Sighting {
  const open = connections.imap.find(({ opening }) => opening.session !== null)
  const session = open?.opening.session ?? null
  if (open === undefined || session === null) return firstProblem(connections.imap)
  const capabilities = [...session.capabilities()].sort()
  return {
    status: 'pass',
    evidence: session.greeting.text || 'ready',
    facts: { host: subject.imap?.host ?? '', greeting: session.greeting.text, capabilities },
    transcriptId: open.transcriptId,
  }
}

function smtpBanner({ connections, subject }: ProbeContext): Sighting {
  const open = connections.smtp.find(({ opening }) => opening.session !== null)
  const session = open?.opening.session ?? null
  if (open === undefined || session === null) return firstProblem(connections.smtp)
  const { transcriptId } = open
  const facts = {
    host: subject.smtp?.host ?? '',
    banner: session.banner.text,
    extensions: [...session.extensions().keys()].sort(),
  }
  const sizeBytes = sizeOf(session)
  if (sizeBytes !== null && sizeBytes > 0 && sizeBytes < smallestSizeBytes) {
    const text = `SIZE ${sizeBytes}`
    const limit = `${(sizeBytes / 1_000_000).toFixed(1)} MB`
    return {
      status: 'warning',
      evidence: text,
      code: 'smtp.size_limit',
      facts: { ...facts, text, limit, sizeBytes },
      transcriptId,
    }
  }
  return {
    status: 'pass',
    evidence: session.banner.text.split('\n')[0] ?? 'ready',
    facts: { ...facts, sizeBytes },
    transcriptId,
  }
}

/** What EHLO says of the largest message (RFC 1870); null without a number, 0 for no fixed limit. */
function sizeOf(session: SmtpSession): number | null {
  const size = Number(session.extensions().get('SIZE')?.[0])
  return Number.isFinite(size) ? size : null
}

function firstProblem(opened: ProbeContext['connections'][Service]): Sighting {
  const stopped = opened.find(({ opening }) => opening.problem !== null)
  if (stopped?.opening.problem == null) return { status: 'unknown', evidence: 'No connection was kept' }
  return { ...sightingOf(stopped.opening.problem), transcriptId: stopped.transcriptId }
}
