import { z } from 'zod'
import { mailServer, networkProfile, signInMethod } from './types.ts'

/**
 * Where settings can come from, in the order in which they are trusted: the provider's own autoconfig file,
 * RFC 6186 / RFC 8314 SRV records, Autodiscover, the known provider that the MX records name, a guess.
 */
export const discoverySource = z.enum(['autoconfig', 'srv', 'autodiscover', 'mx', 'guess'])
export type DiscoverySource = z.infer<typeof discoverySource>

/** One question of a discovery and what came back, as it is shown to the person who waits for it. */
export const discoveryAttempt = z.strictObject({
  attemptId: z.string(),
  source: discoverySource,
  /** What was asked, in the words of the protocol: a URL, `SRV _imaps._tcp.example.org`, `imap.example.org:993`. */
  asked: z.string(),
  /** Whether an attacker on the way could not have changed the answer: https and TLS with a valid certificate. */
  authentic: z.boolean(),
  outcome: z.enum(['asking', 'found', 'nothing', 'failed', 'cancelled']),
  /** What came back, in one sentence; empty while it is being asked. */
  answer: z.string(),
  /** Null while it is being asked. */
  durationMs: z.number().nullable(),
})
export type DiscoveryAttempt = z.infer<typeof discoveryAttempt>

/** Whether a proposed server was really met: it greeted as its protocol says, with a certificate for its name. */
export const serverCheck = z.strictObject({
  state: z.enum(['answered', 'untrusted', 'failed', 'unchecked']),
  /** The greeting, or what went wrong, in one sentence. */
  answer: z.string(),
})
export type ServerCheck = z.infer<typeof serverCheck>

/** Why a proposal stands where it stands; the words are in `discovery-text.ts`. */
export const proposalReason = z.enum([
  'published_by_domain',
  'published_unprotected',
  'known_provider',
  'guessed',
  'both_answer',
  'imap_answers',
  'no_answer',
  'untrusted_certificate',
  'unencrypted',
  'no_submission',
  'agrees_with_others',
])
export type ProposalReason = z.infer<typeof proposalReason>

/** Settings that were found for an address. The list of proposals is ranked, best first. */
export const discoveryProposal = z.strictObject({
  proposalId: z.string(),
  source: discoverySource,
  /** The attempt that brought it: `asked` of that attempt. */
  from: z.string(),
  /** The provider's own name for itself, if it gave one. */
  provider: z.string().nullable(),
  imap: mailServer,
  smtp: mailServer.nullable(),
  username: z.string(),
  signIn: signInMethod,
  imapCheck: serverCheck,
  smtpCheck: serverCheck,
  reasons: z.array(proposalReason),
})
export type DiscoveryProposal = z.infer<typeof discoveryProposal>

/** A discovery as far as it is. Kept in memory only: it is a conversation, not a record. */
export const discovery = z.strictObject({
  runId: z.string(),
  email: z.string(),
  /** The network by which the questions were asked. */
  network: networkProfile,
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  attempts: z.array(discoveryAttempt),
  proposals: z.array(discoveryProposal),
})
export type Discovery = z.infer<typeof discovery>
