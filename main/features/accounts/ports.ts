import type { DiscoveryProposal, ServerCheck } from '../../../core/accounts/discovery.ts'
import type { SignInCheck } from '../../../core/accounts/sign-in-check.ts'
import type { MailServer, NetworkProfile, SignInMethod } from '../../../core/accounts/types.ts'
import type { Secret } from '../../lib/secret.ts'

/** Settings as a source gives them, before anyone has looked whether they work. */
export type FoundSettings = Pick<DiscoveryProposal, 'provider' | 'imap' | 'smtp' | 'username' | 'signIn'>

/** What came of asking a source; `answer` is one sentence for the person who waits. */
export interface SourceAnswer {
  readonly outcome: 'found' | 'nothing' | 'failed'
  readonly answer: string
  /** Best first; empty unless found. */
  readonly settings: readonly FoundSettings[]
}

/** DNS answered with these records; or it did not, and `answer` says how. */
export type RecordsAnswer<R> =
  | { readonly outcome: 'found'; readonly records: readonly R[]; readonly answer: string }
  | { readonly outcome: 'nothing' | 'failed'; readonly records: readonly []; readonly answer: string }

/** A host that a record names, lowest priority number first. Port 0 where the record has none. */
export interface NamedHost {
  readonly host: string
  readonly port: number
}

/** Whom a discovery asks. Nothing here rejects but an abort, and nothing here is ever given a secret. */
export interface DiscoveryPorts {
  /** A configuration file of Thunderbird's format, by GET. */
  readAutoconfig(
    url: string,
    email: string,
    network: NetworkProfile,
    signal: AbortSignal,
  ): Promise<SourceAnswer>
  /** Autodiscover's POX answer, by POST without a password. */
  readAutodiscover(
    url: string,
    email: string,
    network: NetworkProfile,
    signal: AbortSignal,
  ): Promise<SourceAnswer>
  srv(name: string, network: NetworkProfile, signal: AbortSignal): Promise<RecordsAnswer<NamedHost>>
  mx(domain: string, network: NetworkProfile, signal: AbortSignal): Promise<RecordsAnswer<NamedHost>>
  /** Connects and waits for the greeting, with TLS as the server setting says; signs in nowhere. */
  meet(
    protocol: 'imap' | 'smtp',
    server: MailServer,
    network: NetworkProfile,
    signal: AbortSignal,
  ): Promise<ServerCheck>
  /** The domain under which a host was registered (`mx1.mail.example.co.uk` → `example.co.uk`), or null. */
  registeredDomain(host: string): string | null
}

/** Who signs in where. */
export interface SignInAttempt {
  readonly server: MailServer
  readonly username: string
  readonly signIn: SignInMethod
  readonly secret: Secret
  readonly network: NetworkProfile
}

/** Tries a sign-in at an IMAP server and hangs up. Never rejects but for an abort. */
export type TrySignIn = (attempt: SignInAttempt, signal: AbortSignal) => Promise<SignInCheck>
