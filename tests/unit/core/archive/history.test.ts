import { describe, expect, it } from 'vitest'
import { tellHistory } from '../../../../core/archive/history.ts'
import type { HistoryPlace } from '../../../../core/archive/history.ts'

const hours = 3_600_000
const place = (folder: string, archivedAtMs: number, more: Partial<HistoryPlace> = {}): HistoryPlace => ({
  source: 'ana@b.example',
  folder,
  presence: 'here',
  archivedAtMs,
  goneAtMs: null,
  changes: [],
  ...more,
})

describe('the history of a message', () => {
  it('tells a move where it left one folder and came into another in the same pull', () => {
    const told = tellHistory([
      place('INBOX', 0, { presence: 'gone', goneAtMs: 50 * hours }),
      place('Work', 50 * hours + 5),
    ])
    expect(told).toEqual([
      { kind: 'archived', atMs: 0, folder: 'INBOX' },
      { kind: 'moved', atMs: 50 * hours + 5, folder: 'INBOX', to: 'Work' },
    ])
  })

  it('tells a copy and a later removal as what they are', () => {
    const told = tellHistory([
      place('INBOX', 0, { presence: 'gone', goneAtMs: 90 * hours }),
      place('Work', 50 * hours),
    ])
    expect(told.map(({ kind, folder }) => [kind, folder])).toEqual([
      ['archived', 'INBOX'],
      ['archived', 'Work'],
      ['gone', 'INBOX'],
    ])
  })

  it('tells flags and labels by what came and what went, and new numbers as no arrival', () => {
    const change = { atMs: 7, flagsBefore: ['\\Seen'], flags: ['\\Flagged'], labelsBefore: ['a'] }
    const told = tellHistory([
      place('INBOX', 0, {
        presence: 'renumbered',
        goneAtMs: 20,
        changes: [{ ...change, labels: ['a', 'b'] }],
      }),
      place('INBOX', 19),
    ])
    expect(told).toEqual([
      { kind: 'archived', atMs: 0, folder: 'INBOX' },
      { kind: 'flags', atMs: 7, folder: 'INBOX', added: ['\\Flagged'], removed: ['\\Seen'] },
      { kind: 'labels', atMs: 7, folder: 'INBOX', added: ['b'], removed: [] },
      { kind: 'renumbered', atMs: 20, folder: 'INBOX' },
    ])
  })
})
