/**
 * `npm test [-- GROUP ...]`: sets up what the tests need and runs them all, or the named groups. Ends with one
 * line that counts them. With CI=true a test that cannot run for want of a package is a failure.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findElectron, whyNoWindow } from './electron-runtime.mjs'
import {
  buildConsole,
  installDependencies,
  main,
  projectEnv,
  projectNode,
  requireNode,
  root,
  run,
  runNpm,
  say,
  SetupProblem,
} from './setup.mjs'
import { canInstall, installPackages, missingNeeds } from './system-packages.mjs'
import { countPlaywright, countVitest, none, sum } from './test-counts.mjs'

const isCi = process.env.CI === 'true'

/** In this order: the quickest to fail come first. */
const groups = {
  check: { title: 'Types, lint, layers, dead code, formatting', run: () => npmScript('check') },
  unit: { title: 'Unit tests', run: vitest('unit') },
  db: { title: 'Database tests', run: vitest('db') },
  integration: { title: 'Integration tests, on real servers', run: vitest('integration') },
  faults: { title: 'The fault lab', run: vitest('faults') },
  e2e: { title: 'End-to-end tests, in Chromium and Electron', run: playwright },
}

await main(import.meta.url, async (names) => {
  const unknown = names.filter((name) => !(name in groups))
  if (unknown.length > 0)
    throw new SetupProblem(
      `There is no test group ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}.`,
    )
  requireNode()
  const chosen = names.length === 0 ? Object.keys(groups) : names
  const missing = await setUp(chosen)
  const results = []
  for (const name of chosen) results.push(await runGroup(name, missing))
  return report(results)
})

/** Makes the checkout ready; answers with the needs of the chosen groups that this computer cannot meet. */
async function setUp(chosen) {
  const wanted = () => missingNeeds().filter((need) => need.groups.some((group) => chosen.includes(group)))
  const atFirst = wanted()
  if (atFirst.length > 0 && canInstall()) await installPackages(atFirst.flatMap((need) => need.packages))
  // What keytar is built with may have come only now.
  const again = atFirst.length > 0 && !existsSync(join(root, 'node_modules', 'keytar'))
  await installDependencies({ again })
  await buildConsole()
  return wanted()
}

async function runGroup(name, allMissing) {
  const group = groups[name]
  heading(group.title)
  const missing = allMissing.filter((need) => need.groups.includes(name))
  for (const need of missing)
    say(
      `${isCi ? 'Missing' : 'Skipped'}: tests that need ${need.title} (Debian: apt-get install ${need.packages.join(' ')}).`,
    )
  if (isCi && missing.length > 0) return { name, passed: 0, failed: missing.length, skipped: 0 }
  if (name === 'e2e') sayWhyNoElectron()
  // Without a browser there is nothing to run; without a server its suites skip themselves, by name.
  if (name === 'e2e' && missing.some((need) => need.title === 'Chromium'))
    return { name, ...none, skipped: 1 }
  const startedMs = performance.now()
  const { exitCode, counts } = await group.run()
  const seconds = Math.round((performance.now() - startedMs) / 1000)
  // A group that fails without a failed test (a crash, a type error) counts as one failure.
  const failed = exitCode === 0 ? counts.failed : Math.max(1, counts.failed)
  say(`\n${group.title}: ${failed === 0 ? 'passed' : 'FAILED'} in ${seconds} s.`)
  return { name, ...counts, failed }
}

/** Electron's runtime is no package of npm or Debian: its absence is told, and is no failure in CI either. */
function sayWhyNoElectron() {
  const reason =
    findElectron() === null ? 'its runtime is not here; `npx install-electron` fetches it' : whyNoWindow()
  if (reason !== null) say(`Skipped: tests in real Electron (${reason}).`)
}

async function npmScript(script) {
  return { exitCode: await runNpm(['run', '-s', script]), counts: none }
}

function vitest(project) {
  return () =>
    withReport(async (file) => {
      const args = [
        'run',
        '--project',
        project,
        '--reporter',
        'default',
        '--reporter',
        'json',
        '--outputFile.json',
        file,
      ]
      // In colour where somebody looks.
      const env = process.stdout.isTTY ? {} : { NO_COLOR: '1' }
      return { exitCode: await tool('vitest/vitest.mjs', args, env), read: countVitest }
    })
}

function playwright() {
  return withReport(async (file) => {
    const args = ['test', '--reporter', 'list,json']
    const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file }
    return { exitCode: await tool('@playwright/test/cli.js', args, env), read: countPlaywright }
  })
}

/** Runs one of the checkout's tools on the checkout's Node. */
function tool(path, args, extra = {}) {
  return run(projectNode, [join(root, 'node_modules', path), ...args], { env: projectEnv(extra) })
}

/** Gives a test runner a file to report to, and counts what is in it afterwards. */
async function withReport(work) {
  const folder = mkdtempSync(join(tmpdir(), 'mail-desk-report-'))
  const file = join(folder, 'report.json')
  try {
    const { exitCode, read } = await work(file)
    const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : none
    return { exitCode, counts }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function heading(title) {
  say(`\n${title}\n${'-'.repeat(title.length)}`)
}

function report(results) {
  const { passed, failed, skipped } = results.reduce(sum, none)
  const broken = results.filter((result) => result.failed > 0).map((result) => result.name)
  if (broken.length > 0) say(`\nFailed: ${broken.join(', ')}.`)
  say(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
  return failed === 0 ? 0 : 1
}
