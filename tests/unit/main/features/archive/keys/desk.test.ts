import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatRecoveryKey } from '../../../../../../core/archive/recovery-key.ts'
import type { ArchiveReport } from '../../../../../../core/archive/reports.ts'
import { AppError } from '../../../../../../core/errors.ts'
import { readKeyFiles } from '../../../../../../main/features/archive/keys/key-file.ts'
import { openDataKeys } from '../../../../../../main/features/archive/keys/key-set.ts'
import { dropAllKeys, holdKeys } from '../../../../../../main/features/archive/keys/ring.ts'
import type { Keychain } from '../../../../../../main/features/secrets/ports.ts'
import { hashWithPython, unpackWithZstd } from '../../../../../helpers/archive-contents.ts'
import { fillArchive } from '../../../../../helpers/archive.ts'
import { findPlaintext, listFiles } from '../../../../../helpers/encrypted-archive.ts'
import { memoryKeychain, missingKeychain } from '../../../../../helpers/keychains.ts'
import { sha256 } from '../../../../../helpers/maildir.ts'
import { makeMessage } from '../../../../../helpers/messages.ts'
import { createTestDesk } from '../../../../../helpers/test-desk.ts'
import type { TestDesk } from '../../../../../helpers/test-desk.ts'

const mail = Array.from({ length: 20 }, (_, n) => makeMessage(n))
const words = ['harbour', 'ben+', 'lab.test', 'b.example', 'load.bin', 'INBOX']
const hashes = mail.map((message) => sha256(message)).sort()

// A desk with threads of its own, real files and real fsyncs.
describe('a desk and its encrypted archive', { timeout: 180_000 }, () => {
  let keychain: Keychain
  let folder: string
  let desk: TestDesk
  let archiveId: string
  let root: string
  let recoveryKey: string
  const desks: TestDesk[] = []
  const another = async (chain: Keychain) => {
    const made = await createTestDesk({ keychain: chain })
    desks.push(made)
    return made
  }
  /** Puts mail into it as a pull would, with the key that the desk keeps. */
  const fill = async (where: string, messages = mail, path = 'INBOX') => {
    const [file] = readKeyFiles(where)
    const secret = await keychain.get(`archive:${archiveId}:${file!.archiveKey.keyId}`)
    holdKeys(where, openDataKeys(file!, Buffer.from(secret!.open(), 'base64')), null)
    await fillArchive(where, path, messages)
    dropAllKeys()
  }
  const reportOf = async (on: TestDesk, runId: string): Promise<ArchiveReport> => {
    const job = await on.finished(runId)
    expect([job.state, job.errorCode]).toEqual(['done', null])
    return (await on.call('archive.report', { runId })).report
  }
  const hashesOf = async (on: TestDesk) =>
    (await on.call('archive.messages', { archiveId, limit: 500 })).messages.map((one) => one.sha256).sort()

  beforeEach(async () => {
    keychain = memoryKeychain()
    folder = mkdtempSync(join(tmpdir(), 'keys-test-'))
    desk = await another(keychain)
    root = join(folder, 'kept')
    const made = await desk.call('archive.create', { name: 'Kept', path: root })
    archiveId = made.archiveId
    recoveryKey = made.recoveryKey ?? ''
    await fill(root)
  })
  afterEach(async () => {
    for (const one of desks.splice(0)) await one.dispose()
    rmSync(folder, { recursive: true, force: true })
  })

  it('makes it encrypted by itself, shows it, reads, verifies, and leaves no word in the clear', async () => {
    const summary = await desk.call('archive.get', { archiveId })
    const { runId } = await desk.call('archive.verify', { archiveId })
    const verified = await reportOf(desk, runId)
    const read = await hashesOf(desk)
    await desk.finished((await desk.call('archive.indexText', { archiveId })).runId)
    const { messages } = await desk.call('archive.search', { archiveId, text: 'harbour' })
    const during = findPlaintext(folder, words)
    await desk.dispose()
    expect({
      state: [summary.state, summary.encryption?.keyPlace, summary.encryption?.recovery?.notedAtMs],
      verified: verified.kind === 'verify' && [verified.messages, verified.damage],
      found: messages.length > 0,
      same: JSON.stringify(read) === JSON.stringify(hashes),
      clear: [during, findPlaintext(folder, words)],
      inLog: findPlaintext(desk.dataDir, [recoveryKey, recoveryKey.slice(0, 11)]),
    }).toEqual({
      state: ['ready', 'keychain', null],
      verified: [20, []],
      found: true,
      same: true,
      clear: [[], []],
      inLog: [],
    })
  })

  it('is closed on another desk until the recovery key is given, and says how it is wrong', async () => {
    const other = await another(memoryKeychain())
    const opened = await other.call('archive.open', { path: root })
    const attempt = async (typed: string) =>
      other.call('archive.unlock', { archiveId, recoveryKey: typed }).then(
        ({ state }) => state,
        (error: unknown) => (error instanceof AppError ? [error.code, error.details['problem']] : error),
      )
    const mistyped = `${recoveryKey.slice(0, 8)}${recoveryKey[8] === 'A' ? 'B' : 'A'}${recoveryKey.slice(9)}`
    const results = [
      await attempt(mistyped),
      await attempt(recoveryKey.slice(6)),
      await attempt(formatRecoveryKey(new Uint8Array(32))),
      await attempt(recoveryKey.toLowerCase().replaceAll('-', ' ')),
    ]
    const { encryption } = await other.call('archive.keys', { archiveId })
    expect([opened.state, opened.messageCount, results, encryption?.keyPlace, await hashesOf(other)]).toEqual(
      [
        'key_missing',
        null,
        [
          ['archive.recovery_key_mistyped', 'There is a typing error in group 2 of the recovery key.'],
          [
            'archive.recovery_key_mistyped',
            'A recovery key has 13 groups of five characters; this one has 12 whole groups.',
          ],
          ['archive.recovery_key_wrong', undefined],
          'ready',
        ],
        'keychain',
        hashes,
      ],
    )
  })

  it('is known again after a restart, and says when the keychain lost its key', async () => {
    const { dataDir } = desk
    await desk.desk.dispose()
    desks.push(desk)
    const restarted = await createTestDesk({ keychain, dataDir })
    const known = await hashesOf(restarted)
    await restarted.desk.dispose()
    const without = await createTestDesk({ keychain: missingKeychain(), dataDir })
    const { state } = await without.call('archive.get', { archiveId })
    const failed = await without.call('archive.messages', { archiveId }).catch((error: unknown) => error)
    await without.desk.dispose()
    expect([known, state, failed]).toMatchObject([hashes, 'key_missing', { code: 'archive.key_missing' }])
  })

  it('opens from the copy of the file of keys, mends the first, and knows when both are lost', async () => {
    const good = readFileSync(join(root, 'keys.json'), 'utf8')
    writeFileSync(join(root, 'keys.json'), good.replace(/"wrapped": "..../, '"wrapped": "AAAA'))
    const bent = await (await another(memoryKeychain())).call('archive.open', { path: root })
    const other = await another(memoryKeychain())
    await other.call('archive.open', { path: root })
    const { state } = await other.call('archive.unlock', { archiveId, recoveryKey })
    const mended = readFileSync(join(root, 'keys.json'), 'utf8') !== good.replace(/"wrapped": "..../, 'AAAA')
    rmSync(join(root, 'keys.json'))
    const third = await another(memoryKeychain())
    await third.call('archive.open', { path: root })
    const fromCopy = await third.call('archive.unlock', { archiveId, recoveryKey })
    rmSync(join(root, 'keys.json'))
    rmSync(join(root, 'keys-copy.json'))
    const lost = await (await another(keychain)).call('archive.open', { path: root })
    expect([bent.state, state, mended, fromCopy.state, lost.state]).toEqual([
      'key_missing',
      'ready',
      true,
      'ready',
      'keys_damaged',
    ])
  })

  it('gets another recovery key, after which the old one opens nothing, and another data key', async () => {
    const { recoveryKey: next } = await desk.call('archive.newRecoveryKey', { archiveId })
    await hashesOf(desk)
    const { encryption } = await desk.call('archive.rotateKey', { archiveId })
    await desk.call('archive.noteRecoveryKey', { archiveId })
    await desk.call('archive.testRecoveryKey', { archiveId, recoveryKey: next })
    const old = await desk
      .call('archive.testRecoveryKey', { archiveId, recoveryKey })
      .catch((error: unknown) => error)
    await fill(root, [makeMessage(1000)], 'Sent')
    const rows = (await desk.call('archive.messages', { archiveId, limit: 500 })).messages
    const fresh = rows.find((row) => row.sha256 === sha256(makeMessage(1000)))
    const { text } = await desk.call('archive.readSource', {
      archiveId,
      occurrenceId: fresh?.occurrenceId ?? 0,
    })
    expect(text).toBe(makeMessage(1000).toString('latin1'))
    const { packs, messages, damage } = (await reportOf(
      desk,
      (await desk.call('archive.verify', { archiveId })).runId,
    )) as Extract<ArchiveReport, { kind: 'verify' }>
    const after = (await desk.call('archive.keys', { archiveId })).encryption?.recovery
    expect([
      old,
      encryption?.dataKey?.count,
      packs,
      messages,
      damage,
      after?.notedAtMs,
      after?.testedAtMs,
    ]).toMatchObject([
      { code: 'archive.recovery_key_wrong' },
      2,
      2,
      21,
      [],
      expect.any(Number),
      expect.any(Number),
    ])
  })

  it('becomes plain, encrypted again and encrypted under a new key, the same mail each time', async () => {
    const plainRoot = join(folder, 'plain')
    const toPlain = await desk.call('archive.decrypt', { archiveId, destination: plainRoot, replace: true })
    const decrypted = await reportOf(desk, toPlain.runId)
    const plain = await desk.call('archive.get', { archiveId })
    const mbox = join(folder, 'all.mbox')
    writeFileSync(mbox, unpackWithZstd(plainRoot))
    const byOthers = hashWithPython(mbox)
    rmSync(mbox)
    const toSealed = await desk.call('archive.encrypt', { archiveId })
    const encrypted = await reportOf(desk, toSealed.runId)
    const sealed = await desk.call('archive.get', { archiveId })
    const anew = await desk.call('archive.reencrypt', { archiveId })
    const reencrypted = await reportOf(desk, anew.runId)
    const verified = await reportOf(desk, (await desk.call('archive.verify', { archiveId })).runId)
    await desk.call('archive.testRecoveryKey', { archiveId, recoveryKey: toSealed.recoveryKey })
    expect({
      reports: [decrypted, encrypted, reencrypted].map(
        (one) => one.kind === 'rewrite' && [one.how, one.messages],
      ),
      states: [plain.encryption, sealed.encryption?.keyPlace, plain.path === plainRoot],
      byOthers: byOthers.length,
      mail: JSON.stringify(await hashesOf(desk)) === JSON.stringify(hashes),
      clear: [findPlaintext(toSealed.path, words), findPlaintext(anew.path, words), existsSync(plainRoot)],
      verified: verified.kind === 'verify' && [verified.messages, verified.damage, verified.ledgerProblems],
      marks: listFiles(folder).filter((file) => /\.part$|rewriting/.test(file)),
    }).toEqual({
      reports: [
        ['decrypted', 20],
        ['encrypted', 20],
        ['encrypted under a new key', 20],
      ],
      states: [null, 'keychain', true],
      byOthers: 20,
      mail: true,
      clear: [[], [], true],
      verified: [20, [], []],
      marks: [],
    })
  })
})
