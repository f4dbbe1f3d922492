import type { DiscoveryProposal, DiscoverySource, ProposalReason } from './discovery.ts'
import type { MailServer } from './types.ts'

/**
 * A proposal before it is ranked. `authentic`: nobody on the way can have put these servers there. They came
 * over https, or they are names of the domain itself, for which a certificate vouches when they are met.
 */
export type Candidate = Omit<DiscoveryProposal, 'proposalId' | 'reasons'> & { readonly authentic: boolean }

/** Sources in the order in which they are trusted; `discovery.ts` says what they are. */
const bySource: readonly DiscoverySource[] = ['autoconfig', 'srv', 'autodiscover', 'mx', 'guess']

/**
 * Best first: what answers before what does not, protected before unprotected, then by source (what came
 * over https before what anybody on the way could have changed), then TLS from the first byte before STARTTLS.
 * Candidates with the same settings become one, at the place of the best. Pure.
 */
export function rankProposals(candidates: readonly Candidate[]): readonly DiscoveryProposal[] {
  const sorted = candidates
    .map((candidate, order) => ({ candidate, rank: [...rankOf(candidate), order] }))
    .toSorted((a, b) => compare(a.rank, b.rank))
    .map(({ candidate }) => candidate)
  const groups = Map.groupBy(sorted, settingsKey)
  return [...groups].flatMap(([key, [best, ...others]]) =>
    best === undefined ? [] : [toProposal(key, best, others)],
  )
}

/** The settings themselves as text: the same for the same servers, user name and sign-in. */
export function settingsKey({ imap, smtp, username, signIn }: Candidate): string {
  return [serverKey(imap), smtp === null ? 'none' : serverKey(smtp), username, signIn].join(' ')
}

/** A server as text, for comparing. */
export function serverKey({ host, port, security }: MailServer): string {
  return `${host.toLowerCase()}:${port}/${security}`
}

function toProposal(key: string, best: Candidate, others: readonly Candidate[]): DiscoveryProposal {
  const { source, from, provider, imap, smtp, username, signIn, imapCheck, smtpCheck } = best
  const agreed = others.some((other) => other.source !== best.source)
  return {
    ...{ proposalId: key, source, from, provider, imap, smtp, username, signIn, imapCheck, smtpCheck },
    reasons: [...reasonsOf(best), ...(agreed ? (['agrees_with_others'] as const) : [])],
  }
}

function rankOf(candidate: Candidate): readonly number[] {
  return [
    answerRank(candidate),
    isEncrypted(candidate) ? 0 : 1,
    candidate.source === 'guess' || candidate.authentic ? 0 : 1,
    bySource.indexOf(candidate.source),
    candidate.imap.security === 'tls' ? 0 : 1,
    candidate.smtp?.security === 'tls' ? 0 : 1,
  ]
}

function answerRank({ imapCheck, smtpCheck, smtp }: Candidate): number {
  if (imapCheck.state === 'failed') return 4
  if (imapCheck.state === 'untrusted') return 3
  if (imapCheck.state === 'unchecked') return 2
  return smtp !== null && smtpCheck.state === 'answered' ? 0 : 1
}

function isEncrypted({ imap, smtp }: Candidate): boolean {
  return imap.security !== 'none' && smtp?.security !== 'none'
}

function reasonsOf(candidate: Candidate): readonly ProposalReason[] {
  const { imapCheck, smtpCheck, smtp } = candidate
  const states = [imapCheck.state, ...(smtp === null ? [] : [smtpCheck.state])]
  return [
    originReason(candidate),
    ...(imapCheck.state === 'answered'
      ? [
          smtp !== null && smtpCheck.state === 'answered'
            ? ('both_answer' as const)
            : ('imap_answers' as const),
        ]
      : []),
    ...(states.includes('failed') ? (['no_answer'] as const) : []),
    ...(states.includes('untrusted') ? (['untrusted_certificate'] as const) : []),
    ...(isEncrypted(candidate) ? [] : (['unencrypted'] as const)),
    ...(smtp === null ? (['no_submission'] as const) : []),
  ]
}

function originReason({ source, authentic }: Candidate): ProposalReason {
  if (source === 'guess') return 'guessed'
  if (source === 'mx' && authentic) return 'known_provider'
  return authentic ? 'published_by_domain' : 'published_unprotected'
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
