import type { Probe, ProbeContext, Sighting } from '../probe.ts'

const tolerableMs = 5 * 60_000

/** How far this computer's clock is from the servers'. Certificates and tokens are judged by it. */
export const clockProbe: Probe = {
  probeId: 'device.clock',
  group: 'network',
  title: 'Clock of this computer',
  needs: [],
  after: ['network.captive_portal', 'dns.autoconfig'],
  essential: false,
  run: (context) => Promise.resolve([judge(context)]),
}

function judge({ seen, clock }: ProbeContext): Sighting {
  const dated = [...seen('network.captive_portal'), ...seen('dns.autoconfig')].find(
    ({ facts }) => typeof facts['skewMs'] === 'number',
  )
  if (dated === undefined)
    return { status: 'unknown', evidence: 'No server that was asked says what time it is' }
  const skewMs = dated.facts['skewMs'] as number
  const seconds = Math.round(Math.abs(skewMs) / 1000)
  const direction = skewMs > 0 ? 'ahead' : 'behind'
  const facts = {
    skewMs: Math.round(skewMs),
    skew: inWords(seconds),
    direction,
    source: String(dated.facts['url'] ?? 'A web server'),
    deviceTime: new Date(clock.nowMs()).toISOString(),
    serverTime: new Date(clock.nowMs() - skewMs).toISOString(),
  }
  if (Math.abs(skewMs) <= tolerableMs) return { status: 'pass', evidence: `${seconds} s ${direction}`, facts }
  return { status: 'warning', evidence: `${facts.skew} ${direction}`, code: 'device.clock_skew', facts }
}

function inWords(seconds: number): string {
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} hours` : `${Math.round(seconds / 86_400)} days`
}
