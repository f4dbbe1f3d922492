import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

/**
 * The rules of docs/architecture.md ("Who may import whom") are in .dependency-cruiser.cjs. Here each of them
 * meets a small tree of files that breaks it, and one that does not.
 */
vi.setConfig({ hookTimeout: 60_000 })

/** Each line: who imports what, and the rules that must say no. */
const imports: readonly (readonly [from: string, to: string, rules: readonly string[]])[] = [
  // what the layers are for
  ['core/tickets/fold.ts', 'node:fs', ['core-is-pure']],
  ['core/tickets/clocks.ts', 'better-sqlite3', ['core-is-pure']],
  ['core/tickets/types.ts', 'main/lib/clock.ts', ['core-is-pure']],
  ['db/queries/tickets.ts', 'main/lib/clock.ts', ['db-below-main']],
  ['db/queries/people.ts', 'electron', ['electron-only-in-shell']],
  ['main/features/tickets/index.ts', 'electron', ['electron-only-in-shell']],
  ['main/serve/socket.ts', 'electron', ['electron-only-in-shell']],
  ['main/features/tickets/send.ts', 'main/protocols/smtp/send.ts', ['features-use-ports']],
  ['main/features/tickets/admin.ts', 'main/providers/zoho/client.ts', ['features-use-ports']],
  ['main/features/tickets/link.ts', 'main/features/archive/pull.ts', ['features-use-index']],
  ['main/protocols/smtp/save.ts', 'main/features/tickets/index.ts', ['adapters-know-no-features']],
  ['main/protocols/smtp/store.ts', 'db/client.ts', ['adapters-know-no-features']],
  ['main/shell/window.ts', 'db/client.ts', ['shell-has-no-sql']],
  ['main/cli/print.ts', 'renderer/ui/index.ts', ['main-never-imports-renderer']],
  ['preload/index.ts', 'zod', ['preload-is-tiny']],
  ['renderer/features/queue/list.tsx', 'main/lib/clock.ts', ['renderer-sees-core-only']],
  ['renderer/features/queue/rows.tsx', 'db/client.ts', ['renderer-sees-core-only']],
  ['renderer/features/queue/file.tsx', 'node:fs', ['renderer-has-no-node']],
  ['renderer/features/queue/card.tsx', 'renderer/features/people/card.tsx', ['renderer-features-use-index']],
  ['core/desk/a.ts', 'core/desk/b.ts', ['no-cycles']],
  // what they leave free
  ['core/desk/contract.ts', 'zod', []],
  ['db/client.ts', 'better-sqlite3', []],
  ['main/features/archive/pull.ts', 'db/client.ts', []],
  ['main/features/archive/index.ts', 'main/features/people/index.ts', []],
  ['main/protocols/imap/connect.ts', 'main/features/archive/ports.ts', []],
  ['main/shell/menu.ts', 'electron', []],
  ['main/index.ts', 'electron', []],
  ['main/compose.ts', 'main/protocols/smtp/send.ts', []],
  ['preload/bridge.ts', 'core/contract/wire.ts', []],
  ['renderer/features/people/page.tsx', 'renderer/features/queue/index.tsx', []],
  ['renderer/features/people/name.tsx', 'core/contract/wire.ts', []],
]

/** Files that are only imported. */
const leaves = [
  'core/contract/wire.ts',
  'main/lib/clock.ts',
  'main/protocols/smtp/send.ts',
  'main/providers/zoho/client.ts',
  'main/features/people/index.ts',
  'main/features/archive/ports.ts',
  'renderer/ui/index.ts',
  'renderer/features/people/card.tsx',
  'renderer/features/queue/index.tsx',
]
const packages = ['zod', 'electron', 'better-sqlite3']

let folder: string
let found: Map<string, readonly string[]>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-layers-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const leaf of leaves) write(leaf, 'export const value = 1\n')
  // The other half of the circle, which is reported once.
  write('core/desk/b.ts', "export { value } from './a.ts'\n")
  for (const name of packages) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    write(`node_modules/${name}/index.js`, 'module.exports = {}\n')
  }
  for (const [from, to] of imports) {
    const isFile = /\.tsx?$/.test(to)
    const specifier = isFile ? `${'../'.repeat(from.split('/').length - 1) || './'}${to}` : to
    write(from, `import * as imported from '${specifier}'\nexport const value = imported\n`)
  }
  cpSync('tsconfig.base.json', join(folder, 'tsconfig.base.json'))
  found = await cruise()
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the real tool with the real rules; answers with the broken rules by importing file. */
async function cruise(): Promise<Map<string, readonly string[]>> {
  const tool = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const config = ['--config', resolve('.dependency-cruiser.cjs'), '--output-type', 'json']
  const args = [tool, 'core', 'db', 'main', 'preload', 'renderer', ...config]
  // It ends with the number of broken rules, and there are some.
  const stdout = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 1e8 }).then(
    (all) => all.stdout,
    (error: unknown) => (error as { stdout: string }).stdout,
  )
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { from: string; rule: { name: string } }[] }
  }
  const byFile = Object.groupBy(summary.violations, ({ from }) => from)
  return new Map(
    Object.entries(byFile).map(([from, all]) => [
      from,
      [...new Set((all ?? []).map(({ rule }) => rule.name))],
    ]),
  )
}

describe('the layers', () => {
  test.each(imports.filter(([, , rules]) => rules.length > 0))(
    'keep %s from importing %s',
    (from, _, rules) => {
      expect(found.get(from)).toEqual(rules)
    },
  )

  test.each(imports.filter(([, , rules]) => rules.length === 0))('let %s import %s', (from) => {
    expect(found.get(from)).toBeUndefined()
  })

  test('have no rule that this table does not try', () => {
    const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
      forbidden: { name: string }[]
    }
    const tried = new Set(imports.flatMap(([, , rules]) => rules))
    expect(config.forbidden.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([])
  })
})
