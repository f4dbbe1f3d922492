import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { LegalHold, RetentionRule } from '../../../../../core/archive/retention.ts'
import Database from 'better-sqlite3'
import { writeRemovalJournal } from '../../../../../main/features/archive/retention/journal.ts'
import { removeMail } from '../../../../../main/features/archive/retention/remove.ts'
import { readArchiveCard } from '../../../../../main/features/archive/store/folder.ts'
import { openArchiveWriter } from '../../../../../main/features/archive/store/writer.ts'
import { catchUpText } from '../../../../../main/features/archive/text/catch-up.ts'
import { createExtractor } from '../../../../../main/features/archive/text/extractor.ts'
import { placesIn } from '../../../../helpers/archive-copies.ts'
import { inlineArchiveThread, makeArchive } from '../../../../helpers/archive.ts'
import { failureOf } from '../../../../helpers/failure-of.ts'
import { readArchive } from '../../../../helpers/archive-contents.ts'
import { fillOldAndNew, isAnywhere, message, nowMs, rule } from '../../../../helpers/retention-archive.ts'

describe('retention', { timeout: 60_000 }, () => {
  let root: string
  const thread = inlineArchiveThread()
  beforeEach(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'archive-retention-'))
    root = makeArchive(folder)
    await fillOldAndNew(root)
    return async () => {
      await thread.call('closeReader', [root])
      rmSync(folder, { recursive: true, force: true })
    }
  })
  const simulate = (wanted: RetentionRule) => thread.call('simulateRetention', [root, wanted, nowMs])
  const apply = async (wanted: RetentionRule) => {
    const { fingerprint } = await simulate(wanted)
    await thread.call('closeReader', [root])
    return thread.call('removeMail', [root, { rule: wanted, fingerprint, by: 'Ana' }, nowMs])
  }
  const hold = (criteria: Partial<LegalHold['criteria']>) =>
    thread.call('enterHold', [
      root,
      {
        ...{ kind: 'hold_placed', holdId: 'hold', name: 'Case 12', by: 'Ana', reason: 'A lawsuit' },
        criteria: {
          ...{ sources: [], folders: [], labels: [], senders: [], people: [], fromMs: null, toMs: null },
          ...criteria,
        },
      },
      nowMs,
    ])
  const lift = () =>
    thread.call('enterHold', [
      root,
      {
        ...{ kind: 'hold_lifted', holdId: 'hold', name: 'Case 12', by: 'Ana', reason: 'It is over' },
        criteria: {},
      },
      nowMs,
    ])
  const subjects = async () => (await readArchive(root)).messages.map(({ subject }) => subject).toSorted()

  it('counts a message as gone only when no folder has it any more', async () => {
    const inbox = await simulate(rule({ folders: ['INBOX'] }))
    const all = await simulate(rule({ sources: ['ana@b.example'] }))
    expect([inbox, all].map(({ occurrences, messages, held }) => [occurrences, messages, held])).toEqual([
      [2, 1, 0],
      [4, 3, 0],
    ])
  })

  it('removes nothing that a hold keeps, and says which hold it was', async () => {
    await hold({ people: ['ben@old.example'] })
    const effect = await simulate(rule({ sources: ['ana@b.example'] }))
    await apply(rule({ sources: ['ana@b.example'] }))
    expect([effect.occurrences, effect.held, effect.heldBy, await subjects()]).toEqual([
      2,
      2,
      [{ holdId: 'hold', name: 'Case 12', occurrences: 2 }],
      ['Subject-1-of-800', 'Subject-1-of-800', 'Subject-3-of-10', 'Subject-4-of-5'],
    ])
  })

  it('removes for good: nothing of the mail is left in any file, the rest is whole, and space came back', async () => {
    const before = statSync(join(root, 'packs', 'pack-000001.mbox.zst')).size
    const report = await apply(rule({ sources: ['ana@b.example'] }))
    const { verify, messages } = await readArchive(root)
    const left = ['Subject-1-of-800', 'Word2x700', 'cleo@old.example', 'Subject-5'].filter((text) =>
      isAnywhere(root, text),
    )
    expect([
      [report.messages, report.occurrences, report.freedBytes > 0],
      messages.map(({ subject }) => subject).toSorted(),
      verify.damage,
      left,
      statSync(join(root, 'packs', 'pack-000001.mbox.zst')).size < before,
    ]).toEqual([[3, 4, true], ['Subject-3-of-10', 'Subject-4-of-5'], [], [], true])
  })

  it('makes messages whole that copied from a removed one', async () => {
    await apply(rule({ sources: ['ana@b.example'] }))
    const rows = (await readArchive(root)).messages
    const sources = await Promise.all(
      rows.map(
        async ({ occurrenceId }) => (await thread.call('readSource', [root, occurrenceId, 1_000_000])).text,
      ),
    )
    await thread.call('closeReader', [root])
    expect(sources.toSorted()).toEqual(
      [message(3, 10, 'Ben <ben@old.example>', true), message(4, 5, 'Dan <dan@new.example>', true)]
        .map((bytes) => bytes.toString('latin1'))
        .toSorted(),
    )
  })

  it('holds after the index is made anew from the packs: the same mail, and no pull brings back what was removed', async () => {
    await apply(rule({ sources: ['ana@b.example'] }))
    const before = (await readArchive(root)).messages.map(({ sha256 }) => sha256)
    const writer = await openArchiveWriter({
      root,
      card: readArchiveCard(root),
      nowMs: () => nowMs,
      rebuild: true,
    })
    const known = writer.index.prepare('SELECT count(*) FROM removed').pluck().get()
    writer.close()
    const after = await readArchive(root)
    expect([after.messages.map(({ sha256 }) => sha256), after.verify.damage, known]).toEqual([before, [], 4])
  })

  it('takes no bytes from messages that shared them with one that was damaged and stored once more', async () => {
    const damaged = message(1, 800, 'Ben <ben@old.example>', true)
    const place = placesIn(root, 1).find(({ uid }) => uid === 1)
    const pack = join(root, 'packs', 'pack-000001.mbox.zst')
    const bytes = readFileSync(pack)
    const at = (place?.offset ?? 0) + 20
    bytes[at] = (bytes[at] ?? 0) ^ 0x20
    writeFileSync(pack, bytes)
    const { verify } = await readArchive(root)
    const hit = verify.damage.filter(({ offset }) => offset === place?.offset)
    await thread.call('openRepair', [root, false])
    await thread.call('storeAgain', [root, hit[0]?.sha256 ?? '', damaged])
    await thread.call('enterRepair', [root, hit, 'server'])
    await thread.call('closeRepair', [])
    await thread.call('closeReader', [root])
    // An index made anew meets those that copy from it before it meets the message itself.
    await thread.call('openWriter', [root, true])
    await thread.call('closeWriter', [])
    await apply(rule({ sources: ['ana@b.example'] }))
    const { verify: after, messages } = await readArchive(root)
    const left = ['Subject-1-of-800', 'Word1x800'].filter((text) => isAnywhere(root, text))
    expect([
      hit.length,
      messages.map(({ subject }) => subject).toSorted(),
      [after.damage, left],
      await thread.call('unfinishedPacks', [root]),
    ]).toEqual([1, ['Subject-3-of-10', 'Subject-4-of-5'], [[], []], 0])
  })

  it('that was cut off takes nothing from the disk any more once a hold was placed, until that is lifted', async () => {
    const wanted = rule({ folders: ['Old'] })
    const { fingerprint } = await simulate(wanted)
    await thread.call('closeReader', [root])
    const pack = join(root, 'packs', 'pack-000001.mbox.zst')
    const cutOff = () => Promise.reject(new Error('cut off'))
    await expect(removeMail(root, { rule: wanted, fingerprint, by: 'Ana' }, nowMs, cutOff)).rejects.toThrow()
    await hold({ people: ['somebody@else.example'] })
    const onDisk = readFileSync(pack)
    const refused = [
      await failureOf(() => thread.call('finishRemoval', [root])),
      await failureOf(() => apply(rule({ sources: ['ana@b.example'] }))),
    ]
    const kept = [isAnywhere(root, 'Subject-5-of-900'), readFileSync(pack).equals(onDisk)]
    await lift()
    await thread.call('finishRemoval', [root])
    expect([refused, kept, isAnywhere(root, 'Subject-5-of-900')]).toEqual([
      ['record.conflict', 'record.conflict'],
      [true, true],
      false,
    ])
  })

  it('that was cut off before its words left the text index is finished there, too', async () => {
    const extractor = createExtractor()
    await catchUpText(root, extractor, () => Promise.resolve())
    await extractor.dispose()
    const indexed = () => {
      const db = new Database(join(root, 'text.sqlite'), { readonly: true })
      const documents = db.prepare('SELECT count(*) FROM documents').pluck().get()
      db.close()
      return documents
    }
    const before = indexed()
    const writer = await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: () => nowMs })
    writeRemovalJournal(root, [1])
    const place = { source: 'ana@b.example', folder: 'Old', uidValidity: '7' }
    writer.record([{ kind: 'removed', ...place, uids: [2], ledgerSeq: 1, atMs: nowMs }])
    writer.close()
    await thread.call('finishRemoval', [root])
    expect([before, indexed()]).toEqual([5, 4])
  })

  it('and whoever else removes mail by its holds stops where the ledger is damaged', async () => {
    await hold({ people: ['ben@old.example'] })
    const file = join(root, 'ledger.jsonl')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"atMs":', '"atMs": '))
    const asked = await Promise.all([
      failureOf(() => thread.call('allHolds', [root])),
      failureOf(() => thread.call('holds', [root])),
    ])
    expect(asked).toEqual(['archive.damaged', 'no failure'])
  })

  it('refuses to remove anything else than what was simulated', async () => {
    const wanted = rule({ sources: ['ana@b.example'] })
    const { fingerprint } = await simulate(wanted)
    await hold({ senders: ['@old.example'] })
    await thread.call('closeReader', [root])
    const refused = thread.call('removeMail', [root, { rule: wanted, fingerprint, by: 'Ana' }, nowMs])
    await expect(refused).rejects.toMatchObject({ code: 'record.conflict' })
  })

  it('writes down who removed what, under which rule', async () => {
    await apply(rule({ folders: ['Old'] }))
    const ledger = readFileSync(join(root, 'ledger.jsonl'), 'utf8')
    const removed = ledger
      .trim()
      .split('\n')
      .map(
        (line) =>
          (JSON.parse(line) as { entry: { kind: string; by?: string; rule?: string; messages?: number } })
            .entry,
      )
      .filter(({ kind }) => kind === 'removed')
    expect(removed.map(({ by, rule: name, messages }) => [by, name, messages])).toEqual([
      ['Ana', 'Old mail', 1],
    ])
  })
})
