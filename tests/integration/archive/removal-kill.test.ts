import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { RetentionRule } from '../../../core/archive/retention.ts'
import { readRemovalJournal } from '../../../main/features/archive/retention/journal.ts'
import { finishRemoval } from '../../../main/features/archive/retention/remove.ts'
import { readArchiveCard } from '../../../main/features/archive/store/folder.ts'
import { openArchiveWriter } from '../../../main/features/archive/store/writer.ts'
import { makeArchive } from '../../helpers/archive.ts'
import { readArchive, unpackWithZstd } from '../../helpers/archive-contents.ts'

/** How often a removal is killed; `KILLS=500` before a release. */
const kills = Number(process.env.KILLS ?? 8)
const child = join(import.meta.dirname, '../../helpers/removal-child.ts')
const day = 24 * 3_600_000
const nowMs = Date.UTC(2026, 4, 1)
const rule: RetentionRule = {
  ...{ ruleId: 'rule', archiveId: 'archive', name: 'Old mail', olderThanDays: 365, ageOf: 'date' },
  ...{ onlyGone: false, bySchedule: false },
  criteria: { sources: ['ana@b.example'], folders: [], labels: [], senders: [], people: [] },
}

let folder: string
let root: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-removal-kill-'))
  root = makeArchive(folder)
  return () => rmSync(folder, { recursive: true, force: true })
})

/** Old and new mail by turns, some of it with the same attachment, in packs of 60 kB. */
async function fill(round: number): Promise<void> {
  const attachment = randomBytes(30_000)
    .toString('base64')
    .replace(/(.{76})/g, '$1\r\n')
  const options = { root, card: readArchiveCard(root), nowMs: () => nowMs, packTargetBytes: 60_000 }
  const writer = await openArchiveWriter(options)
  const at = { source: 'ana@b.example', folder: 'INBOX', uidValidity: '1', flags: [], archivedAtMs: nowMs }
  for (let n = 0; n < 8; n++) {
    const age = n % 2 === 0 ? 'old' : 'new'
    const date = nowMs - (age === 'old' ? 800 : 5) * day
    const head = `Date: ${new Date(date).toUTCString()}\r\nSubject: ${age} ${round} ${n}\r\nMIME-Version: 1.0\r\n`
    const part = n < 4 ? attachment : randomBytes(20_000).toString('base64')
    const body = `Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n${part}\r\n`
    writer.append([
      { at: { ...at, uid: round * 100 + n + 1, internalDateMs: date }, bytes: Buffer.from(head + body) },
    ])
  }
  writer.close()
}

/** Lets a child remove mail and kills it so many milliseconds after it began; true when it had not come to its end. */
function removeAndKill(afterMs: number): Promise<boolean> {
  const removing = spawn(process.execPath, [child, root, JSON.stringify(rule), String(nowMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  removing.stdout.on('data', (text: Buffer) => {
    if (said === '') setTimeout(() => removing.kill('SIGKILL'), afterMs)
    said += text.toString()
  })
  return new Promise((resolve) => removing.on('close', () => resolve(!said.includes('end'))))
}

it(
  'a removal that is killed at any moment loses nothing else, doubles nothing, and leaves nothing when it is finished',
  async () => {
    const wrong: string[] = []
    let cut = 0
    for (let round = 0; round < kills; round++) {
      await fill(round)
      if (await removeAndKill(Math.random() * 120)) cut++
      // Whatever the moment, the next writer makes the archive right: all new mail whole, old mail all or none of it.
      ;(await openArchiveWriter({ root, card: readArchiveCard(root), nowMs: () => nowMs })).close()
      const { messages, verify } = await readArchive(root)
      const subjects = messages.map(({ subject }) => subject)
      const fresh = subjects.filter((subject) => subject.startsWith('new '))
      const old = subjects.filter((subject) => subject.startsWith('old '))
      if (fresh.length !== 4 * (round + 1) || new Set(fresh).size !== fresh.length)
        wrong.push(`round ${round}: ${fresh.length} new messages`)
      // Four come with each round; those of a round whose removal had not begun fall under the rule in the next one.
      if (old.length % 4 !== 0) wrong.push(`round ${round}: ${old.length} old messages`)
      wrong.push(...verify.damage.map(({ problem }) => `round ${round}: ${problem}`))
      if (round % 2 === 0 && readRemovalJournal(root).length > 0)
        await finishRemoval(root, () => Promise.resolve())
    }
    await finishRemoval(root, () => Promise.resolve())
    await removeAndKill(600_000)
    const { messages, verify } = await readArchive(root)
    const left = unpackWithZstd(root).includes('Subject: old ')
    expect([wrong, messages.length, verify.damage, left, cut > 0]).toEqual([[], 4 * kills, [], false, true])
  },
  30_000 + kills * 4_000,
)
