import { actorOf, isFindingCode } from '../../core/diagnostics/findings.ts'
import type { ProbeResult, Run } from '../../core/diagnostics/types.ts'

/** A probe result in which only what matters to a test is said. */
export function probeResult(changes: Partial<ProbeResult> & Pick<ProbeResult, 'probeId'>): ProbeResult {
  const { code = null } = changes
  const target = changes.target ?? null
  return {
    resultId: target === null ? changes.probeId : `${changes.probeId}@${target}`,
    group: 'imap',
    title: changes.probeId,
    target,
    essential: false,
    status: code === null ? 'pass' : 'fail',
    evidence: 'seen',
    code,
    actor: code !== null && isFindingCode(code) ? actorOf(code) : null,
    nextStep: null,
    facts: {},
    startedAtMs: 0,
    durationMs: 1,
    transcriptId: null,
    ...changes,
  }
}

/** A finished run in which only what matters to a test is said. */
export function diagnosticRun(changes: Partial<Run> & Pick<Run, 'runId'>): Run {
  const address = 'ana@harbour.example'
  return {
    mailboxId: null,
    address,
    ticketId: null,
    state: 'done',
    startedAtMs: 1_000,
    endedAtMs: 2_000,
    finding: null,
    subject: {
      mailboxId: null,
      address,
      username: address,
      signIn: 'password',
      imap: { host: 'imap.harbour.example', port: 993, security: 'tls' },
      smtp: null,
      network: { dnsServers: [], trustedCaPem: null },
    },
    options: { appendProbe: false, roundTrip: false, deadlineMs: 60_000 },
    ladder: [],
    results: [],
    otherFindings: [],
    ...changes,
  }
}
