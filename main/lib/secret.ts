import { inspect } from 'node:util'

/**
 * A password or token. It shows as `[redacted]` wherever text is made of it, so no log, error, transcript or
 * JSON can carry it by accident. `open()` is called in protocols, providers and the secret store only.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The secret itself. Keep it in a local variable, for one call. */
  open(): string {
    return this.#value
  }

  toString(): string {
    return '[redacted]'
  }

  toJSON(): string {
    return '[redacted]'
  }

  [inspect.custom](): string {
    return '[redacted]'
  }
}
