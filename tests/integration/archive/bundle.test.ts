import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ExportFormat } from '../../../core/archive/types.ts'
import { hashWithPython } from '../../helpers/archive-contents.ts'
import { archiveThread, fillArchive, makeArchive } from '../../helpers/archive.ts'
import { exportBundle, testSigner } from '../../helpers/bundles.ts'
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
    const report = await exportBundle(thread, root, { file, format }, testSigner())
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

  it('has a signature that openssl verifies as README.txt says, and that does not fit other checksums', async () => {
    const target = join(await unpacked('mboxrd'), '../..')
    const readme = readFileSync(join(target, 'README.txt'), 'utf8')
    const line = (start: string) => readme.split('\n').find((one) => one.trim().startsWith(start)) ?? 'false'
    const run = (command: string) =>
      spawnSync('sh', ['-c', command], { cwd: target, encoding: 'utf8' }).stdout.trim()
    const before = run(line('openssl pkeyutl'))
    const fingerprint = run(line('openssl pkey ')).slice(0, 64)
    appendFileSync(join(target, 'SHA256SUMS'), '\n')
    const manifest = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8')) as {
      signer: { fingerprint: string }
    }
    expect([before, fingerprint === manifest.signer.fingerprint, run(line('openssl pkeyutl'))]).toEqual([
      'Signature Verified Successfully',
      true,
      'Signature Verification Failure',
    ])
  })

  const hasAge = spawnSync('age', ['--version']).status === 0
  it.skipIf(!hasAge)(
    'is decrypted by the age program, and one that age encrypted is verified here',
    async () => {
      const root = makeArchive(folder)
      await fillArchive(root, 'Sent', messages)
      execFileSync('age-keygen', ['-o', join(folder, 'key.txt')], { stdio: 'ignore' })
      const key = readFileSync(join(folder, 'key.txt'), 'utf8')
      const secret = /AGE-SECRET-KEY-\S+/.exec(key)?.[0] ?? ''
      const recipients = [/age1\w+/.exec(key)?.[0] ?? '']
      const thread = archiveThread()
      const [sealed, open, again] = ['a.zip.age', 'a.zip', 'b.zip.age'].map((name) => join(folder, name))
      if (sealed === undefined || open === undefined || again === undefined) throw new Error('no names')
      await exportBundle(
        thread,
        root,
        { file: sealed, encryption: { kind: 'recipients', recipients } },
        testSigner(),
      )
      execFileSync('age', ['-d', '-i', join(folder, 'key.txt'), '-o', open, sealed])
      unzip('-tqq', open)
      execFileSync('age', ['-r', recipients[0] ?? '', '-o', again, open])
      const checked = await Promise.all(
        [sealed, again].map((file) => thread.call('verifyBundle', [file, { secret, fingerprint: null }])),
      )
      await thread.end()
      expect(checked.map(({ messages: count, problems }) => [count, problems])).toEqual([
        [messages.length, []],
        [messages.length, []],
      ])
    },
  )
})
