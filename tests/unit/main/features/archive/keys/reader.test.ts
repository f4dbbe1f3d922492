import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { dropAllKeys } from '../../../../../../main/features/archive/keys/ring.ts'
import { hashWithPython } from '../../../../../helpers/archive-contents.ts'
import { fillArchive } from '../../../../../helpers/archive.ts'
import { makeEncryptedArchive } from '../../../../../helpers/encrypted-archive.ts'
import { sha256 } from '../../../../../helpers/maildir.ts'
import { makeMessage } from '../../../../../helpers/messages.ts'

const reader = fileURLToPath(new URL('../../../../../../scripts/read-encrypted-archive.mjs', import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reader-test-'))
})
afterEach(() => {
  dropAllKeys()
  rmSync(folder, { recursive: true, force: true })
})

/** A message of more than the 16 MiB beyond which it is stored in pieces; it ends with a line end, as mbox wants it. */
const large = Buffer.concat([makeMessage(1), Buffer.from('a line of the tide table\r\n'.repeat(700_000))])

it('A reader written from the documentation alone gives every message of an encrypted archive, with nothing but the recovery key.', async () => {
  const messages = [...Array.from({ length: 25 }, (_, n) => makeMessage(n)), large]
  const { root, recoveryKey } = makeEncryptedArchive(folder)
  await fillArchive(root, 'INBOX', messages)
  const read = spawnSync(process.execPath, [reader, root], {
    input: recoveryKey.toLowerCase(),
    maxBuffer: 1 << 28,
  })
  const mbox = join(folder, 'all.mbox')
  writeFileSync(mbox, read.stdout)
  const wrong = spawnSync(process.execPath, [reader, root], { input: recoveryKey.replace(/^..../, '0000') })
  expect([read.status, read.stderr.toString(), hashWithPython(mbox), wrong.status]).toEqual([
    0,
    '',
    messages.map((message) => sha256(message)).sort(),
    1,
  ])
}, 60_000)
