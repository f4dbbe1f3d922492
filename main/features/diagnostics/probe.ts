import type { FindingCode } from '../../../core/diagnostics/findings.ts'
import type {
  DiagnosisOptions,
  DiagnosisSubject,
  Facts,
  ProbeResult,
  Rung,
  VerdictStatus,
} from '../../../core/diagnostics/types.ts'
import type { Clock } from '../../lib/clock.ts'
import type {
  ControlTargets,
  Credentials,
  DiagnosticsPorts,
  DnsPort,
  ImapSession,
  Opening,
  Problem,
  Service,
  SmtpSession,
  TranscriptPort,
  WireLimits,
} from './ports.ts'

/** What a probe saw, before the runner adds who must act. One for each target. */
export interface Sighting {
  readonly target?: string
  readonly status: VerdictStatus
  /** One line. */
  readonly evidence: string
  readonly code?: FindingCode
  readonly facts?: Facts
  readonly transcriptId?: string
}

/** A connection that was opened for a service, and how far it came. */
export interface Opened<S> {
  readonly address: string
  readonly transcriptId: string
  readonly opening: Opening<S>
}

/** What probes hand on to later ones beside their results: open connections. The runner closes them. */
export interface Connections {
  readonly imap: Opened<ImapSession>[]
  readonly smtp: Opened<SmtpSession>[]
}

/** What a probe works with. */
export interface ProbeContext {
  readonly subject: DiagnosisSubject
  readonly options: DiagnosisOptions
  /** Null when there is no secret. */
  readonly credentials: Credentials | null
  readonly ports: DiagnosticsPorts
  readonly dns: DnsPort
  /** Null when the internet has no part in this mailbox. */
  readonly controls: ControlTargets | null
  readonly limits: WireLimits
  readonly clock: Clock
  /** Aborted by a cancel and at the run's deadline. */
  readonly signal: AbortSignal
  /** Milliseconds until the run's deadline. */
  remainingMs(): number
  readonly connections: Connections
  /** What an earlier probe saw; empty when it did not run. */
  seen(probeId: Rung['probeId']): readonly ProbeResult[]
  /** The transcript of this name; made at the first call. */
  transcript(transcriptId: string): TranscriptPort
}

/** One rung of the ladder. To add one, see docs/how-to/add-a-probe.md. */
export interface Probe extends Omit<Rung, 'needs'> {
  /** Probes that have to succeed first; without them this one is not run. */
  readonly needs: readonly Rung['probeId'][]
  /** Probes that have to be over first, however they ended. */
  readonly after?: readonly Rung['probeId'][]
  /** It leaves something behind when it is cut off, so a run that is stopped waits until it has cleaned up. */
  readonly cleansUp?: true
  /** Why this probe has nothing to look at; null when it has. */
  applies?(context: Pick<ProbeContext, 'subject' | 'options' | 'controls' | 'credentials'>): Sighting | null
  run(context: ProbeContext): Promise<readonly Sighting[]>
}

/** A problem as a sighting. */
export function sightingOf(problem: Problem, status: VerdictStatus = 'fail'): Sighting {
  return { status, evidence: problem.evidence, code: problem.code, facts: problem.facts }
}

/** The same context with a signal of its own: it outlives a cancel, and the deadline by what cleaning up takes. */
export function outliving(context: ProbeContext): ProbeContext {
  return { ...context, signal: AbortSignal.timeout(Math.ceil(context.remainingMs()) + cleanUpMs) }
}

const cleanUpMs = 1_500

/** Nothing to look at. */
export function notApplicable(evidence: string, facts: Facts = {}): Sighting {
  return { status: 'not_applicable', evidence, facts }
}

/** For probes of one service: why they have nothing to look at. */
export const needsServer =
  (service: Service): NonNullable<Probe['applies']> =>
  ({ subject }) =>
    subject[service] === null
      ? notApplicable(`No ${service.toUpperCase()} server is set`, {
          noServer: subject.imap === null && subject.smtp === null,
        })
      : null

/** The address to the right of the @, in lower case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
