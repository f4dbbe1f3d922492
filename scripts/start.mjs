/**
 * `npm start`: sets up what is missing, then opens the console: in Electron where its runtime is there or can be
 * fetched, else in the browser. Plain Node >= 20, no dependencies.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { obtainElectron } from './electron-runtime.mjs'
import {
  buildConsole,
  findProgram,
  installDependencies,
  isWindows,
  main,
  projectEnv,
  projectNode,
  requireNode,
  root,
  say,
  SetupProblem,
} from './setup.mjs'

const usage = `npm start [-- FLAGS]
  --data-dir DIR   folder with the data of this desk
  --browser        the console in the browser, even where Electron is
  --port PORT      the browser console's port; 0 takes a free one (implies --browser)
  --no-open        print the link instead of opening the browser (implies --browser)
`

/** A window that ends in failure so soon was never seen: the browser console takes over. */
const neverSeenMs = 8_000

await main(import.meta.url, async (args) => {
  const flags = readFlags(args)
  if (flags.help) {
    process.stdout.write(usage)
    return 0
  }
  requireNode()
  await installDependencies()
  await buildConsole()
  if (flags.browser) return openInBrowser(flags)
  const electron = await obtainElectron()
  if (electron.path === null) {
    say(`Electron cannot be used (${electron.reason}), so the console opens in the browser.`)
    return openInBrowser(flags)
  }
  return openInElectron(electron.path, flags)
})

/** The flags of `npm start`, or a SetupProblem with the usage. */
export function readFlags(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        'data-dir': { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        browser: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return { ...values, browser: values.browser || values.port !== undefined || values['no-open'] }
  } catch (error) {
    throw new SetupProblem(`${error.message}\n\n${usage}`)
  }
}

async function openInElectron(path, flags) {
  const startedMs = performance.now()
  const dataDir = flags['data-dir']
  const env = projectEnv(dataDir === undefined ? {} : { MAIL_DESK_DATA_DIR: dataDir })
  const { exitCode } = await runForeground(path, [root], { stdio: 'inherit', env })
  if (exitCode === 0 || performance.now() - startedMs > neverSeenMs) return exitCode
  say(`Electron could not open its window (it ended with ${exitCode}), so the console opens in the browser.`)
  return openInBrowser(flags)
}

async function openInBrowser(flags) {
  const args = [join(root, 'out', 'main', 'cli.js'), '--json', 'serve']
  if (flags['data-dir'] !== undefined) args.push('--data-dir', flags['data-dir'])
  if (flags.port !== undefined) args.push('--port', flags.port)
  const { exitCode } = await runForeground(
    projectNode,
    args,
    { stdio: ['ignore', 'pipe', 'inherit'], env: projectEnv() },
    (child) => createInterface({ input: child.stdout }).on('line', (line) => void onServed(line, flags)),
  )
  return exitCode
}

/** The server's line is its address, or the refusal that ended it. */
async function onServed(line, flags) {
  const answer = JSON.parse(line)
  if (answer.url === undefined) {
    say(`The console could not be served: ${answer.error?.details?.problem ?? answer.error?.code ?? line}`)
    return
  }
  const opened = !flags['no-open'] && (await openLink(answer.url))
  say(opened ? 'Mail Desk is open in your browser. Press Ctrl-C to stop it.' : linkSentence(answer.url))
}

function linkSentence(url) {
  return `Open Mail Desk with this link; it works once:\n\n  ${url}\n\nPress Ctrl-C to stop it.`
}

/** Hands a link to the desktop's browser; false when there is none. */
async function openLink(url) {
  const opener = findOpener(process.env, process.platform)
  if (opener === null) return false
  const child = spawn(opener.program, [...opener.args, url], { stdio: 'ignore', detached: true })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
    // Some openers stay as long as the browser they started.
    setTimeout(() => resolve(true), 3000).unref()
    child.unref()
  })
}

/** The program that opens a link on this desktop, or null where there is no desktop. */
export function findOpener(env, platform) {
  if (platform === 'win32') return { program: 'rundll32', args: ['url.dll,FileProtocolHandler'] }
  if (platform === 'darwin') return { program: 'open', args: [] }
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return null
  const program = findProgram('xdg-open')
  return program === null ? null : { program, args: [] }
}

/** Runs a program until it ends; Ctrl-C and a polite kill reach it, and its end is ours. */
function runForeground(program, args, options, onStart = () => undefined) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, ...options })
    // Ctrl-C in a terminal reaches the program by itself; SIGTERM beside it is the same request again.
    const pass = () => {
      if (!isWindows) child.kill('SIGTERM')
    }
    process.on('SIGINT', pass).on('SIGTERM', pass)
    child.once('error', () => reject(new SetupProblem(`${program} could not be started.`)))
    child.once('exit', (code, signal) => {
      process.off('SIGINT', pass).off('SIGTERM', pass)
      resolve({ exitCode: code ?? (signal === null ? 1 : 0) })
    })
    onStart(child)
  })
}
