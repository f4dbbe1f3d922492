import { inspect } from 'node:util'
import type { Finding } from '../../core/diagnostics/types.ts'
import { diagnosisOptions } from '../../core/diagnostics/types.ts'
import { diagnose, type Diagnosis, type EngineDeps } from '../../main/features/diagnostics/engine.ts'
import { systemClock } from '../../main/lib/clock.ts'
import { silentLogger } from '../../main/lib/logger.ts'
import { Secret } from '../../main/lib/secret.ts'
import { createDiagnosticsPorts } from '../../main/protocols/diagnostics-ports.ts'
import type { Fault } from './fault.ts'
import type { World } from './kit/settings.ts'
import { keepsSecret } from './secret-kept.ts'
import { createTrust, type Trust } from './kit/trust.ts'
import { faults } from './table/index.ts'

/** What the lab saw of one fault. */
export interface Outcome {
  readonly fault: Fault
  /** The top finding; null when the servers cannot run here or the run broke down. */
  readonly got: Finding | null
  readonly durationMs: number
  /** Empty: a hit. Each a sentence on what must not be. */
  readonly misses: readonly string[]
  /** Why it was not run; null when it was. */
  readonly skipped: string | null
}

const deadlineMs = 30_000
/** For closing what is open at the deadline. */
const graceMs = 2_000

/** The faults whose name or expected finding contains this text. */
export function faultsLike(text: string): readonly Fault[] {
  const wanted = text.toLowerCase()
  return faults.filter(({ name, expected }) => `${name} ${expected.code}`.toLowerCase().includes(wanted))
}

/** How many are diagnosed at once. Most scripted servers are waited for; real ones are work for this computer. */
const parallel = { scripted: 6, real: 2 }

/** Runs faults side by side; `onOutcome` hears of each as it ends. */
export async function runLab(
  chosen: readonly Fault[],
  onOutcome: (outcome: Outcome) => void,
): Promise<readonly Outcome[]> {
  const trust = await createTrust()
  const outcomes: Outcome[] = []
  // One kind after the other: starting a real server holds this process up, and with it the scripted ones.
  for (const kind of ['scripted', 'real'] as const) {
    const waiting = chosen.filter(({ servers }) => servers === kind)
    const work = async () => {
      for (let fault = waiting.shift(); fault !== undefined; fault = waiting.shift()) {
        const outcome = await runFault(fault, trust)
        outcomes.push(outcome)
        onOutcome(outcome)
      }
    }
    await Promise.all(Array.from({ length: parallel[kind] }, work))
  }
  return outcomes
}

/** Starts the servers of a fault, diagnoses them, and compares. */
export async function runFault(fault: Fault, trust: Trust): Promise<Outcome> {
  const skipped = fault.whyMissing()
  if (skipped !== null) return { fault, got: null, durationMs: 0, misses: [], skipped }
  try {
    await using world = await fault.start(trust)
    const startedAt = performance.now()
    const bugs: object[] = []
    const diagnosis = await diagnoseWorld(world, bugs)
    const durationMs = Math.round(performance.now() - startedAt)
    const misses = [
      ...wrongFinding(fault, diagnosis.top),
      ...lateness(durationMs, world.options.deadlineMs ?? deadlineMs),
      ...(world.secret !== null && keepsSecret(diagnosis, world.secret) ? ['It keeps the secret'] : []),
      ...bugs.map((facts) => `A probe failed by itself: ${inspect(facts)}`),
    ]
    return { fault, got: diagnosis.top, durationMs, misses, skipped: null }
  } catch (error) {
    const misses = [
      `The lab itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    ]
    return { fault, got: null, durationMs: 0, misses, skipped: null }
  }
}

function diagnoseWorld(world: World, bugs: object[]): Promise<Diagnosis> {
  const deps: EngineDeps = {
    ports: createDiagnosticsPorts(),
    clock: systemClock,
    logger: { ...silentLogger, error: (facts) => void bugs.push(facts) },
    controlsFor: () => world.controls,
    limits: world.limits,
  }
  return diagnose(deps, {
    subject: world.subject,
    secret: world.secret === null ? null : new Secret(world.secret),
    options: diagnosisOptions.parse({ deadlineMs, ...world.options }),
    signal: new AbortController().signal,
  })
}

function wrongFinding({ expected }: Fault, got: Finding): readonly string[] {
  const healthyExpected = expected.code === 'healthy'
  return [
    ...(got.code === expected.code ? [] : [`It found ${got.code} (${got.title})`]),
    ...(got.actor === expected.actor ? [] : [`It says that ${got.actor ?? 'nobody'} must act`]),
    ...(!healthyExpected && got.status === 'pass' ? ['It calls a fault healthy'] : []),
    ...(healthyExpected && got.status === 'fail' ? ['It calls a healthy server a failure'] : []),
  ]
}

function lateness(durationMs: number, allowedMs: number): readonly string[] {
  return durationMs <= allowedMs + graceMs ? [] : [`It took ${durationMs} ms of ${allowedMs} ms`]
}
