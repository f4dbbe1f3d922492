/** What the tests need beside npm's packages: real mail servers, a browser, a keyring. No dependencies. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { findProgram, runQuietly, say, SetupProblem, userId } from './setup.mjs'

const program = (...names) => findProgram(...names) !== null

/** One line a need: what it is called, the test groups that use it, Debian's packages, and how to see it. */
export const needs = [
  {
    title: 'Dovecot (IMAP, LMTP, Sieve)',
    groups: ['integration', 'faults'],
    packages: ['dovecot-imapd', 'dovecot-lmtpd', 'dovecot-managesieved'],
    isThere: () => program('dovecot') && existsAny('/usr/lib/dovecot/lmtp', '/usr/libexec/dovecot/lmtp'),
  },
  {
    title: 'Postfix',
    groups: ['integration', 'faults'],
    packages: ['postfix'],
    isThere: () => program('postfix'),
  },
  { title: 'Knot DNS', groups: ['integration'], packages: ['knot'], isThere: () => program('knotd') },
  { title: 'zstd', groups: ['integration'], packages: ['zstd'], isThere: () => program('zstd') },
  { title: 'unzip', groups: ['integration'], packages: ['unzip'], isThere: () => program('unzip') },
  { title: 'Python 3', groups: ['integration'], packages: ['python3'], isThere: () => program('python3') },
  {
    title: 'A keyring without a desktop',
    groups: ['integration'],
    packages: ['dbus', 'gnome-keyring'],
    isThere: () => program('dbus-run-session') && program('gnome-keyring-daemon'),
    onlyOn: 'linux',
  },
  {
    title: 'What keytar is built with',
    groups: ['integration'],
    packages: ['libsecret-1-dev', 'pkg-config', 'g++', 'make', 'python3'],
    isThere: () =>
      spawnSync('pkg-config', ['--exists', 'libsecret-1']).status === 0 && program('g++') && program('make'),
    onlyOn: 'linux',
  },
  {
    title: 'Chromium',
    groups: ['e2e'],
    packages: ['chromium'],
    isThere: () =>
      process.env.MAIL_DESK_CHROMIUM !== undefined ||
      program('chromium', 'chromium-browser', 'google-chrome', 'chrome') ||
      existsAny(
        '/Applications/Google Chrome.app',
        String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
      ),
  },
  {
    title: 'Fonts for the screenshots',
    groups: ['e2e'],
    packages: ['fonts-noto-core', 'fonts-noto-cjk', 'fonts-dejavu'],
    isThere: () => existsAny('/usr/share/fonts/opentype/noto', '/usr/share/fonts/noto-cjk'),
    onlyOn: 'linux',
  },
]

/** The needs that this computer does not meet. */
export function missingNeeds() {
  return needs.filter((need) => (need.onlyOn ?? process.platform) === process.platform && !need.isThere())
}

/** Whether packages can be installed without asking anybody: root on Debian or a descendant of it. */
export function canInstall() {
  return (
    process.platform === 'linux' && userId === 0 && program('apt-get') && existsSync('/etc/debian_version')
  )
}

/** Installs Debian packages without questions and without starting the services that are in them. */
export async function installPackages(packages) {
  say(`Installing from Debian: ${packages.join(' ')}`)
  const undo = forbidServices()
  try {
    await aptGet('update', '-qq')
    await aptGet('install', '-y', '-qq', '--no-install-recommends', ...packages)
  } finally {
    undo()
  }
}

async function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { code, said } = await runQuietly('apt-get', args, { env })
  if (code !== 0) throw new SetupProblem(`${said}\napt-get ${args[0]} failed (it ended with ${code}).`)
}

/** Debian starts a server as soon as it is installed, unless this file says no; the tests start their own. */
function forbidServices() {
  const policy = '/usr/sbin/policy-rc.d'
  if (existsSync(policy)) return () => undefined
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  return () => rmSync(policy)
}

function existsAny(...paths) {
  return paths.some((path) => existsSync(path))
}
