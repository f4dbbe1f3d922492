import { expect, test } from 'vitest'
import { matchesText } from '../../../../renderer/frame/palette-search.ts'
import { reachOf } from '../../../../renderer/frame/reach.ts'

test('The desk’s own program comes first; a network that was not asked about is not "online".', () => {
  expect([
    reachOf('connected', 'connected'),
    reachOf('connected', 'offline'),
    reachOf('connected', 'failed'),
    reachOf('connected', undefined),
    reachOf('connecting', undefined),
    reachOf('disconnected', 'connected'),
  ]).toEqual(['online', 'offline', 'unknown', 'connecting', 'connecting', 'disconnected'])
})

test('The palette finds all words in any order, without regard to case and accents.', () => {
  const item = { label: 'Chiara Rossì', detail: 'chiara@harbour.example' }
  expect(['', 'rossi', 'HARBOUR chi', 'ross ben'].map((text) => matchesText(item, text))).toEqual([
    true,
    true,
    true,
    false,
  ])
})
