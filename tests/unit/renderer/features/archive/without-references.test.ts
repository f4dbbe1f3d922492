import { expect, test } from 'vitest'
import { withoutReferences } from '../../../../../renderer/features/archive/without-references.ts'

test('a style sheet loads nothing, and keeps the pictures that the message carries itself', () => {
  const css =
    '@import "http://x/a.css"; a { background: url( "http://x/b.png" ) } b { background: url("data:image/png,x") }'
  expect(withoutReferences(css)).toBe(' a { background: none } b { background: url("data:image/png,x") }')
})

test('style that is built to keep the reader busy is done with at once', () => {
  const startedAt = performance.now()
  const hostile = [`url(`.repeat(500_000), `url(${' '.repeat(1_000_000)}`, '@import'.repeat(300_000)]
  expect([hostile.map(withoutReferences), performance.now() - startedAt < 2_000]).toEqual([
    ['none', 'none', ''],
    true,
  ])
})
