import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BundleReport } from '../../../../../core/archive/reports.ts'
import { formatChecksums } from '../../../../../core/archive/bundle.ts'
import { hashesIn, readArchive } from '../../../../helpers/archive-contents.ts'
import { fillArchive, inlineArchiveThread, makeArchive } from '../../../../helpers/archive.ts'
import { exportBundle, testSigner } from '../../../../helpers/bundles.ts'
import { sha256 } from '../../../../helpers/maildir.ts'
import { makeMessage } from '../../../../helpers/messages.ts'

const messages = Array.from({ length: 40 }, (_, n) => makeMessage(n))
const big = Buffer.concat([makeMessage(99), Buffer.alloc(1_300_000, 'quay ')])

describe('a bundle that is split or encrypted', { timeout: 30_000 }, () => {
  const thread = inlineArchiveThread()
  const signer = testSigner()
  let folder: string
  let root: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sealed-'))
    root = makeArchive(folder)
    await fillArchive(root, 'INBOX', messages)
    return () => rmSync(folder, { recursive: true, force: true })
  })
  const inFolder = (name: string) => join(folder, name)
  const verify = (path: string, options: { secret?: string; fingerprint?: string } = {}) =>
    thread.call('verifyBundle', [
      path,
      { secret: options.secret ?? null, fingerprint: options.fingerprint ?? null },
    ])

  describe('in parts', () => {
    const split = (overrides = {}) =>
      exportBundle(thread, root, { file: inFolder('mail.zip'), splitBytes: 1_000_000, ...overrides }, signer)
    beforeEach(() =>
      fillArchive(root, 'Large', [big, ...messages.map((one) => Buffer.concat([one, big]))].slice(0, 4)),
    )

    it('is a set of zips of which each is whole in itself, with one list of their checksums', async () => {
      const report = await split()
      const names = report.parts.map(({ path }) => path.slice(folder.length + 1))
      const alone = join(mkdtempSync(join(folder, 'alone-')), 'x.zip')
      renameSync(report.parts[1]?.path ?? '', alone)
      const [whole, part] = [await verify(report.parts[0]?.path ?? ''), await verify(alone)]
      expect({
        names,
        listed: readFileSync(inFolder('mail.SHA256SUMS'), 'utf8') === sumsOf(report.parts),
        told: report.sha256 === sha256(readFileSync(report.path)),
        messages: report.messages,
        set: [whole.parts, whole.problems],
        alone: [part.parts, part.messages, part.problems.every((one) => one.includes('is missing'))],
      }).toEqual({
        names: [
          'mail.1-of-5.zip',
          'mail.2-of-5.zip',
          'mail.3-of-5.zip',
          'mail.4-of-5.zip',
          'mail.5-of-5.zip',
        ],
        listed: true,
        told: true,
        messages: messages.length + 4,
        set: [{ found: 4, of: 5 }, ['Part 2 of 5 (mail.2-of-5.zip) is missing.']],
        alone: [{ found: 1, of: 5 }, 1, true],
      })
    })

    it('is checked as a whole from any of its parts', async () => {
      const { parts } = await split()
      const checked = await verify(parts[3]?.path ?? '')
      expect([checked.parts, checked.messages, checked.problems, checked.signature.state]).toEqual([
        { found: 5, of: 5 },
        messages.length + 4,
        [],
        'holds',
      ])
    })

    it('notices a part of another export, and a part that is damaged', async () => {
      const other = await exportBundle(
        thread,
        root,
        { file: inFolder('other.zip'), splitBytes: 1_000_000, setId: 'set-2' },
        signer,
      )
      const { parts } = await split()
      renameSync(other.parts[1]?.path ?? '', parts[1]?.path ?? '')
      writeFileSync(parts[2]?.path ?? '', 'no zip')
      const { problems } = await verify(parts[0]?.path ?? '')
      expect(problems).toEqual([
        'mail.2-of-5.zip is part 2 of another export.',
        'Part 2 of 5 (mail.2-of-5.zip) is missing.',
        'mail.3-of-5.zip cannot be opened: archive.not_an_archive.',
      ])
    })

    it('opens for browsing as one, and says which part it lacks', async () => {
      const { parts } = await split()
      rmSync(parts[4]?.path ?? '')
      const copy = makeArchive(folder, 'copy')
      const report = await thread.call('copyBundle', [parts[0]?.path ?? '', null, copy])
      const contents = await readArchive(copy)
      expect([report.problems, hashesIn(contents, 'INBOX'), hashesIn(contents, 'Large').length]).toEqual([
        ['Part 5 of 5 (mail.5-of-5.zip) is missing.'],
        messages.map(sha256).sort(),
        3,
      ])
    })
  })

  describe('and encrypted', () => {
    const passphrase = 'correct horse battery'
    const facts = ({ messages: count, problems, signature, encrypted }: BundleReport) => [
      count,
      problems,
      signature.state,
      encrypted,
    ]
    const whole = [messages.length, [], 'holds', true]

    it('opens with its passphrase and with nothing else', async () => {
      const encryption = { kind: 'passphrase', passphrase } as const
      const { path } = await exportBundle(thread, root, { file: inFolder('a.zip.age'), encryption }, signer)
      await expect(verify(path)).rejects.toMatchObject({ code: 'bundle.locked' })
      await expect(verify(path, { secret: 'wrong' })).rejects.toMatchObject({ code: 'bundle.wrong_secret' })
      expect(facts(await verify(path, { secret: passphrase }))).toEqual(whole)
      const clear = readFileSync(path).includes('manifest.json')
      expect([clear, readdirSync(folder).toSorted()]).toEqual([false, ['a.zip.age', 'test']])
    })

    it('opens for each recipient, also in parts', async () => {
      const identities = [await generateX25519Identity(), await generateX25519Identity()]
      const recipients = await Promise.all(identities.map(identityToRecipient))
      const encryption = { kind: 'recipients', recipients } as const
      await fillArchive(root, 'Large', [big, Buffer.concat([big, big])])
      const { parts } = await exportBundle(
        thread,
        root,
        { file: inFolder('a.zip.age'), encryption, splitBytes: 1_000_000 },
        signer,
      )
      const checked = await Promise.all(identities.map((secret) => verify(parts[0]?.path ?? '', { secret })))
      const each = [messages.length + 2, [], 'holds', true]
      expect([parts.map(({ path }) => path.endsWith('.zip.age')), checked.map(facts)]).toEqual([
        [true, true, true],
        [each, each],
      ])
    })

    it('shows a change and a missing end', async () => {
      await fillArchive(root, 'Noise', [randomBytes(300_000)])
      const identity = await generateX25519Identity()
      const encryption = { kind: 'recipients', recipients: [await identityToRecipient(identity)] } as const
      const { path } = await exportBundle(thread, root, { file: inFolder('a.zip.age'), encryption }, signer)
      const bytes = readFileSync(path)
      const changed = Buffer.from(bytes)
      changed[70_000] = (changed[70_000] ?? 0) ^ 1
      writeFileSync(inFolder('changed.zip.age'), changed)
      writeFileSync(inFolder('cut.zip.age'), bytes.subarray(0, -1000))
      const found = await verify(inFolder('changed.zip.age'), { secret: identity })
      expect(found.problems.length).toBeGreaterThan(0)
      await expect(verify(inFolder('cut.zip.age'), { secret: identity })).rejects.toMatchObject({
        code: 'bundle.damaged',
      })
    })
  })
})

function sumsOf(parts: readonly { readonly path: string; readonly sha256: string }[]): string {
  return formatChecksums(
    parts.map(({ path, sha256: sum }) => ({ name: path.split('/').at(-1) ?? '', sha256: sum })),
  )
}
