import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moveIn, toggled, withRange } from '../../../../renderer/ui/list-moves.ts'

const ids = ['a', 'b', 'c', 'd']

test('Moves stay inside the list and start at its top.', () => {
  expect([
    moveIn(ids, null, 'next'),
    moveIn(ids, null, 'previous'),
    moveIn(ids, 'b', 'next'),
    moveIn(ids, 'b', 'previous'),
    moveIn(ids, 'd', 'next'),
    moveIn(ids, 'a', 'previous'),
    moveIn(ids, 'b', 'last'),
    moveIn(ids, 'a', 'pageDown', 2),
    moveIn(ids, 'd', 'pageUp', 9),
    moveIn(ids, 'gone', 'next'),
    moveIn([], 'a', 'next'),
  ]).toEqual(['a', 'a', 'c', 'a', 'd', 'a', 'd', 'c', 'a', 'a', null])
})

test('A range takes in everything between, in either direction, and keeps what was selected.', () => {
  expect([
    [...withRange(ids, new Set(), 'b', 'd')],
    [...withRange(ids, new Set(['a']), 'c', 'b')],
    [...withRange(ids, new Set(), null, 'c')],
  ]).toEqual([['b', 'c', 'd'], ['a', 'b', 'c'], ['c']])
})

test('Selecting twice changes nothing.', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string()), fc.string(), (selected, id) => {
      const before = new Set(selected)
      expect(toggled(toggled(before, id), id)).toEqual(before)
    }),
  )
})
