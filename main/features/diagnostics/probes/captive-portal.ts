import type { HttpOutcome } from '../ports.ts'
import type { Probe, ProbeContext, Sighting } from '../probe.ts'
import { notApplicable } from '../probe.ts'
import { withControls } from './with-controls.ts'

const timeoutMs = 8_000
type Page = NonNullable<ProbeContext['controls']>['pages'][number]

/** Whether a page that always gives the same answer gives something else: the mark of a sign-in page. */
export const captivePortalProbe: Probe = {
  probeId: 'network.captive_portal',
  group: 'network',
  title: 'No sign-in page in between',
  needs: [],
  essential: false,
  applies: withControls,
  run: async ({ controls, ports, subject, clock, signal }): Promise<readonly Sighting[]> => {
    const pages = controls?.pages ?? []
    if (pages.length === 0) return [notApplicable('No control page is set')]
    const asked = await Promise.all(
      pages.map(async (page) => {
        const outcome = await ports.get(page.url, subject.network, timeoutMs, signal)
        return judge(page, outcome, clock.nowMs())
      }),
    )
    return [
      asked.find(({ code }) => code !== undefined) ??
        asked.find(({ status }) => status === 'pass') ??
        unreached(asked),
    ]
  },
}

function judge(page: Page, outcome: HttpOutcome, nowMs: number): Sighting {
  const base = { control: true, url: page.url }
  if (outcome.kind === 'no_answer')
    return { status: 'unknown', evidence: outcome.text, facts: { ...base, reached: false } }
  const skewMs = outcome.dateMs === null ? null : nowMs - outcome.elapsedMs / 2 - outcome.dateMs
  const facts = { ...base, reached: true, skewMs, dateMs: outcome.dateMs }
  if (outcome.status === page.status && outcome.body.includes(page.contains))
    return { status: 'pass', evidence: `${page.url} gives its known answer`, facts }
  const got = outcome.location === null ? `status ${outcome.status}` : `a redirection to ${outcome.location}`
  // A portal explains failures, but mail may be let through: the rules decide whether it is the cause.
  return {
    status: 'warning',
    evidence: `${page.url} gives ${got}`,
    code: 'network.captive_portal',
    facts: { ...facts, reached: false, got },
  }
}

function unreached(asked: readonly Sighting[]): Sighting {
  const evidence = `No control page answers (${[...new Set(asked.map((one) => one.evidence))].join(', ')})`
  return { status: 'unknown', evidence, facts: { control: true, reached: false } }
}
