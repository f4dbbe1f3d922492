import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ExportFormat, Selection } from '../../../core/archive/types.ts'
import { hashWithPython } from '../../helpers/archive-contents.ts'
import { archiveThread, fillArchive, makeArchive } from '../../helpers/archive.ts'
import { sha256 } from '../../helpers/maildir.ts'
import { makeMessage } from '../../helpers/messages.ts'

const oddOnes = [Buffer.alloc(0), Buffer.from('no end'), Buffer.from('>From x\r\nFrom y\n\0\n')]
const messages = [...Array.from({ length: 200 }, (_, n) => makeMessage(n)), ...oddOnes]

// In the C locale Debian's unzip takes its own spelling of a UTF-8 name for a mismatch.
const unzip = (...args: string[]) =>
  execFileSync('unzip', args, { env: { ...process.env, LC_ALL: 'C.UTF-8' } })

describe('a bundle in the hands of somebody without Mail Desk', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bundle-test-'))
    return () => rmSync(folder, { recursive: true, force: true })
  })

  const unpacked = async (format: ExportFormat) => {
    const root = makeArchive(folder)
    await fillArchive(root, 'Sent', messages)
    const thread = archiveThread()
    const file = join(folder, 'bundle.zip')
    const selection: Selection = { kind: 'folders', folderIds: [] }
    const options = { selection, format, file, note: '', createdBy: 'test', createdAtMs: 1_700_000_000_000 }
    const report = await thread.call('exportBundle', [root, options])
    await thread.end()
    unzip('-tqq', file)
    const target = join(folder, 'unpacked')
    unzip('-q', file, '-d', target)
    execFileSync('sha256sum', ['--quiet', '--strict', '-c', 'SHA256SUMS'], { cwd: target })
    expect(sha256(readFileSync(file))).toBe(report.sha256)
    return join(target, 'mail/ana@b.example')
  }

  it('of mboxrd passes unzip -t and sha256sum -c, and Python reads every message to the byte', async () => {
    // An mbox cannot tell whether a message's last line had an end; the manifest does. Here each gets one.
    const ended = (bytes: Buffer) =>
      bytes.length === 0 || bytes.at(-1) === 0x0a ? bytes : Buffer.concat([bytes, Buffer.from('\n')])
    expect(hashWithPython(join(await unpacked('mboxrd'), 'Sent.mbox'))).toEqual(
      messages.map((one) => sha256(ended(one))).sort(),
    )
  })

  it('of EML passes unzip -t and sha256sum -c, and its files are the messages', async () => {
    const target = join(await unpacked('eml'), 'Sent')
    const hashes = readdirSync(target).map((name) => sha256(readFileSync(join(target, name))))
    expect(hashes.sort()).toEqual(messages.map(sha256).sort())
  })

  it('of Maildir passes unzip -t and sha256sum -c, and has the folders that a Maildir needs', async () => {
    const target = join(await unpacked('maildir'), 'Sent')
    const hashes = readdirSync(join(target, 'cur')).map((name) =>
      sha256(readFileSync(join(target, 'cur', name))),
    )
    expect([readdirSync(target).sort(), hashes.sort()]).toEqual([
      ['cur', 'new', 'tmp'],
      messages.map(sha256).sort(),
    ])
  })
})
