import { findTop } from '../../../core/diagnostics/find-top.ts'
import type { Conclusion } from '../../../core/diagnostics/find-top.ts'
import type {
  DiagnosisOptions,
  DiagnosisSubject,
  ProbeResult,
  Rung,
  TranscriptLine,
} from '../../../core/diagnostics/types.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Logger } from '../../lib/logger.ts'
import type { Secret } from '../../lib/secret.ts'
import { climb } from './climb.ts'
import type { ControlTargets, DiagnosticsPorts, WireLimits } from './ports.ts'
import type { Probe, ProbeContext } from './probe.ts'
import { probes as allProbes } from './probes/index.ts'
import { createTranscripts } from './transcript.ts'

/** What the engine stands on; tests replace parts of it. */
export interface EngineDeps {
  readonly ports: DiagnosticsPorts
  readonly clock: Clock
  readonly logger: Logger
  /** Null when the internet has no part in this mailbox. */
  readonly controlsFor: (subject: DiagnosisSubject) => ControlTargets | null
  readonly limits?: WireLimits
  readonly probes?: readonly Probe[]
}

/** One diagnosis. */
export interface DiagnosisRequest {
  readonly subject: DiagnosisSubject
  readonly secret: Secret | null
  readonly options: DiagnosisOptions
  readonly signal: AbortSignal
  readonly onStarted?: (probeId: string) => void
  readonly onResults?: (results: readonly ProbeResult[]) => void
}

/** What came of it. */
export interface Diagnosis extends Conclusion {
  readonly results: readonly ProbeResult[]
  readonly transcripts: readonly {
    readonly transcriptId: string
    readonly lines: readonly TranscriptLine[]
  }[]
}

/** Connects within 10 s, answers within 15 s: more patience than a mail program has. */
const patience: WireLimits = { connectMs: 10_000, replyMs: 15_000 }

/** Climbs the whole ladder once and says what follows from it. Rejects only for a bug. */
export async function diagnose(deps: EngineDeps, request: DiagnosisRequest): Promise<Diagnosis> {
  const probes = deps.probes ?? allProbes
  const endsAtMs = deps.clock.monotonicMs() + request.options.deadlineMs
  const transcripts = createTranscripts(deps.clock)
  const seen = new Map<string, readonly ProbeResult[]>()
  const { subject, options, secret } = request
  const context: ProbeContext = {
    subject,
    options,
    credentials: secret && { username: subject.username, signIn: subject.signIn, secret },
    ports: deps.ports,
    dns: deps.ports.dns(subject.network),
    controls: deps.controlsFor(subject),
    limits: deps.limits ?? patience,
    clock: deps.clock,
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(options.deadlineMs)]),
    remainingMs: () => Math.max(0, Math.round(endsAtMs - deps.clock.monotonicMs())),
    connections: { imap: [], smtp: [] },
    seen: (probeId) => seen.get(probeId) ?? [],
    transcript: transcripts.open,
  }
  try {
    await climb({ probes, context, seen, logger: deps.logger, request })
  } finally {
    await closeAll(context)
  }
  const results = probes.flatMap((probe) => seen.get(probe.probeId) ?? [])
  return { results, ...findTop(results), transcripts: transcripts.all() }
}

/** The ladder as it is announced before the climb. */
export function ladderOf(probes: readonly Probe[] = allProbes): Rung[] {
  return probes.map(({ probeId, group, title, needs, essential }) => ({
    probeId,
    group,
    title,
    needs: [...needs],
    essential,
  }))
}

async function closeAll({ connections }: ProbeContext): Promise<void> {
  const sessions = [...connections.imap, ...connections.smtp].map(({ opening }) => opening.session)
  await Promise.allSettled(sessions.map((session) => session?.close() ?? Promise.resolve()))
}
