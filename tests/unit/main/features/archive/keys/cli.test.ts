import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dropAllKeys } from '../../../../../../main/features/archive/keys/ring.ts'
import { hashWithPython, unpackWithZstd } from '../../../../../helpers/archive-contents.ts'
import { fillArchive } from '../../../../../helpers/archive.ts'
import { makeEncryptedArchive } from '../../../../../helpers/encrypted-archive.ts'
import type { EncryptedArchive } from '../../../../../helpers/encrypted-archive.ts'
import { sha256 } from '../../../../../helpers/maildir.ts'
import { makeMessage } from '../../../../../helpers/messages.ts'
import { runCli } from '../../../../../helpers/run-cli.ts'

const mail = Array.from({ length: 12 }, (_, n) => makeMessage(n))

// Each command is a process of its own.
describe('the command line with nothing but an archive and its recovery key', { timeout: 180_000 }, () => {
  let folder: string
  let archive: EncryptedArchive
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cli-keys-test-'))
    archive = makeEncryptedArchive(folder)
    await fillArchive(archive.root, 'INBOX', mail)
    dropAllKeys()
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const run = (args: readonly string[], input = '') =>
    runCli(join(folder, 'desk'), ['archive', ...args], input)

  it('writes a plain copy that zstd reads, and says what is wrong with a key', async () => {
    const to = join(folder, 'plain')
    const decrypt = (input: string) =>
      run(['decrypt', archive.root, '--to', to, '--recovery-key-stdin'], input)
    const without = await run(['decrypt', archive.root, '--to', to])
    const mistyped = await decrypt(archive.recoveryKey.replace(/^./, 'U'))
    const early = existsSync(to)
    const done = await decrypt(`${archive.recoveryKey}\n`)
    const mbox = join(folder, 'all.mbox')
    writeFileSync(mbox, unpackWithZstd(to))
    const said = [done, mistyped].map(({ stdout, stderr }) => `${stdout}${stderr}`).join('')
    const card = JSON.parse(readFileSync(join(to, 'archive.json'), 'utf8')) as object
    expect({
      without: [without.exitCode, without.stderr.includes('its key is not on this desk')],
      mistyped: [mistyped.exitCode, mistyped.stderr.includes('typing error in group 1'), early],
      done: [done.exitCode, done.stdout.startsWith('12 messages')],
      mail: hashWithPython(mbox),
      tellsKey: said.includes(archive.recoveryKey.slice(6, 20)),
      encrypted: 'encryption' in card,
    }).toEqual({
      without: [50, true],
      mistyped: [50, true, false],
      done: [0, true],
      mail: mail.map((message) => sha256(message)).sort(),
      tellsKey: false,
      encrypted: false,
    })
  })

  it('shows the keys, tests a recovery key from a file, and asks for one where none is given', async () => {
    const file = join(folder, 'recovery.txt')
    writeFileSync(file, `${archive.recoveryKey}\n`)
    const shown = await run(['keys', 'show', archive.root])
    const tested = await run(['keys', 'test-recovery-key', archive.root, '--recovery-key-file', file])
    const asked = await run(['keys', 'test-recovery-key', archive.root])
    expect([
      [shown.exitCode, shown.stdout.includes('never tested')],
      [tested.exitCode, tested.stdout],
      asked.exitCode,
    ]).toEqual([[0, true], [0, 'This recovery key opens “test”.\n'], 2])
  })
})
