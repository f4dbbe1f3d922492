/**
 * Every failure the program knows, by area. Expected outcomes of the domain (a login that is refused) are
 * return values, not errors. To add one: add the code here and its sentence in `error-text.ts`.
 */
export type AppErrorCode =
  // the contract
  | 'contract.unknown_endpoint'
  | 'contract.invalid_input'
  | 'contract.untrusted_sender'
  | 'contract.cancelled'
  | 'contract.disconnected'
  // the database on this workstation
  | 'db.schema_newer'
  | 'db.migration_failed'
  | 'db.disk_full'
  | 'db.busy'
  | 'db.damaged'
  | 'db.read_only'
  // things that are asked for by id
  | 'record.not_found'
  | 'record.conflict'
  // secrets
  | 'secret.store_unavailable'
  | 'secret.vault_locked'
  | 'secret.vault_wrong_passphrase'
  | 'secret.vault_damaged'
  | 'secret.vault_newer'
  | 'secret.missing'
  | 'secret.signing_key_lost'
  // network, TLS, DNS
  | 'network.refused'
  | 'network.timed_out'
  | 'network.reset'
  | 'network.unreachable'
  | 'tls.untrusted'
  | 'tls.name_mismatch'
  | 'tls.expired'
  | 'tls.failed'
  | 'dns.no_answer'
  | 'dns.not_found'
  // mail servers
  | 'auth.refused'
  | 'imap.throttled'
  | 'imap.unavailable'
  | 'imap.protocol'
  | 'imap.refused'
  | 'imap.folder_missing'
  | 'imap.renumbered'
  | 'smtp.refused'
  | 'smtp.unavailable'
  // the archive
  | 'archive.damaged'
  | 'archive.newer'
  | 'archive.busy'
  | 'archive.index_missing'
  | 'archive.read_only'
  | 'archive.not_an_archive'
  | 'archive.key_missing'
  | 'archive.keys_damaged'
  | 'archive.recovery_key_mistyped'
  | 'archive.recovery_key_wrong'
  | 'archive.not_encrypted'
  | 'archive.copy_elsewhere'
  | 'archive.copy_diverged'
  | 'archive.is_copy'
  | 'archive.changed_since'
  | 'archive.bad_query'
  | 'bundle.damaged'
  | 'bundle.locked'
  | 'bundle.wrong_secret'
  // restore and drills
  | 'restore.not_undoable'
  | 'restore.nothing_to_try'
  | 'restore.folder_refused'
  // files on this workstation
  | 'file.not_found'
  | 'file.not_readable'
  | 'file.not_writable'
  | 'file.too_large'
  | 'file.disk_full'
  // the program itself
  | 'usage.invalid'
  | 'practice.not_running'
  | 'internal'

/** Small cloneable facts that a sentence may name: a host, a port, a path. Never a secret. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** The one class of failure. `retryable` says whether the same call may succeed later without a change. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: AppErrorCode
  readonly details: ErrorDetails
  readonly retryable: boolean

  constructor(
    code: AppErrorCode,
    options: { details?: ErrorDetails; cause?: unknown; retryable?: boolean } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
    this.retryable = options.retryable ?? false
  }
}

/** Ends a switch over a union: the compiler refuses it while a member is not handled. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled member: ${JSON.stringify(value)}`)
}
