import type { FindingCode } from './findings.ts'
import type { Facts, ProbeResult } from './types.ts'

/** What speaks for a finding, before it is put into words. */
export interface Observation {
  readonly code: FindingCode
  readonly status: 'fail' | 'warning' | 'unknown'
  readonly facts: Facts
  readonly resultIds: readonly string[]
}

/** Sees what one probe alone cannot: a connection between several. */
export type Rule = (seen: readonly Observation[], results: readonly ProbeResult[]) => readonly Observation[]

const unreached: readonly FindingCode[] = [
  'dns.no_answers',
  'dns.lookup_failed',
  'dns.host_not_found',
  'network.unreachable',
  'tcp.timed_out',
]

/** Nothing of the internet answers, and neither does the mail system: then it is not the mail system. */
const offline: Rule = (seen, results) => {
  const controls = results.filter((result) => result.facts['control'] === true)
  const failures = seen.filter((o) => o.status === 'fail' && unreached.includes(o.code))
  const reached = controls.some((result) => result.facts['reached'] === true)
  const connected = results.some((result) => result.probeId.endsWith('.tcp') && result.status === 'pass')
  if (controls.length === 0 || reached || connected || failures.length === 0) return seen
  const failed = new Map(controls.map((result) => [result.title, result.evidence]))
  const facts = { controls: [...failed].map(([title, evidence]) => `${title}: ${evidence}`) }
  const resultIds = [...controls, ...results.filter((r) => r.status === 'fail')].map(
    (result) => result.resultId,
  )
  return [...seen, { code: 'network.offline', status: 'fail', facts, resultIds }]
}

/** A flaw of the ground becomes the cause when something that stands on it has failed. */
const explains = (code: FindingCode, consequence: (o: Observation, cause: Observation) => boolean): Rule => {
  return (seen) => {
    const cause = seen.find((o) => o.code === code)
    const effects = seen.filter((o) => cause !== undefined && o.status === 'fail' && consequence(o, cause))
    if (cause === undefined || effects.length === 0) return seen
    const resultIds = [...cause.resultIds, ...effects.flatMap((o) => o.resultIds)]
    return [...seen.filter((o) => o !== cause), { ...cause, status: 'fail', resultIds }]
  }
}

const portal = explains('network.captive_portal', ({ code }) =>
  /^(tcp|tls|dns|network)\.|not_(imap|smtp)$/.test(code),
)

const clock = explains('device.clock_skew', ({ code }) =>
  ['tls.expired', 'tls.not_yet_valid', 'imap.token_refused', 'smtp.token_refused'].includes(code),
)

const blockedPort: Rule = (seen, results) => {
  const blocked = results.filter((result) => result.code === 'network.port_blocked')
  const stopped = seen.find(
    ({ code, status, facts }) =>
      status === 'fail' &&
      ['tcp.timed_out', 'tcp.refused', 'tcp.reset', 'network.unreachable'].includes(code) &&
      blocked.some((result) => result.facts['port'] === facts['port']),
  )
  const cause = blocked.find((result) => result.facts['port'] === stopped?.facts['port'])
  if (stopped === undefined || cause === undefined) return seen
  const facts = { ...cause.facts, host: stopped.facts['host'] ?? null }
  const rest = seen.filter(({ code }) => code !== 'network.port_blocked')
  return [
    ...rest,
    {
      code: 'network.port_blocked',
      status: 'fail',
      facts,
      resultIds: [cause.resultId, ...stopped.resultIds],
    },
  ]
}

/** The name in the settings does not exist, but the domain publishes another one: the settings are wrong. */
const wrongName: Rule = (seen, results) => {
  const failed = results.find((r) => r.code === 'dns.host_not_found' || r.code === 'dns.host_no_address')
  const published = results.find(
    (r) => r.probeId === 'dns.srv' && r.facts['service'] === failed?.facts['service'],
  )
  const other = published?.facts['published']
  if (failed === undefined || published === undefined || !Array.isArray(other) || other.length === 0)
    return seen
  if (other.some((server) => server.startsWith(`${String(failed.facts['host'])}:`))) return seen
  const { recommended = other[0] ?? null, encryption = null } = published.facts
  const facts = { ...failed.facts, published: recommended, encryption }
  return [
    ...seen.filter(({ code }) => code !== failed.code && code !== 'dns.srv_differs'),
    {
      code: 'settings.server_name_wrong',
      status: 'fail',
      facts,
      resultIds: [failed.resultId, published.resultId],
    },
  ]
}

/** Other names are answered: then it is not this network's DNS that is silent, but the domain's. */
const silentZone: Rule = (seen, results) => {
  const answered = results.some((result) => result.probeId === 'network.dns' && result.status === 'pass')
  if (!answered) return seen
  return seen.map((o) => (o.code === 'dns.no_answers' ? { ...o, code: 'dns.lookup_failed' } : o))
}

/** Neither reading nor sending is set up: then nothing that passed says anything about the mailbox. */
const noServer: Rule = (seen, results) => {
  const unset = results.filter((result) => result.facts['noServer'] === true)
  if (unset.length === 0) return seen
  return [
    ...seen,
    { code: 'settings.no_server', status: 'fail', facts: {}, resultIds: unset.map((r) => r.resultId) },
  ]
}

/** Applied in this order. */
export const rules: readonly Rule[] = [noServer, silentZone, wrongName, offline, blockedPort, clock, portal]
