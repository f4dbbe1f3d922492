import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as queries from '../../db/queries/index.ts'

test('every query of the database is called by somebody', () => {
  // The client makes its functions from names at run time, so that no tool sees who calls them.
  const code = globSync('{main,db,tests/bench}/**/*.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const isCalled = (name: string) => new RegExp(String.raw`(?<!function )\b${name}\(`).test(code)
  const all = Object.entries(queries).flatMap(([module, functions]) =>
    Object.keys(functions).map((name) => ({ module, name })),
  )
  expect(all.filter(({ name }) => !isCalled(name))).toEqual([])
})
