import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EndpointName, InputOf, OutputOf } from '../../core/contract/index.ts'
import { AppError } from '../../core/errors.ts'
import type { Job } from '../../core/jobs/contract.ts'
import { createInlineDbClient } from '../../db/inline-client.ts'
import { composeDesk } from '../../main/compose.ts'
import type { Desk, DeskOptions } from '../../main/compose.ts'
import { silentLogger } from '../../main/lib/logger.ts'
import { memoryKeychain } from './keychains.ts'

/** A whole desk in the test's own process, in a folder of its own that goes when it is disposed. */
export interface TestDesk extends AsyncDisposable {
  readonly desk: Desk
  readonly dataDir: string
  /** Calls an endpoint; throws its refusal as AppError. */
  call<N extends EndpointName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>
  /** Waits until a run has ended, by its events. */
  finished(runId: string): Promise<Job>
  /** Waits until the text of an archive is searchable. */
  searchable(archiveId: string): Promise<void>
  dispose(): Promise<void>
}

/** Composes the real desk with an in-line database; `options` replaces parts of it. */
export async function createTestDesk(options: Partial<DeskOptions> = {}): Promise<TestDesk> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'desk-test-')))
  const db = options.db ?? createInlineDbClient(join(dataDir, 'desk.sqlite'))
  const desk = await composeDesk({
    version: '0.0.0-test',
    role: 'host',
    logger: silentLogger,
    keychain: memoryKeychain(),
    ...options,
    dataDir,
    db,
  })
  const context = { signal: new AbortController().signal, face: 'test' } as const
  const call: TestDesk['call'] = async (name, input) => {
    const envelope = await desk.call(name, input, context)
    if (!envelope.ok) throw new AppError(envelope.error.code, envelope.error)
    return envelope.value as never
  }
  const finished = async (runId: string): Promise<Job> => {
    const ended = Promise.withResolvers<void>()
    const stop = desk.subscribe((name, payload) => {
      const event = payload as { runId?: string; state?: string }
      if (
        name === 'jobs.changed' &&
        event.runId === runId &&
        event.state !== 'running' &&
        event.state !== 'paused'
      )
        ended.resolve()
    })
    try {
      const now = await call('jobs.get', { runId })
      if (now.state === 'running' || now.state === 'paused') await ended.promise
      return await call('jobs.get', { runId })
    } finally {
      stop()
    }
  }
  const searchable = async (archiveId: string): Promise<void> => {
    const { runId } = await call('archive.indexText', { archiveId })
    const { state, outcome } = await finished(runId)
    if (state !== 'done') throw new Error(outcome ?? state)
  }
  const dispose = async () => {
    await desk.dispose()
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
  }
  return { desk, dataDir, call, finished, searchable, dispose, [Symbol.asyncDispose]: dispose }
}
