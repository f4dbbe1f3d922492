/** Where Electron's runtime is, or why it cannot be used here. Plain Node >= 20, no dependencies. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectNode, root, run, say, userId } from './setup.mjs'

const fetchLimitMs = 180_000

const programs = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }
const program = programs[process.platform] ?? 'electron'

/** The runtime that is on this computer: the one named by ELECTRON_OVERRIDE_DIST_PATH, or the fetched one. */
export function findElectron(env = process.env) {
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist')
  const path = join(folder, program)
  return existsSync(path) && isRightVersion(folder, env) ? path : null
}

/** Half a download, or an older release's, is no runtime. One that was named is taken at its word. */
function isRightVersion(folder, env) {
  if (env.ELECTRON_OVERRIDE_DIST_PATH !== undefined) return true
  const wanted = JSON.parse(
    readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
  ).version
  const file = join(folder, 'version')
  return existsSync(file) && readFileSync(file, 'utf8').trim().replace(/^v/, '') === wanted
}

/** Why no window can be opened on this computer, whatever is installed; null when one can. */
export function whyNoWindow(env = process.env, platform = process.platform, uid = userId) {
  if (platform !== 'linux') return null
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display here'
  if (uid === 0) return 'Electron’s sandbox does not work for root'
  return null
}

/** Finds Electron's runtime or fetches it, within a limit of time. Answers with its path, or with why not. */
export async function obtainElectron() {
  const noWindow = whyNoWindow()
  if (noWindow !== null) return { path: null, reason: noWindow }
  const there = findElectron()
  if (there !== null) return { path: there, reason: null }
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined)
    return { path: null, reason: `ELECTRON_OVERRIDE_DIST_PATH has no ${program} in it` }
  say('Fetching Electron’s runtime, once (about 110 MB).')
  const code = await run(projectNode, [join(root, 'node_modules', 'electron', 'install.js')], {
    stdio: 'ignore',
    signal: AbortSignal.timeout(fetchLimitMs),
  })
  const fetched = code === 0 ? findElectron() : null
  return fetched === null
    ? { path: null, reason: 'its runtime could not be fetched' }
    : { path: fetched, reason: null }
}
