import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../../../../core/errors.ts'
import { openLedger } from '../../../../../../main/features/archive/store/ledger.ts'
import { fillArchive } from '../../../../../helpers/archive.ts'
import { memoryKeychain } from '../../../../../helpers/keychains.ts'
import { makeMessage } from '../../../../../helpers/messages.ts'
import { createTestDesk } from '../../../../../helpers/test-desk.ts'
import type { TestDesk } from '../../../../../helpers/test-desk.ts'

// A desk with threads of its own, real files and real fsyncs.
describe('the folder that is left after an archive was encrypted', { timeout: 120_000 }, () => {
  let folder: string
  let desk: TestDesk
  let archiveId: string
  let plain: string
  const folders = async () => (await desk.call('archive.leftFolders', { archiveId })).folders
  const remove = async (path: string) =>
    desk.call('archive.deleteLeftFolder', { archiveId, path }).then(
      () => 'deleted',
      (error: unknown) => (error instanceof AppError ? error.code : error),
    )

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'left-test-'))
    desk = await createTestDesk({ keychain: memoryKeychain() })
    plain = join(folder, 'kept')
    archiveId = (await desk.call('archive.create', { name: 'Kept', path: plain, encryption: 'off' }))
      .archiveId
    await fillArchive(
      plain,
      'INBOX',
      Array.from({ length: 5 }, (_, n) => makeMessage(n)),
    )
    const { runId } = await desk.call('archive.encrypt', { archiveId })
    await desk.finished(runId)
  })
  afterEach(async () => {
    await desk.dispose()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is named, deleted when asked for, and entered into the history; the archive stays whole', async () => {
    const before = await folders()
    const answers = [await remove((await desk.call('archive.get', { archiveId })).path), await remove(plain)]
    const verified = await desk.finished((await desk.call('archive.verify', { archiveId })).runId)
    const { lines } = await desk.call('archive.ledger', { archiveId, limit: 1 })
    expect({
      before: before.map(({ path, isEncrypted, isContained, sizeBytes }) => [
        path === plain,
        isEncrypted,
        isContained,
        sizeBytes > 0,
      ]),
      answers,
      after: [await folders(), existsSync(plain), readdirSync(folder)],
      verified: verified.state,
      says: lines[0]?.says.includes(plain),
    }).toEqual({
      before: [[true, false, true, true]],
      answers: ['record.not_found', 'deleted'],
      after: [[], false, ['kept (encrypted)']],
      verified: 'done',
      says: true,
    })
  })

  it('is not deleted when something was added in it since', async () => {
    const ledger = openLedger(plain)
    ledger.append({ kind: 'keys', what: 'another desk was here', details: {} }, 1)
    ledger.close()
    const changed = [(await folders()).map(({ isContained }) => isContained), await remove(plain)]
    const there = existsSync(join(plain, 'packs'))

    expect([changed, there]).toEqual([[[false], 'archive.changed_since'], true])
  })

  it('is not deleted with mail that a program wrote and ended before it could enter it', async () => {
    appendFileSync(join(plain, 'packs', 'pack-000001.mbox.zst'), 'written last')
    const contained = (await folders()).map(({ isContained }) => isContained)
    expect([contained, await remove(plain), existsSync(join(plain, 'packs'))]).toEqual([
      [false],
      'archive.changed_since',
      true,
    ])
  })

  it('keeps files in it that somebody else put there', async () => {
    writeFileSync(join(plain, 'minutes.txt'), 'mine')
    expect([await remove(plain), readdirSync(plain), await folders()]).toEqual([
      'deleted',
      ['minutes.txt'],
      [],
    ])
  })
})
