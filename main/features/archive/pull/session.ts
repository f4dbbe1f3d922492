import { AppError } from '../../../../core/errors.ts'
import type { MailSource, OpenSourceFolder } from '../ports.ts'
import { asksToWait } from './patience.ts'
import type { Patience, PullClock } from './patience.ts'

/** A connection that is made anew when it broke. */
export interface SourceSession {
  /** Asks the source; a connection that broke is made anew and the question asked once more. */
  ask<T>(question: (source: MailSource) => Promise<T>): Promise<T>
  /** A folder, opened; the same one again without asking the server while the connection lives. */
  folder(path: string): Promise<OpenSourceFolder>
  /** Asks an open folder; like `ask`, once more on a new connection when this one broke. */
  askFolder<T>(path: string, question: (folder: OpenSourceFolder) => Promise<T>): Promise<T>
  /** Forgets a connection: it failed, or it is not needed any more. */
  drop(): Promise<void>
  /** Why no connection could be made, when that is why the last question failed; else null. */
  notConnected(): AppError | null
}

/** What a session is made of. */
export interface SessionDeps {
  /** Rejects with an `AppError`; only a retryable one is tried again. */
  readonly connect: () => Promise<MailSource>
  readonly clock: PullClock
  readonly signal: AbortSignal
  readonly patience: Patience
  /** Waits before each attempt to connect. */
  readonly pausesMs: readonly number[]
}

/** About half a minute, for a server that restarts. */
export const patientPausesMs: readonly number[] = [0, 1_000, 2_000, 4_000, 8_000, 16_000]

/** Whether a failure is the source's (network, server) rather than this computer's. */
export function isSourceFailure(error: unknown): error is AppError {
  return error instanceof AppError && /^(network|imap|tls|dns|auth)\./.test(error.code)
}

/** Keeps one connection, made when it is first needed. */
export function createSourceSession(deps: SessionDeps): SourceSession {
  let current: MailSource | null = null
  let opened: { readonly path: string; readonly folder: OpenSourceFolder } | null = null
  let refused: AppError | null = null

  const source = async (): Promise<MailSource> => {
    if (current !== null) return current
    refused = null
    try {
      return (current = await connectPatiently(deps))
    } catch (error) {
      if (isSourceFailure(error)) refused = error
      throw error
    }
  }
  const drop = async () => {
    const broken = current
    current = null
    opened = null
    await broken?.close()
  }
  // A server may ask for patience as often as it likes; a broken connection is made anew once a question.
  const persist = async <T>(attempt: () => Promise<T>): Promise<T> => {
    for (let broken = false; ;) {
      await deps.patience.ready()
      try {
        return await attempt()
      } catch (error) {
        if (refused !== null || !isSourceFailure(error)) throw error
        if (asksToWait(error)) deps.patience.slowDown(error)
        else if (broken || !error.retryable) throw error
        else broken = true
        await drop()
      }
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
    drop,
    ask: (question) => persist(async () => question(await source())),
    folder: (path) => persist(() => open(path)),
    askFolder: (path, question) => persist(async () => question(await open(path))),
    notConnected: () => refused,
  }
}

async function connectPatiently(deps: SessionDeps): Promise<MailSource> {
  const { connect, clock, signal, patience, pausesMs } = deps
  for (let attempt = 0; ;) {
    const pauseMs = pausesMs[attempt] ?? 0
    if (pauseMs > 0) await clock.sleep(pauseMs, signal)
    await patience.ready()
    try {
      return await connect()
    } catch (error) {
      if (pausesMs.length > 1 && isSourceFailure(error) && (asksToWait(error) || isAway(error))) {
        patience.slowDown(error)
        continue
      }
      const passes = (error instanceof AppError && error.retryable) || isRefused(error)
      attempt++
      if (!passes || attempt >= pausesMs.length) throw error
    }
  }
}

/** RFC 5530 [UNAVAILABLE] at sign-in: some part of the server is down, and nobody was refused. */
function isAway(error: AppError): boolean {
  return error.code === 'imap.unavailable'
}

/** A server that restarts refuses for a moment; while a pull runs that is worth waiting for. */
function isRefused(error: unknown): boolean {
  return error instanceof AppError && error.code === 'network.refused'
}
