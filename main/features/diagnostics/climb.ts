import { actorOf, nextStepOf } from '../../../core/diagnostics/findings.ts'
import type { ProbeResult } from '../../../core/diagnostics/types.ts'
import { raceAbort } from '../../lib/deadline.ts'
import type { Logger } from '../../lib/logger.ts'
import type { DiagnosisRequest } from './engine.ts'
import type { Probe, ProbeContext, Sighting } from './probe.ts'

interface Climb {
  readonly probes: readonly Probe[]
  readonly context: ProbeContext
  /** Filled as the probes end. */
  readonly seen: Map<string, readonly ProbeResult[]>
  readonly logger: Logger
  readonly request: DiagnosisRequest
}

/** Runs every probe as soon as those that it waits for are over; those that do not wait run side by side. */
export async function climb(ladder: Climb): Promise<void> {
  const ended = new Map<string, Promise<void>>()
  const runOne = (probe: Probe): Promise<void> => {
    const known = ended.get(probe.probeId)
    if (known !== undefined) return known
    const before = [...probe.needs, ...(probe.after ?? [])].map((id) => {
      const earlier = ladder.probes.find((other) => other.probeId === id)
      if (earlier === undefined)
        throw new Error(`${probe.probeId} waits for ${id}, which is not on the ladder`)
      return earlier
    })
    const started = Promise.resolve().then(async () => {
      await Promise.all(before.map(runOne))
      await step(probe, ladder)
    })
    ended.set(probe.probeId, started)
    return started
  }
  await Promise.all(ladder.probes.map(runOne))
}

async function step(probe: Probe, { context, seen, logger, request, probes }: Climb): Promise<void> {
  const startedAtMs = context.clock.nowMs()
  const startedAt = context.clock.monotonicMs()
  const kept = obstacle(probe, context, seen, probes)
  if (kept === null) request.onStarted?.(probe.probeId)
  const sightings = kept === null ? await attempt(probe, context, logger) : [kept]
  const durationMs = kept === null ? Math.round(context.clock.monotonicMs() - startedAt) : 0
  const results = sightings.map((sighting) => toResult(probe, sighting, startedAtMs, durationMs))
  seen.set(probe.probeId, results)
  request.onResults?.(results)
}

/** Why a probe is not run; null when nothing stands in its way. */
function obstacle(
  probe: Probe,
  context: ProbeContext,
  seen: ReadonlyMap<string, readonly ProbeResult[]>,
  probes: readonly Probe[],
): Sighting | null {
  const outside = probe.applies?.(context) ?? null
  if (outside !== null) return outside
  if (context.signal.aborted) return { status: 'unknown', evidence: whyStopped(context.signal) }
  const missing = probe.needs.find((id) => !succeeded(seen.get(id) ?? []))
  if (missing === undefined) return null
  const title = probes.find((other) => other.probeId === missing)?.title ?? missing
  return { status: 'not_applicable', evidence: `Not run, because this did not succeed: ${title}` }
}

/** A probe at several addresses has succeeded when one of them did. */
function succeeded(results: readonly ProbeResult[]): boolean {
  return results.some(({ status }) => status === 'pass' || status === 'warning')
}

async function attempt(probe: Probe, context: ProbeContext, logger: Logger): Promise<readonly Sighting[]> {
  try {
    if (probe.cleansUp === true) return await probe.run(context)
    const sightings = await raceAbort(probe.run(context), context.signal)
    // What a probe saw while the run was being stopped is not what the server would have said.
    return context.signal.aborted ? [{ status: 'unknown', evidence: whyStopped(context.signal) }] : sightings
  } catch (error) {
    if (context.signal.aborted) return [{ status: 'unknown', evidence: whyStopped(context.signal) }]
    logger.error({ err: error, probeId: probe.probeId }, 'probe failed')
    return [{ status: 'unknown', evidence: 'The probe itself failed; the log says why' }]
  }
}

function whyStopped(signal: AbortSignal): string {
  const reason: unknown = signal.reason
  const late = reason instanceof DOMException && reason.name === 'TimeoutError'
  return late ? 'The time for this run was over before an answer came' : 'The run was cancelled'
}

function toResult(probe: Probe, sighting: Sighting, startedAtMs: number, durationMs: number): ProbeResult {
  const { target = null, status, evidence, code = null, facts = {}, transcriptId = null } = sighting
  return {
    resultId: target === null ? probe.probeId : `${probe.probeId}@${target}`,
    probeId: probe.probeId,
    group: probe.group,
    title: probe.title,
    target,
    essential: probe.essential,
    status,
    evidence: oneLine(evidence),
    code,
    actor: code === null ? null : actorOf(code),
    nextStep: code === null ? null : nextStepOf(code, facts),
    facts,
    startedAtMs,
    durationMs,
    transcriptId,
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 500)
