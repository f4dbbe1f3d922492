import type { Finding, ProbeResult, Run, VerdictStatus } from './types.ts'

/** The word for a verdict; always beside its sign, so that neither colour nor shape stands alone. */
export const statusWords: Readonly<Record<VerdictStatus, string>> = {
  fail: 'FAIL',
  warning: 'WARN',
  unknown: '????',
  pass: 'ok',
  not_applicable: '-',
}

/** Who must act, in plain words. */
export const actorWords = {
  device: 'the user’s device (its settings)',
  network: 'whoever runs the network',
  server: 'whoever runs the mail server',
  account: 'the user or the administrator of the account',
  sender: 'the sender',
  domain_owner: 'the owner of the domain',
} as const

/** One result on one line. */
export function lineOf(result: ProbeResult): string {
  const target = result.target === null ? '' : ` ${result.target}`
  const time = result.durationMs > 0 ? ` (${result.durationMs} ms)` : ''
  return `${statusWords[result.status].padEnd(4)}  ${result.title}${target}: ${result.evidence}${time}`
}

/** A finding on three lines. */
export function findingText(finding: Finding): string {
  const who = finding.actor === null ? 'nobody' : actorWords[finding.actor]
  return [
    `${finding.title}.`,
    finding.detail,
    `Who must act: ${who}.`,
    `Next step: ${finding.nextStep}`,
  ].join('\n')
}

/** The whole run as plain text for a provider. It has no secrets, because a run has none. */
export function reportOf(run: Run): string {
  const { subject } = run
  const server = (name: string, s: Run['subject']['imap']) =>
    s === null ? [] : [`${name}: ${s.host} port ${s.port} (${s.security})`]
  const ended = run.endedAtMs === null ? 'not ended' : new Date(run.endedAtMs).toISOString()
  return [
    `Mail diagnosis of ${run.address}`,
    `Started ${new Date(run.startedAtMs).toISOString()}, ended ${ended}, state ${run.state}`,
    ...server('IMAP', subject.imap),
    ...server('SMTP', subject.smtp),
    `User name: ${subject.username}; sign-in: ${subject.signIn === 'password' ? 'password' : 'OAuth 2 token'}`,
    '',
    ...(run.finding === null ? ['No finding: the run did not come to its end.'] : [findingText(run.finding)]),
    ...run.otherFindings.flatMap((other) => ['', `Also: ${findingText(other)}`]),
    '',
    'Everything that was looked at:',
    ...run.results.map(lineOf),
    '',
  ].join('\n')
}
