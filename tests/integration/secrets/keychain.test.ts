import { execFile } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)
const exercise = fileURLToPath(new URL('../../helpers/keychain-exercise.ts', import.meta.url))
const needed = { 'dbus-run-session': 'dbus', 'gnome-keyring-daemon': 'gnome-keyring' }
const missing = process.platform !== 'linux' ? ['Linux'] : Object.entries(needed).flatMap(packageIfMissing)

function packageIfMissing([program, debianPackage]: readonly [string, string]): readonly string[] {
  const found = (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
  return found ? [] : [`the package ${debianPackage}`]
}

/** The exercise in an empty home, so that no keyring of this computer is touched. */
async function exerciseBy(command: readonly string[]): Promise<unknown> {
  const home = mkdtempSync(join(tmpdir(), 'keyring-'))
  const own = { HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home, NODE_NO_WARNINGS: '1' }
  try {
    const [program = '', ...args] = command
    const { stdout } = await run(program, args, {
      env: { PATH: process.env['PATH'], ...own },
    })
    return JSON.parse(stdout)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

const unlocked = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$0" "$@"'

describe.skipIf(missing.length > 0)(
  missing.length === 0 ? 'the keychain' : `the keychain (skipped: needs ${missing.join(' and ')})`,
  () => {
    it('keeps, gives back and forgets a secret where a keyring is unlocked', async () => {
      const command = ['dbus-run-session', '--', 'sh', '-c', unlocked, process.execPath, exercise]
      expect(await exerciseBy(command)).toEqual({
        problem: null,
        seen: { before: null, stored: 'pässwörd 🐟', after: null },
      })
    })

    it('says that there is no D-Bus session instead of throwing', async () => {
      expect(await exerciseBy([process.execPath, exercise])).toEqual({
        problem: 'There is no D-Bus session',
        seen: null,
      })
    })
  },
)
