import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { formatChecksums } from '../../../../../core/archive/bundle.ts'
import { fillArchive, inlineArchiveThread, makeArchive } from '../../../../helpers/archive.ts'
import { exportBundle, readZip, testSigner, writeZip } from '../../../../helpers/bundles.ts'
import { sha256 } from '../../../../helpers/maildir.ts'
import { makeMessage } from '../../../../helpers/messages.ts'

const messages = Array.from({ length: 40 }, (_, n) => makeMessage(n))

describe('a bundle that is handed over', { timeout: 30_000 }, () => {
  const thread = inlineArchiveThread()
  const signer = testSigner()
  let folder: string
  let root: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'handover-'))
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

  describe('and signed', () => {
    it('says whose key signed it, and notices another key than the one that was told', async () => {
      const { path } = await exportBundle(thread, root, { file: inFolder('a.zip') }, signer)
      const { fingerprint } = signer.identity
      const spoken = fingerprint.toUpperCase().replace(/(....)/g, '$1 ')
      const signatureOf = async (told?: string) => {
        const { signature, problems } = await verify(path, told === undefined ? {} : { fingerprint: told })
        return [signature.state, signature.fingerprint === fingerprint, problems]
      }
      expect([await signatureOf(), await signatureOf(spoken), await signatureOf('0'.repeat(64))]).toEqual([
        ['holds', true, []],
        ['holds', true, []],
        ['broken', true, ['The bundle is signed by another key than the one that was told.']],
      ])
    })

    it('shows a change of any byte of any of its files', async () => {
      const { path } = await exportBundle(thread, root, { file: inFolder('a.zip'), format: 'eml' }, signer)
      const files = await readZip(path)
      const names = [...files.keys()].filter((name) => (files.get(name)?.length ?? 0) > 0)
      const forged = inFolder('forged.zip')
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...names),
          fc.nat(),
          fc.integer({ min: 1, max: 255 }),
          async (name, at, xor) => {
            const bytes = Buffer.from(files.get(name) ?? '')
            const place = at % bytes.length
            bytes[place] = (bytes[place] ?? 0) ^ xor
            await writeZip(forged, new Map(files).set(name, bytes))
            const { problems } = await verify(forged)
            return problems.length > 0
          },
        ),
        { numRuns: 60, examples: names.map((name) => [name, 7, 1] as [string, number, number]) },
      )
    })

    it('is not taken for signed when somebody made the checksums anew or took the signature away', async () => {
      const { path } = await exportBundle(thread, root, { file: inFolder('a.zip'), format: 'eml' }, signer)
      const files = await readZip(path)
      const named = [...files].filter(([name]) => !/^(SHA256SUMS|signature\.json)/.test(name))
      const sums = formatChecksums(named.map(([name, bytes]) => ({ name, sha256: sha256(bytes) })))
      const without = new Map(files)
      without.delete('signature.json')
      without.delete('SHA256SUMS.sig')
      await writeZip(inFolder('sums.zip'), new Map(files).set('SHA256SUMS', Buffer.from(sums.toUpperCase())))
      await writeZip(inFolder('without.zip'), without)
      const states = await Promise.all(['sums.zip', 'without.zip'].map((name) => verify(inFolder(name))))
      expect(states.map(({ signature }) => signature.state)).toEqual(['broken', 'broken'])
    })

    it('leaves nothing behind when nobody signs', async () => {
      const options = { file: inFolder('a.zip') }
      await expect(
        exportBundle(thread, root, options, {
          ...signer,
          signatureOf: () => {
            throw new Error('locked')
          },
        }),
      ).rejects.toThrow('locked')
      expect(readdirSync(folder)).toEqual(['test'])
    })
  })

  it('of the first version still verifies and opens', async () => {
    const old = join(import.meta.dirname, '../../../../fixtures/bundle-version-1.zip')
    const copy = makeArchive(folder, 'copy')
    const [checked, opened] = [await verify(old), await thread.call('copyBundle', [old, null, copy])]
    expect([checked.problems, checked.messages, checked.signature.state, opened.problems]).toEqual([
      [],
      12,
      'none',
      [],
    ])
  })

  it('has names that Windows takes, however long or odd the folders are', async () => {
    const odd = [
      'con',
      'a'.repeat(300),
      '深'.repeat(120),
      'x/'.repeat(60),
      'ends. ',
      '\u202egnp.exe',
      'a:b*c?',
    ]
    for (const name of odd) await fillArchive(root, name, messages.slice(0, 2))
    const { path } = await exportBundle(thread, root, { file: inFolder('a.zip'), format: 'eml' }, signer)
    const names = [...(await readZip(path)).keys()]
    const segments = names.flatMap((name) => name.split('/'))
    expect({
      longest: Math.max(...names.map((name) => name.length)) <= 200,
      bytes: Math.max(...segments.map((name) => Buffer.byteLength(name))) <= 255,
      bad: segments.filter((name) => /[<>:"\\|?*\u0000-\u001f\u202e]|[. ]$|^(con|nul|aux)(\.|$)/i.test(name)),
      unique: new Set(names.map((name) => name.toLowerCase())).size === names.length,
      problems: (await verify(path)).problems,
    }).toEqual({ longest: true, bytes: true, bad: [], unique: true, problems: [] })
  })

  it('names who made it, when, why and of what, for people and for programs', async () => {
    const { path } = await exportBundle(
      thread,
      root,
      { file: inFolder('a.zip'), note: 'Case <17> & co' },
      signer,
    )
    const files = await readZip(path)
    const custody: unknown = JSON.parse(String(files.get('custody.json')))
    const shown = String(files.get('custody.html'))
    const messagesSha256 = sha256(files.get('messages.jsonl') ?? Buffer.alloc(0))
    expect([
      custody,
      ['Case &lt;17&gt; &amp; co', 'Ana Lima', messagesSha256].map((one) => shown.includes(one)),
    ]).toEqual([
      {
        format: 'mail-desk-custody',
        version: 1,
        handedOverBy: { name: 'Ana Lima', nameFrom: 'typed', osUser: 'ana' },
        createdAt: '2023-11-14T22:13:20.000Z',
        createdBy: 'test',
        reason: 'Case <17> & co',
        chosen: 'The whole archive: all folders of all its mailboxes.',
        archive: { archiveId: expect.any(String) as string, name: 'test' },
        counts: { messages: 40, mailBytes: messages.reduce((sum, one) => sum + one.length, 0), folders: 1 },
        part: null,
        leftOut: [
          'INBOX of ana@b.example was never pulled to its end from a server, so what is missing is not known.',
        ],
        messagesSha256,
        signedBy: signer.identity.fingerprint,
      },
      [true, true, true],
    ])
  })
})
