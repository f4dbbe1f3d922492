/**
 * What `npm start` and `npm test` share: the checkout is made ready, and every failure is a sentence.
 * Plain Node >= 20 and nothing else, because it runs before anything is installed.
 */
import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  rmdirSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const isWindows = process.platform === 'win32'
/** Not by `os.userInfo`, which throws where the user has no entry, as in many containers. */
export const userId = process.getuid?.() ?? -1
const oldestNodeMajor = 20

/** A failure that the reader can do something about: printed as it is, without a stack. */
export class SetupProblem extends Error {}

/** Node 24 of the checkout (a dev dependency): what everything but these scripts runs on. */
export const projectNode = join(root, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node')

/** The environment in which the checkout's own tools, and its own Node, come first. */
export function projectEnv(extra = {}) {
  const path = process.env.PATH ?? process.env.Path ?? ''
  return { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${path}`, ...extra }
}

/** Prints a heading line: what happens now. */
export function say(sentence) {
  process.stdout.write(`${sentence}\n`)
}

/** Runs a program with its output on this terminal; resolves with its exit code, 127 when it is not there. */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: projectEnv(), ...options })
    child.once('error', () => resolve(127))
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/** Runs a program without a word; what it said is in the answer, to be shown when it failed. */
export async function runQuietly(program, args, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'mail-desk-log-'))
  const log = openSync(join(folder, 'log'), 'w')
  try {
    const code = await run(program, args, { stdio: ['ignore', log, log], ...options })
    return { code, said: readFileSync(join(folder, 'log'), 'utf8') }
  } finally {
    closeSync(log)
    rmSync(folder, { recursive: true })
  }
}

/** Runs npm; on Windows it is a command file, which only a shell can start. */
export function runNpm(args, options = {}) {
  return run('npm', args, { shell: isWindows, ...options })
}

/** Refuses a Node on which npm cannot install the packages. */
export function requireNode(version = process.versions.node) {
  if (Number(version.split('.')[0]) < oldestNodeMajor)
    throw new SetupProblem(
      `Mail Desk needs Node ${oldestNodeMajor} or newer to set itself up; this is Node ${version}. Install a newer one and try again.`,
    )
}

/** Installs the packages of package-lock.json unless exactly these are there already, or `again` is asked. */
export async function installDependencies({ again = false } = {}) {
  if (again || !isInstalled(readJson('package-lock.json'), readJson('node_modules/.package-lock.json'))) {
    say('Installing the packages that Mail Desk is made of (npm ci). The first time takes a minute or two.')
    const code = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env: process.env })
    if (code === 127)
      throw new SetupProblem('npm was not found beside Node. Install npm (it comes with Node) and try again.')
    if (code !== 0)
      throw new SetupProblem(
        `The packages could not be installed (npm ci ended with ${code}). Its reason stands above; without a network, connect and try again.`,
      )
  }
  if (!existsSync(projectNode))
    throw new SetupProblem(
      'The package "node" brought no Node 24: its install script was not allowed to run. Run `npm rebuild node` and try again.',
    )
}

/**
 * Whether npm's record of what is in node_modules has every package of the lock at its version. Optional
 * packages may be missing: another platform's, or keytar where it cannot be built.
 */
export function isInstalled(lock, installed) {
  if (installed === null) return false
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true
    const found = installed.packages[path]
    return found === undefined ? wanted.optional === true : found.version === wanted.version
  })
}

const abandonedAfterMs = 300_000

const sources = [
  'core',
  'db',
  'main',
  'preload',
  'renderer',
  'electron.vite.config.ts',
  'vite.config.ts',
  'package-lock.json',
]

/** Builds the console unless `out` is newer than all that it is made from. One build at a time. */
export async function buildConsole() {
  const lock = join(root, '.cache', 'building')
  mkdirSync(join(root, '.cache'), { recursive: true })
  while (!isBuilt()) {
    if (!take(lock)) {
      await setTimeout(200)
      continue
    }
    try {
      say('Building the console.')
      const { code, said } = await runQuietly('npm', ['run', '-s', 'build'], { shell: isWindows })
      if (code !== 0)
        throw new SetupProblem(`${said}\nThe console could not be built (the build ended with ${code}).`)
      return
    } finally {
      rmdirSync(lock)
    }
  }
}

function isBuilt() {
  const newest = Math.max(...sources.map((path) => newestChangeMs(join(root, path))))
  return ['out/main/cli.js', 'out/main/index.js', 'out/renderer/index.html']
    .map((path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0)
    .every((builtMs) => builtMs > newest)
}

/** Makes the folder that says "taken"; one that was left behind by a program that was killed does not count. */
function take(lock) {
  try {
    mkdirSync(lock)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const sinceMs = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - sinceMs > abandonedAfterMs) rmSync(lock, { recursive: true, force: true })
    return false
  }
}

/** When something in a folder last changed; a removed file changes its folder. */
export function newestChangeMs(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestChangeMs(join(path, name))))
}

/** Where a program is on this computer, or null. Daemons live in sbin, which is not on everybody's PATH. */
export function findProgram(...names) {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/opt/homebrew/sbin',
  ]
  const endings = isWindows ? ['.exe', '.cmd', ''] : ['']
  const paths = folders.flatMap((f) =>
    names.flatMap((name) => endings.map((ending) => join(f, name + ending))),
  )
  return paths.find((path) => existsSync(path)) ?? null
}

/** Runs a script's main function; a SetupProblem ends it with its sentence and exit code 1. */
export async function main(moduleUrl, work) {
  const started = process.argv[1]
  if (started === undefined || pathToFileURL(realpathSync(started)).href !== moduleUrl) return
  try {
    process.exitCode = await work(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}

function readJson(path) {
  const full = join(root, path)
  return existsSync(full) ? JSON.parse(readFileSync(full, 'utf8')) : null
}

await main(import.meta.url, async () => {
  requireNode()
  await installDependencies()
  await buildConsole()
  say('Mail Desk is set up.')
  return 0
})
