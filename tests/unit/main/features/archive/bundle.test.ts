import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ExportFormat, Selection } from '../../../../../core/archive/types.ts'
import { hashesIn, readArchive } from '../../../../helpers/archive-contents.ts'
import { fillArchive, inlineArchiveThread, makeArchive } from '../../../../helpers/archive.ts'
import { exportBundle, readZip, writeZip } from '../../../../helpers/bundles.ts'
import { sha256 } from '../../../../helpers/maildir.ts'
import { makeMessage } from '../../../../helpers/messages.ts'

const count = 60
const all: Selection = { kind: 'folders', folderIds: [] }
const oddOnes = [Buffer.alloc(0), Buffer.from('no end'), Buffer.from('>From x\r\nFrom y\n\0\n')]
const messages = [...Array.from({ length: count }, (_, n) => makeMessage(n)), ...oddOnes]

// Real files with real fsyncs: on a busy disk each takes its time.
describe('an export bundle', { timeout: 30_000 }, () => {
  const thread = inlineArchiveThread()
  let folder: string
  let root: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bundle-test-'))
    root = makeArchive(folder)
    await fillArchive(root, 'Sent: 2024', messages)
    return () => rmSync(folder, { recursive: true, force: true })
  })
  const exportTo = (format: ExportFormat, selection: Selection = all) =>
    exportBundle(thread, root, { file: join(folder, `${format}.zip`), format, selection })
  const verify = (file: string) => thread.call('verifyBundle', [file, { secret: null, fingerprint: null }])

  for (const format of ['mboxrd', 'eml', 'maildir'] as const)
    it(`of ${format} passes its own check`, async () => {
      const { path } = await exportTo(format)
      expect(await verify(path)).toMatchObject({
        kind: 'bundle',
        format,
        messages: messages.length,
        problems: [],
      })
    })

  it('of EML has the very bytes in files with names that every system takes', async () => {
    const { path } = await exportTo('eml')
    const files = [...(await readZip(path))].filter(([name]) => name.startsWith('mail/')).sort()
    expect([
      files.map(([, bytes]) => sha256(bytes)),
      files.filter(([name]) => /[<>:"|?*\\]/.test(name)),
    ]).toEqual([messages.map(sha256), []])
  })

  it('of Maildir keeps flags in names', async () => {
    const { path } = await exportTo('maildir')
    const names = [...(await readZip(path)).keys()].filter((name) => name.startsWith('mail/'))
    expect(
      names.every((name) => name.startsWith('mail/ana@b.example/Sent_ 2024/cur/') && name.endsWith('!2,FS')),
    ).toBe(true)
  })

  it('of a search holds what the search finds', async () => {
    await thread.call('indexText', [root])
    const { messages: exported, path } = await exportTo('eml', { kind: 'search', text: '17', folderId: null })
    expect([exported, (await verify(path)).messages]).toEqual([1, 1])
  })

  it('says in its manifest why it is and what it lacks', async () => {
    const { path } = await exportTo('mboxrd')
    const manifest: unknown = JSON.parse(String((await readZip(path)).get('manifest.json')))
    expect(manifest).toMatchObject({
      note: 'asked for by audit',
      totals: { messages: messages.length },
      source: { mailboxes: ['ana@b.example'] },
      folders: [{ path: 'Sent: 2024', coverage: { onServer: null, missing: null, failures: [] } }],
    })
  })

  it('leaves a damaged message out, says which, and is whole in itself', async () => {
    const pack = join(root, 'packs', readdirSync(join(root, 'packs'))[0]!)
    const bytes = readFileSync(pack)
    bytes[600] = (bytes[600] ?? 0) ^ 1
    writeFileSync(pack, bytes)
    const { path, problems, messages: exported } = await exportTo('mboxrd')
    const checked = await verify(path)
    expect([exported, problems.length, checked.problems, checked.lacks]).toEqual([
      messages.length - 1,
      1,
      [],
      [
        ...problems,
        'Sent: 2024 of ana@b.example was never pulled to its end from a server, so what is missing is not known.',
      ],
    ])
  })

  it('opens as an archive for browsing, with the same messages', async () => {
    const copy = makeArchive(folder, 'copy')
    const { path } = await exportTo('mboxrd')
    const { problems } = await thread.call('copyBundle', [path, null, copy])
    const contents = await readArchive(copy)
    expect([problems, hashesIn(contents, 'Sent: 2024'), contents.verify.damage]).toEqual([
      [],
      messages.map(sha256).sort(),
      [],
    ])
  })

  it('that lacks a file and holds a forged one opens with what is whole, and says what is not', async () => {
    const copy = makeArchive(folder, 'copy')
    const { path } = await exportTo('eml')
    const files = await readZip(path)
    const [first = '', second = ''] = [...files.keys()].filter((name) => name.endsWith('.eml'))
    files.set(first, Buffer.from('something else')).delete(second)
    const forged = join(folder, 'forged.zip')
    await writeZip(forged, files)
    const report = await thread.call('copyBundle', [forged, null, copy])
    expect([report.messages, report.problems]).toEqual([
      messages.length - 2,
      [`${first}, message 1, is not what its hash says.`, `${second} is missing.`],
    ])
  })

  it('whose checksums or list name what is not there is not whole', async () => {
    const { path } = await exportTo('eml')
    const files = await readZip(path)
    const sums = `${String(files.get('SHA256SUMS'))}${'0'.repeat(64)}  mail/other.eml\n`
    files.set('SHA256SUMS', Buffer.from(sums))
    const forged = join(folder, 'forged.zip')
    await writeZip(forged, files)
    expect((await verify(forged)).problems).toEqual([
      'SHA256SUMS names mail/other.eml, which is not in the manifest.',
    ])
  })

  it('shows every kind of tampering', async () => {
    const { path } = await exportTo('eml')
    const files = await readZip(path)
    const [first = '', second = ''] = [...files.keys()].filter((name) => name.endsWith('.eml'))
    files.set(first, Buffer.from('something else')).set('extra.txt', Buffer.from('hello')).delete(second)
    const forged = join(folder, 'forged.zip')
    await writeZip(forged, files)
    const { problems } = await verify(forged)
    expect(
      ['extra.txt', first, second].map((name) => problems.some((problem) => problem.includes(name))),
    ).toEqual([true, true, true])
  })

  it('cut short, or no zip at all, is refused', async () => {
    const { path } = await exportTo('mboxrd')
    const whole = readFileSync(path)
    const broken = join(folder, 'broken.zip')
    writeFileSync(broken, whole.subarray(0, whole.length - 200))
    await expect(verify(broken)).rejects.toMatchObject({ code: 'archive.not_an_archive' })
  })

  it('that would leave its folder or unpack without end is refused without unpacking', async () => {
    const evil = join(folder, 'evil.zip')
    const manifest = manifestOf([{ name: 'bomb.mbox', sizeBytes: 10, sha256: '0'.repeat(64), messages: 1 }])
    await writeZip(
      evil,
      new Map([
        ['manifest.json', manifest],
        ['bomb.mbox', Buffer.alloc(50_000_000)],
      ]),
    )
    const bomb = await verify(evil)
    expect(bomb.problems.some((problem) => problem.includes('bomb.mbox is longer than it may be'))).toBe(true)
    const bytes = readFileSync(evil)
    writeFileSync(
      evil,
      Buffer.from(bytes.toString('latin1').replaceAll('bomb.mbox', '../../mbox'.slice(0, 9)), 'latin1'),
    )
    expect((await verify(evil)).problems.join(' ')).toContain('invalid relative path')
  })
})

function manifestOf(files: readonly object[]): Buffer {
  return Buffer.from(
    JSON.stringify({
      format: 'mail-desk-bundle',
      version: 1,
      createdAt: '2026-01-01T00:00:00.000Z',
      createdBy: 'x',
      note: '',
      source: { archiveId: 'x', archiveName: 'x', mailboxes: [] },
      selection: all,
      messageFormat: 'mboxrd',
      totals: { messages: 1, mailBytes: 1, files: 1 },
      folders: [],
      files,
      problems: [],
    }),
  )
}
