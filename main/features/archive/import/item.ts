/** A message on its way into the archive. */
export interface ImportItem {
  /** With `/` between its parts. */
  readonly folder: string
  readonly flags: readonly string[]
  /** Gmail's labels; null where there are none. */
  readonly labels: readonly string[] | null
  readonly internalDateMs: number | null
  /** Where it was found, for whoever has to look it up. */
  readonly origin: string
  /** The message; a large one in pieces, to be read to their end before the next item is asked for. */
  readonly content: Uint8Array | AsyncIterable<Uint8Array>
  /** The place that it had in another archive, which it keeps. */
  readonly place: {
    readonly source: string
    readonly uidValidity: string
    readonly uid: number
    readonly archivedAtMs: number
  } | null
}

/** What an importer tells beside the messages. */
export interface ImportListener {
  /** A message that could not be had, and why. */
  failed(origin: string, reason: string): void
  /** A message that was imported, but about which something has to be known. */
  noted(origin: string, note: string): void
  /** A file that holds no mail. */
  ignored(path: string): void
  /** How much of the sources was read, bytes. */
  read(bytes: number): void
}
