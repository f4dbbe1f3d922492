import type { Secret } from '../../lib/secret.ts'

/** A place that keeps secrets by reference, such as `mailbox:<mailboxId>`. */
export interface SecretStore {
  get(ref: string): Promise<Secret | null>
  set(ref: string, secret: Secret): Promise<void>
  /** Deleting what is not there is no error. */
  delete(ref: string): Promise<void>
}

/** The operating system's keychain: Keychain on macOS, Credential Manager on Windows, Secret Service on Linux. */
export interface Keychain extends SecretStore {
  /** Writes, reads and deletes a test entry. Null when that works, else why it does not, in one sentence. */
  findProblem(): Promise<string | null>
}
