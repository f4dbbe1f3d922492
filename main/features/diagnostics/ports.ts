import type { Mailbox, MailServer, NetworkProfile, SignInMethod } from '../../../core/accounts/types.ts'
import type { FindingCode } from '../../../core/diagnostics/findings.ts'
import type { ImapStatus, ImapToken } from '../../../core/diagnostics/imap-reply.ts'
import type { TlsFacts, TlsVerdict } from '../../../core/diagnostics/judge-tls.ts'
import type { SmtpReply } from '../../../core/diagnostics/smtp-reply.ts'
import type { Facts } from '../../../core/diagnostics/types.ts'
import type { Secret } from '../../lib/secret.ts'

/** The protocol that a rung belongs to. */
export type Service = 'imap' | 'smtp'

/** Opens a mailbox with its secret; the accounts feature supplies it. */
export interface MailboxAccess {
  /** Errors: `record.not_found`, `secret.missing`. */
  open(mailboxId: string): Promise<{ readonly mailbox: Mailbox; readonly secret: Secret }>
  /** Without the secret. Errors: `record.not_found`. */
  get(mailboxId: string): Promise<Mailbox>
}

/** Links a run to the ticket that it was started for; the tickets feature supplies it. */
export type EvidenceLink = (
  ticketId: string,
  evidence: { readonly kind: 'diagnostic_run'; readonly id: string; readonly summary: string },
) => Promise<void>

/** How DNS answered. `failed` is an answer about this name (SERVFAIL); `no_answer` is silence, or REFUSED. */
export type DnsAnswer<R> =
  | { readonly kind: 'records'; readonly records: readonly R[] }
  | { readonly kind: 'no_such_name' }
  | { readonly kind: 'no_records' }
  | { readonly kind: 'failed'; readonly text: string }
  | { readonly kind: 'no_answer'; readonly text: string }

export interface HostAddress {
  readonly address: string
  readonly family: 4 | 6
}

/** DNS as the mailbox's network sees it. */
export interface DnsPort {
  /** The name servers that are asked. */
  readonly servers: readonly string[]
  addresses(host: string, signal: AbortSignal): Promise<DnsAnswer<HostAddress>>
  mx(
    domain: string,
    signal: AbortSignal,
  ): Promise<DnsAnswer<{ readonly host: string; readonly priority: number }>>
  srv(
    name: string,
    signal: AbortSignal,
  ): Promise<DnsAnswer<{ readonly host: string; readonly port: number; readonly priority: number }>>
  alias(host: string, signal: AbortSignal): Promise<DnsAnswer<string>>
}

/** How a connection attempt ended. */
export interface TcpOutcome {
  readonly kind: 'connected' | 'refused' | 'timed_out' | 'reset' | 'unreachable'
  /** The system's own word (`ECONNREFUSED`). */
  readonly text: string
  readonly elapsedMs: number
}

/** How a web request ended. */
export type HttpOutcome =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly location: string | null
      /** The server's `Date` header. */
      readonly dateMs: number | null
      /** At most 64 KiB. */
      readonly body: string
      readonly elapsedMs: number
    }
  | { readonly kind: 'no_answer'; readonly text: string }

/** Where a dialogue is written down. Secrets are never given to it. */
export interface TranscriptPort {
  note(text: string): void
  client(text: string): void
  server(text: string): void
}

/** One address of a server, and how to speak to it. */
export interface WireTarget {
  readonly server: MailServer
  readonly address: string
  readonly network: NetworkProfile
  readonly nowMs: number
  readonly limits: WireLimits
}

/** How long one step may take. */
export interface WireLimits {
  readonly connectMs: number
  readonly replyMs: number
}

/** Why a conversation cannot go on, already as a finding. */
export interface Problem {
  readonly code: FindingCode
  readonly evidence: string
  readonly facts: Facts
}

/** How far a connection came. `session` is open and must be closed by whoever takes it. */
export interface Opening<S> {
  readonly session: S | null
  readonly tls: { readonly facts: TlsFacts; readonly verdict: TlsVerdict } | null
  readonly problem: Problem | null
  /** Whether the problem came before or with encryption, or after it. */
  readonly stage: 'before_tls' | 'after_tls'
}

export interface Credentials {
  readonly username: string
  readonly signIn: SignInMethod
  readonly secret: Secret
}

/** The end of a command with everything that was said in between, without its star. */
export interface ImapReply extends ImapStatus {
  readonly untagged: readonly (readonly ImapToken[])[]
  /** What had to be shown to the user ([ALERT], RFC 9051 section 7.1). */
  readonly alerts: readonly string[]
}

/** Ends the way every step can: with a value, or with the reason why the conversation is over. */
export type Step<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

/** An IMAP connection after the greeting (and STARTTLS). Commands run one at a time; steps never reject. */
export interface ImapSession {
  readonly greeting: ImapStatus
  /** In capitals, as announced last. */
  capabilities(): readonly string[]
  signIn(
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<Step<{ readonly mechanism: string; readonly reply: ImapReply }>>
  command(line: string, signal: AbortSignal): Promise<Step<ImapReply>>
  append(folder: string, message: string, signal: AbortSignal): Promise<Step<ImapReply>>
  /** Starts IDLE, waits for the server's consent, ends it. */
  idle(signal: AbortSignal): Promise<Step<ImapReply>>
  close(): Promise<void>
}

/** An SMTP connection after EHLO (and STARTTLS). Steps never reject. */
export interface SmtpSession {
  readonly banner: SmtpReply
  extensions(): ReadonlyMap<string, readonly string[]>
  signIn(
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<Step<{ readonly mechanism: string; readonly reply: SmtpReply }>>
  command(line: string, signal: AbortSignal): Promise<Step<SmtpReply>>
  close(): Promise<void>
}

/** A message to hand over, as `main/protocols/smtp/send.ts` takes it. */
export interface Submission extends Credentials {
  readonly server: MailServer
  readonly network: NetworkProfile
  readonly envelope: { readonly from: string; readonly to: readonly string[] }
  readonly raw: string
  readonly signal: AbortSignal
}

/** Everything that the probes do to the outside. */
export interface DiagnosticsPorts {
  dns(network: NetworkProfile): DnsPort
  connect(address: string, port: number, limits: WireLimits, signal: AbortSignal): Promise<TcpOutcome>
  openImap(target: WireTarget, transcript: TranscriptPort, signal: AbortSignal): Promise<Opening<ImapSession>>
  openSmtp(target: WireTarget, transcript: TranscriptPort, signal: AbortSignal): Promise<Opening<SmtpSession>>
  /** The server's last answer; what it refuses is a step that ended. */
  send(submission: Submission): Promise<Step<string>>
  get(url: string, network: NetworkProfile, timeoutMs: number, signal: AbortSignal): Promise<HttpOutcome>
  /** Proxies that this computer is told to use for the web, without their passwords. */
  proxies(): readonly string[]
  /** Whether this computer has an address of a family that reaches beyond itself. */
  hasFamily(family: 4 | 6): boolean
}

/**
 * Places on the internet that are known to work, by which the network is told from the mail system. All may be
 * empty; then the probes that need them say so and end unknown.
 */
export interface ControlTargets {
  /** Names that always exist. */
  readonly dnsNames: readonly string[]
  /** A page that always gives this status and this text, over plain HTTP. */
  readonly pages: readonly { readonly url: string; readonly status: number; readonly contains: string }[]
  /** Hosts that are known to listen at these ports. */
  readonly listeners: readonly { readonly host: string; readonly ports: readonly number[] }[]
}
