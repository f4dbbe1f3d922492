import { delaysOf, hopsOf, parseHeaderFields, senderChecksOf } from '../../../../core/diagnostics/received.ts'
import type { HopDelay } from '../../../../core/diagnostics/received.ts'
import type { Sighting } from '../probe.ts'
import { has, isInbox } from './find-arrival.ts'
import type { Arrival } from './find-arrival.ts'

/** From here on people notice. */
const slowMs = 60_000

type Message = Extract<Arrival, { kind: 'message' }>

/** Where the message landed and how long each hop took. */
export function judgeArrival({ folder, header }: Message, sentAtMs: number): Sighting {
  const fields = parseHeaderFields(header)
  const hops = hopsOf(fields)
  // A hop's own clock counts: what waited before it reached the first server did not wait at a server.
  const first = hops.find(({ atMs }) => atMs !== null)?.atMs ?? sentAtMs
  const delays = delaysOf(hops, Math.min(first, sentAtMs))
  const totalMs = delays.reduce((total, { delayMs }) => total + Math.max(0, delayMs), 0)
  const slowest = delays.reduce<HopDelay | null>(
    (slow, hop) => (slow !== null && slow.delayMs >= hop.delayMs ? slow : hop),
    null,
  )
  const facts = {
    folder: folder.name,
    totalMs,
    total: inWords(totalMs),
    slowest: slowest === null ? null : `${inWords(slowest.delayMs)} before ${slowest.by}`,
    hops: delays.map(({ by, delayMs }) => `${by}: ${inWords(delayMs)}`),
    authentication: checksIn(header).text,
  }
  const evidence = `In ${folder.name} after ${facts.total}`
  const target = 'arrived'
  if (has(folder, 'junk') || /^(junk|spam)/i.test(folder.name))
    return { target, status: 'fail', evidence, code: 'roundtrip.in_junk', facts }
  if (!isInbox(folder))
    return { target, status: 'warning', evidence, code: 'roundtrip.in_other_folder', facts }
  if (totalMs > slowMs) return { target, status: 'warning', evidence, code: 'roundtrip.delayed', facts }
  return { target, status: 'pass', evidence, facts }
}

/** What the receiving server found out about the sender. */
export function judgeChecks({ header }: Message): Sighting {
  const { checks, text } = checksIn(header)
  const target = 'authenticated'
  if (checks === null)
    return { target, status: 'not_applicable', evidence: 'The receiving server reports no sender checks' }
  const failed = ['spf', 'dkim', 'dmarc'].filter((method) =>
    /^(fail|softfail|permerror)$/.test(checks[method] ?? ''),
  )
  const facts = { authentication: text, failed: failed.map((method) => method.toUpperCase()) }
  if (failed.length > 0)
    return { target, status: 'warning', evidence: text, code: 'roundtrip.authentication_failed', facts }
  return { target, status: 'pass', evidence: text, facts }
}

function checksIn(header: string) {
  const checks = senderChecksOf(parseHeaderFields(header))
  const text =
    checks === null
      ? 'it reports none'
      : Object.entries(checks)
          .map(([method, verdict]) => `${method}=${verdict}`)
          .join(', ')
  return { checks, text: text || 'none' }
}

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return Math.abs(seconds) < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
