import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Damage } from '../../../../../core/archive/reports.ts'
import { readArchiveCard } from '../../../../../main/features/archive/store/folder.ts'
import { decodeMessage, encodeMessage } from '../../../../../main/features/archive/store/frame.ts'
import { openArchiveWriter } from '../../../../../main/features/archive/store/writer.ts'
import { readArchive } from '../../../../helpers/archive-contents.ts'
import { inlineArchiveThread, makeArchive } from '../../../../helpers/archive.ts'
import { sha256 } from '../../../../helpers/maildir.ts'
import { makeMessage } from '../../../../helpers/messages.ts'

const count = 30

// Real files with real fsyncs: on a busy disk each takes its time.
describe('the packs of an archive', { timeout: 30_000 }, () => {
  let root: string
  beforeEach(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'archive-test-'))
    root = makeArchive(folder)
    await fill(root)
    return () => rmSync(folder, { recursive: true, force: true })
  })
  const pack = () => join(root, 'packs', readdirSync(join(root, 'packs'))[0]!)
  const damageAt = (offset: number) => {
    const bytes = readFileSync(pack())
    bytes[offset] = (bytes[offset] ?? 0) ^ 0x40
    writeFileSync(pack(), bytes)
  }
  const verify = async (): Promise<readonly Damage[]> => (await readArchive(root)).verify.damage
  const places = async () => {
    const thread = inlineArchiveThread()
    const query = { folderId: null, sort: 'date', descending: false, offset: 0, limit: 100 } as const
    const { messages } = await thread.call('messages', [root, query])
    await thread.call('closeReader', [root])
    return messages
  }

  it('give every message back to the byte, whatever is in it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (message) => {
        const { frame, entryBytes, newlineAdded } = encodeMessage(message, null, 0)
        expect(Buffer.from(decodeMessage(frame, entryBytes, newlineAdded) ?? 'damaged')).toEqual(
          Buffer.from(message),
        )
      }),
    )
  })

  it('are whole after they were written', async () => {
    expect(await readArchive(root)).toMatchObject({ verify: { messages: count, damage: [] } })
  })

  it('show one flipped bit of a message as damage to that message and no other', async () => {
    const messages = await places()
    damageAt(readFileSync(pack()).length - 30)
    const damage = await verify()
    expect(damage.map(({ sha256: hash, subject }) => [hash, subject])).toEqual([
      [messages.at(-1)?.sha256, messages.at(-1)?.subject],
    ])
  })

  it('lose at most the message that is hit, wherever a bit flips', async () => {
    const size = readFileSync(pack()).length
    const bytes = readFileSync(pack())
    for (let offset = 5; offset < size; offset += Math.floor(size / 23)) {
      damageAt(offset)
      const damage = await verify()
      expect([offset, damage.length > 0, new Set(damage.map((one) => one.sha256)).size <= 2]).toEqual([
        offset,
        true,
        true,
      ])
      writeFileSync(pack(), bytes)
    }
  })

  it('show a pack that is missing or shorter than it was', async () => {
    const whole = readFileSync(pack())
    writeFileSync(pack(), whole.subarray(0, whole.length - 5000))
    const shorter = await verify()
    rmSync(pack())
    const missing = await verify()
    expect([shorter.length > 0, missing.length > 0, missing[0]?.problem]).toEqual([
      true,
      true,
      'the pack is missing',
    ])
  })

  it('are passed over where they are damaged when the index is made anew, and never appended to', async () => {
    const offset = Math.floor(readFileSync(pack()).length / 2)
    damageAt(offset)
    const writer = await openArchiveWriter({
      root,
      card: readArchiveCard(root),
      nowMs: () => 0,
      rebuild: true,
    })
    const { damage, last } = writer.recovery
    writer.append([incoming(1000)])
    writer.close()
    const contents = await readArchive(root)
    expect([
      damage.length,
      last,
      contents.messages.length >= count - 1,
      readdirSync(join(root, 'packs')).length,
    ]).toEqual([1, null, true, 2])
  })

  it('are several once they have grown, and read as one', async () => {
    const other = makeArchive(root, 'many')
    const writer = await openArchiveWriter({
      root: other,
      card: readArchiveCard(other),
      nowMs: () => 0,
      packTargetBytes: 4000,
    })
    for (let n = 0; n < count; n++) writer.append([incoming(n)])
    writer.close()
    const contents = await readArchive(other)
    expect([
      readdirSync(join(other, 'packs')).length > 5,
      contents.messages.map((one) => one.sha256),
      contents.verify.damage,
    ]).toEqual([true, Array.from({ length: count }, (_, n) => sha256(makeMessage(n))), []])
  })
})

function incoming(n: number) {
  const at = {
    source: 'a@b.example',
    folder: 'INBOX',
    uidValidity: '1',
    uid: n + 1,
    flags: [],
    internalDateMs: n * 1000,
    archivedAtMs: 1,
  }
  return { at, bytes: makeMessage(n) }
}

async function fill(root: string): Promise<void> {
  const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: () => 0 })
  writer.append(Array.from({ length: count }, (_, n) => incoming(n)))
  writer.close()
}
