import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../../../../core/errors.ts'
import type { MailSource, OpenSourceFolder } from '../ports.ts'

/** A connection that is made anew when it broke. */
export interface SourceSession {
  /** The connection, made if there is none. Tries for about half a minute before it gives up. */
  source(): Promise<MailSource>
  /** Asks the source; a connection that broke is made anew and the question asked once more. */
  ask<T>(question: (source: MailSource) => Promise<T>): Promise<T>
  /** A folder, opened; the same one again without asking the server while the connection lives. */
  folder(path: string): Promise<OpenSourceFolder>
  /** Asks an open folder; like `ask`, once more on a new connection when this one broke. */
  askFolder<T>(path: string, question: (folder: OpenSourceFolder) => Promise<T>): Promise<T>
  /** Forgets a connection that failed. */
  drop(): Promise<void>
}

const waitsMs = [0, 1_000, 2_000, 4_000, 8_000, 16_000]

/** Whether a failure is the source's (network, server) rather than this computer's. */
export function isSourceFailure(error: unknown): error is AppError {
  return error instanceof AppError && /^(network|imap|tls|dns)\./.test(error.code)
}

/** Keeps one connection. `connect` rejects with an `AppError`; only a retryable one is tried again. */
export function createSourceSession(
  connect: () => Promise<MailSource>,
  signal: AbortSignal,
  pausesMs: readonly number[] = waitsMs,
): SourceSession {
  let current: MailSource | null = null
  let opened: { readonly path: string; readonly folder: OpenSourceFolder } | null = null

  const source = async (): Promise<MailSource> =>
    (current ??= await connectPatiently(connect, signal, pausesMs))
  const drop = async () => {
    const broken = current
    current = null
    opened = null
    await broken?.close()
  }
  const twice = async <T>(attempt: () => Promise<T>): Promise<T> => {
    try {
      return await attempt()
    } catch (error) {
      if (!isSourceFailure(error) || !error.retryable) throw error
      await drop()
      return attempt()
    }
  }
  const open = async (path: string): Promise<OpenSourceFolder> => {
    if (opened?.path === path) return opened.folder
    opened = null
    const folder = await (await source()).open(path)
    opened = { path, folder }
    return folder
  }
  return {
    source,
    drop,
    ask: (question) => twice(async () => question(await source())),
    folder: (path) => twice(() => open(path)),
    askFolder: (path, question) => twice(async () => question(await open(path))),
  }
}

async function connectPatiently(
  connect: () => Promise<MailSource>,
  signal: AbortSignal,
  pausesMs: readonly number[],
): Promise<MailSource> {
  let failure: unknown = null
  for (const pauseMs of pausesMs) {
    await wait(pauseMs, undefined, { signal })
    try {
      return await connect()
    } catch (error) {
      if (!(error instanceof AppError && error.retryable) && !isRefused(error)) throw error
      failure = error
    }
  }
  throw failure
}

/** A server that restarts refuses for a moment; while a pull runs that is worth waiting for. */
function isRefused(error: unknown): boolean {
  return error instanceof AppError && error.code === 'network.refused'
}
