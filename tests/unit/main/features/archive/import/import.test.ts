import { appendFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ImportOptions } from '../../../../../../main/features/archive/import/import.ts'
import { readArchive } from '../../../../../helpers/archive-contents.ts'
import { fillArchive, inlineArchiveThread, makeArchive } from '../../../../../helpers/archive.ts'
import { exportBundle } from '../../../../../helpers/bundles.ts'
import {
  mboxOf,
  plainMessage,
  samples,
  writeSample,
  zipSample,
} from '../../../../../helpers/import-samples.ts'
import { sha256 } from '../../../../../helpers/maildir.ts'
import { makeMessage } from '../../../../../helpers/messages.ts'

describe('mail from elsewhere', { timeout: 30_000 }, () => {
  const thread = inlineArchiveThread()
  let folder: string
  let root: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'import-'))
    root = makeArchive(folder)
    return () => rmSync(folder, { recursive: true, force: true })
  })
  const bringIn = (path: string, options: Partial<ImportOptions> = {}) =>
    thread.call('importMail', [
      root,
      path,
      { source: 'ana@b.example', variant: null, secret: null, ...options },
      1,
    ])
  /** Folder, flags, labels, subject of everything in the archive, by subject. */
  const inArchive = async () => {
    const { folders, messages, verify } = await readArchive(root)
    expect(verify.damage).toEqual([])
    const paths = new Map(folders.map(({ folderId, path }) => [folderId, path]))
    return messages
      .map(({ subject, folderId, flags, labels }) => [
        subject,
        paths.get(folderId),
        flags.join(' '),
        labels.join('|'),
      ])
      .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))
  }

  const expected = {
    mbox: [
      ['number 1', 'Sent', '', ''],
      ['number 2', 'Sent', '\\Seen', ''],
      ['number 3', 'Sent', '', ''],
    ],
    thunderbird: [
      ['number 1', 'Inbox', '\\Flagged \\Seen', ''],
      ['number 2', 'Inbox/Work', '', ''],
      ['number 3', 'Sent', '', ''],
    ],
    maildir: [
      ['number 1', 'INBOX', '\\Flagged \\Seen', ''],
      ['number 2', 'INBOX', '', ''],
      ['number 3', 'Entwürfe/2024', '\\Draft \\Answered', ''],
    ],
    eml: [
      ['number 1', 'Project', '', ''],
      ['number 2', 'Project/sub', '', ''],
      ['number 3', 'Project', '', ''],
    ],
    applePackage: [
      ['number 1', 'Export/Work', '', ''],
      ['number 2', 'Export/Work', '', ''],
      ['number 3', 'Export/Work/Old', '', ''],
    ],
    appleStore: [
      ['number 1', 'INBOX', '\\Seen', ''],
      ['number 2', 'INBOX/Sub', '\\Seen \\Answered \\Flagged', ''],
      ['number 3', 'INBOX', '', ''],
    ],
    takeout: [
      ['number 1', 'All mail Including Spam and Trash', '\\Flagged \\Seen', 'Inbox|Ben, work|Starred'],
      ['number 2', 'All mail Including Spam and Trash', '', 'Entwürfe|Unread'],
      ['number 3', 'All mail Including Spam and Trash', '\\Seen', 'Sent'],
    ],
  } as const satisfies Record<keyof typeof samples, unknown>

  for (const [name, sample] of Object.entries(samples)) {
    const wanted = expected[name as keyof typeof samples]
    it(`as ${name} comes with its folders, flags and labels, from a folder and from a zip, and once only`, async () => {
      const fromFolder = await bringIn(writeSample(join(folder, 'sample'), sample))
      const stored = await inArchive()
      const fromZip = await bringIn(await zipSample(join(folder, 'sample.zip'), sample))
      const facts = ({ stored: fresh, again, known, failed }: typeof fromZip) => [fresh, again, known, failed]
      expect({ stored, first: facts(fromFolder), second: facts(fromZip), after: await inArchive() }).toEqual({
        stored: wanted,
        first: [3, 0, 0, 0],
        second: [0, 0, 3, 0],
        after: wanted,
      })
    })
  }

  it('is previewed with its kind, its folders and its owner before anything is imported', async () => {
    const looked = await Promise.all(
      Object.entries(samples).map(async ([name, sample]) => {
        const path = writeSample(join(folder, `p-${name}`), sample)
        const { kind, folders, messages, source } = await thread.call('inspectImport', [path, null])
        return [name, kind, folders.length, messages, source]
      }),
    )
    expect(looked).toEqual([
      ['mbox', 'mbox', 1, 3, 'ana@b.example'],
      ['thunderbird', 'mbox', 3, 3, 'ana@b.example'],
      ['maildir', 'maildir', 2, 3, 'ana@b.example'],
      ['eml', 'eml', 2, 3, 'ana@b.example'],
      ['applePackage', 'apple_mail', 2, 3, 'ana@b.example'],
      ['appleStore', 'apple_mail', 2, 3, 'ana@b.example'],
      ['takeout', 'takeout', 1, 3, 'ana@b.example'],
    ])
  })

  it('that is broken is listed with the reason, and the rest comes', async () => {
    writeSample(join(folder, 'sample'), {
      'a.eml': plainMessage(1),
      'b.eml': '',
      'c.emlx': '99999\nshort',
      'x/notes': 'no mail at all',
    })
    const { stored, failed, failures, ignored } = await bringIn(join(folder, 'sample'))
    expect([stored, failed, failures.map(({ origin }) => origin), ignored]).toEqual([
      1,
      2,
      ['b.eml', 'c.emlx'],
      1,
    ])
  })

  it('says what Apple Mail kept apart from a message', async () => {
    const { notes } = await bringIn(writeSample(join(folder, 'sample'), samples.appleStore))
    expect(notes.map(({ reason }) => reason)).toEqual([
      'Apple Mail kept 1 attachments of this message apart; they are not in what was imported.',
    ])
  })

  it('that grew brings in only what is new', async () => {
    const file = join(folder, 'box.mbox')
    writeFileSync(file, mboxOf(plainMessage(1), plainMessage(2)))
    const first = await bringIn(file)
    appendFileSync(file, mboxOf(plainMessage(3)))
    const second = await bringIn(file)
    expect([first.stored, second.stored, second.known, (await inArchive()).length]).toEqual([2, 1, 2, 3])
  })

  it('that was cut off goes on where it was, and has nothing twice', async () => {
    const many = Array.from({ length: 1_500 }, (_, n) => plainMessage(n))
    const file = join(folder, 'box.mbox')
    writeFileSync(file, mboxOf(...many))
    const stop = new Error('cut off')
    const functions = (
      await import('../../../../../../main/features/archive/worker/functions.ts')
    ).createArchiveFunctions()
    let calls = 0
    const progress = () => (++calls === 7 ? Promise.reject(stop) : Promise.resolve())
    const context = { signal: new AbortController().signal, progress }
    const options = { source: 'ana@b.example', variant: null, secret: null }
    await expect(functions.importMail(context, root, file, options, 1)).rejects.toBe(stop)
    const before = (await inArchive()).length
    const { stored, known } = await bringIn(file)
    expect([before, stored, known]).toEqual([700, 800, 700])
  })

  it('keeps the bytes of large messages too, from mbox files and from files of their own', async () => {
    const large = plainMessage(9) + `${'quay quay quay\n'.repeat(1_500_000)}>From here\n`
    writeSample(join(folder, 'sample'), {
      'box.mbox': mboxOf(plainMessage(1), large, plainMessage(2)),
      'one.eml': `${large}!`,
    })
    const report = await bringIn(join(folder, 'sample'))
    const again = await bringIn(join(folder, 'sample'))
    const { messages } = await readArchive(root)
    expect([report.stored, again.known, messages.map((one) => one.sha256).toSorted()]).toEqual([
      4,
      4,
      [plainMessage(1), plainMessage(2), large, `${large}!`]
        .map((one) => sha256(Buffer.from(one)))
        .toSorted(),
    ])
  })

  it('from another archive and from a bundle keeps its places, and comes once only', async () => {
    const messages = Array.from({ length: 30 }, (_, n) => makeMessage(n))
    const other = makeArchive(folder, 'other')
    await fillArchive(other, 'INBOX', messages)
    const { path: bundle } = await exportBundle(thread, other, { file: join(folder, 'b.zip') })
    const first = await bringIn(other)
    const second = await bringIn(bundle)
    const third = await bringIn(other)
    const { folders, messages: kept } = await readArchive(root)
    expect([
      [first.format, first.stored, second.format, second.known, third.known],
      folders.map(({ source, path, messageCount }) => [source, path, messageCount]),
      kept.map((one) => one.sha256).toSorted(),
    ]).toEqual([
      ['Mail Desk archive', 30, 'Mail Desk bundle', 30, 30],
      [['ana@b.example', 'INBOX', 30]],
      messages.map(sha256).toSorted(),
    ])
  })

  it('does not follow links out of the folder that was named', async () => {
    writeSample(join(folder, 'secret'), { 'one.eml': plainMessage(1) })
    writeSample(join(folder, 'sample'), { 'two.eml': plainMessage(2) })
    symlinkSync(join(folder, 'secret'), join(folder, 'sample', 'link'))
    symlinkSync(join(folder, 'secret', 'one.eml'), join(folder, 'sample', 'one.eml'))
    expect((await bringIn(join(folder, 'sample'))).stored).toBe(1)
  })

  it('is left alone by a later pull of the same mailbox, and does not come twice when it is pulled first', async () => {
    await fillArchive(root, 'INBOX', [Buffer.from(plainMessage(1))])
    const sample = {
      'Maildir/cur/1700000001.a:2,S': plainMessage(1),
      'Maildir/cur/1700000002.b:2,S': plainMessage(2),
    }
    const { stored, known } = await bringIn(writeSample(join(folder, 'sample'), sample))
    const { folders } = await readArchive(root)
    await thread.call('openWriter', [root, false])
    const old = await thread.call('renumbered', [folders[0]?.folderId ?? 0, '1'])
    await thread.call('closeWriter', [])
    expect([stored, known, old]).toEqual([1, 1, []])
  })
})
