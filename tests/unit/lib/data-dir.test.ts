import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { chooseDataDir } from '../../../main/lib/data-dir.ts'

const home = homedir()

test.each([
  ['the folder that was asked for', 'here', { MAIL_DESK_DATA_DIR: '/else' }, 'linux', resolve('here')],
  ['the folder in the environment', undefined, { MAIL_DESK_DATA_DIR: '/else' }, 'linux', resolve('/else')],
  ['Windows’ place', undefined, { APPDATA: '/roaming' }, 'win32', join('/roaming', 'Mail Desk')],
  ['macOS’ place', undefined, {}, 'darwin', join(home, 'Library', 'Application Support', 'Mail Desk')],
  ['the XDG place', undefined, { XDG_DATA_HOME: '/xdg' }, 'linux', join('/xdg', 'mail-desk')],
  ['the XDG default', undefined, {}, 'linux', join(home, '.local', 'share', 'mail-desk')],
  [
    'the default when the environment says nothing',
    undefined,
    { MAIL_DESK_DATA_DIR: '' },
    'freebsd',
    join(home, '.local', 'share', 'mail-desk'),
  ],
] as const)('the data are kept in %s', (_, asked, env, platform, expected) => {
  expect(chooseDataDir(asked, env, platform)).toBe(expected)
})
