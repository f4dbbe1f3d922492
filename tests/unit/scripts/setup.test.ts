import { describe, expect, test } from 'vitest'
import { whyNoWindow } from '../../../scripts/electron-runtime.mjs'
import { isInstalled, requireNode } from '../../../scripts/setup.mjs'
import { findOpener, readFlags } from '../../../scripts/start.mjs'
import { countPlaywright, countVitest, none, sum } from '../../../scripts/test-counts.mjs'

describe('what is installed', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/zod': { version: '4.6.7' },
      'node_modules/keytar': { version: '7.9.0', optional: true },
    },
  }

  test.each([
    ['everything at its version', { 'node_modules/zod': { version: '4.6.7' } }, true],
    ['an older version', { 'node_modules/zod': { version: '4.0.0' } }, false],
    [
      'an older version of an optional package',
      { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/keytar': { version: '7.0.0' } },
      false,
    ],
    ['a package missing', {}, false],
  ])('with %s is judged by the lock', (_, packages, expected) => {
    expect(isInstalled(lock, { packages })).toBe(expected)
  })

  test('without npm’s record is nothing', () => {
    expect(isInstalled(lock, null)).toBe(false)
  })
})

describe('npm start', () => {
  test('refuses a Node that is too old, in a sentence', () => {
    expect(() => requireNode('18.20.4')).toThrow(
      'Mail Desk needs Node 20 or newer to set itself up; this is Node 18.20.4. Install a newer one and try again.',
    )
  })

  test.each([
    [['--data-dir', 'here'], { 'data-dir': 'here', browser: false, 'no-open': false, help: false }],
    [['--port', '0'], { port: '0', browser: true, 'no-open': false, help: false }],
    [['--no-open'], { browser: true, 'no-open': true, help: false }],
  ])('takes %j', (args, expected) => {
    expect({ ...readFlags(args) }).toEqual(expected)
  })

  test('explains itself when it is given what it does not know', () => {
    expect(() => readFlags(['--prot', '1'])).toThrow(/Unknown option '--prot'[^]*--port PORT/)
  })

  test.each([
    ['no display', {}, 'linux', 1000, 'there is no display here'],
    ['root', { DISPLAY: ':0' }, 'linux', 0, 'Electron’s sandbox does not work for root'],
    ['a Wayland session', { WAYLAND_DISPLAY: 'wayland-0' }, 'linux', 1000, null],
    ['Windows', {}, 'win32', -1, null],
  ] as const)('knows whether a window can open: %s', (_, env, platform, uid, expected) => {
    expect(whyNoWindow(env as NodeJS.ProcessEnv, platform, uid)).toBe(expected)
  })

  test('opens the browser by the desktop’s own program, and nothing without a desktop', () => {
    expect([findOpener({}, 'linux'), findOpener({}, 'darwin'), findOpener({}, 'win32')]).toEqual([
      null,
      { program: 'open', args: [] },
      { program: 'rundll32', args: ['url.dll,FileProtocolHandler'] },
    ])
  })
})

describe('the last line of npm test', () => {
  test('counts a file that could not be loaded as a failure', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{}] },
      ],
    }
    expect(countVitest(report)).toEqual({ passed: 3, failed: 2, skipped: 3 })
  })

  test('counts a flaky end-to-end test as a failure', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 4 }
    expect(countPlaywright({ stats, errors: [] })).toEqual({ passed: 5, failed: 2, skipped: 4 })
  })

  test('is the sum of all groups', () => {
    const groups = [
      { passed: 1, failed: 0, skipped: 2 },
      { passed: 4, failed: 1, skipped: 0 },
    ]
    expect(groups.reduce(sum, none)).toEqual({ passed: 5, failed: 1, skipped: 2 })
  })
})
