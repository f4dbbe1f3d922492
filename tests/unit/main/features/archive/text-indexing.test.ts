import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockArchive } from '../../../../../main/features/archive/store/lock.ts'
import { fillArchive, makeArchive } from '../../../../helpers/archive.ts'
import { makeMessage } from '../../../../helpers/messages.ts'
import { createTestDesk } from '../../../../helpers/test-desk.ts'
import type { TestDesk } from '../../../../helpers/test-desk.ts'

const messages = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => makeMessage(from + n))

describe('making text searchable', { timeout: 120_000 }, () => {
  let folder: string
  let root: string
  let desk: TestDesk
  let archiveId: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'indexing-test-'))
    root = makeArchive(folder)
    await fillArchive(root, 'INBOX', messages(0, 30))
    desk = await createTestDesk()
    archiveId = (await desk.call('archive.open', { path: root })).archiveId
  })
  afterEach(async () => {
    await desk.dispose()
    rmSync(folder, { recursive: true, force: true })
  })
  /** What the search says of itself at first, and when nothing runs any more; each change is waited for. */
  const settled = async () => {
    let changed = Promise.withResolvers<void>()
    const stop = desk.desk.subscribe((name) => {
      if (name === 'archive.changed') changed.resolve()
    })
    const first = await desk.call('archive.textCoverage', { archiveId })
    let then = first
    while (then.running) {
      await changed.promise
      changed = Promise.withResolvers<void>()
      then = await desk.call('archive.textCoverage', { archiveId })
    }
    stop()
    return { first, then }
  }

  it('begins by itself when somebody looks, and says how far it is', async () => {
    const { first, then } = await settled()
    const { text } = await desk.call('archive.search', { archiveId, text: 'harbour' })
    expect([first, then, text]).toEqual([
      { indexed: 0, total: 30, running: true, problem: null },
      { indexed: 30, total: 30, running: false, problem: null },
      { indexed: 30, total: 30, running: false, problem: null },
    ])
  })

  it('goes on with what came since, and can be waited for', async () => {
    await desk.searchable(archiveId)
    await fillArchive(root, 'Later', messages(100, 5))
    const between = await desk.call('archive.textCoverage', { archiveId })
    const { runId } = await desk.call('archive.indexText', { archiveId })
    const { outcome } = await desk.finished(runId)
    expect([between.indexed, between.total, outcome]).toEqual([
      30,
      35,
      'The text of 35 messages is searchable.',
    ])
  })

  it('is left to the program that does it already', async () => {
    const lock = lockArchive(join(root, 'text.lock'))
    const { then } = await settled()
    const { runId } = await desk.call('archive.indexText', { archiveId })
    const refused = await desk.finished(runId)
    lock.release()
    expect([then, refused.state]).toEqual([
      { indexed: 0, total: 30, running: false, problem: null },
      'failed',
    ])
  })

  it('ends when the archive is taken off the list or the desk is closed', async () => {
    await desk.call('archive.textCoverage', { archiveId })
    await desk.call('archive.forget', { archiveId })
    const lock = lockArchive(join(root, 'text.lock'))
    lock.release()
    await expect(desk.call('archive.textCoverage', { archiveId })).rejects.toMatchObject({
      code: 'record.not_found',
    })
  })
})
