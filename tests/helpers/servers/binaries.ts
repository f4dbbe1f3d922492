import { accessSync, constants } from 'node:fs'
import { isRoot } from './instance.ts'

/** The real servers that integration tests can ask for. */
export type ServerName = 'dovecot' | 'postfix' | 'knot'

const folders = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/sbin']

const needs = {
  dovecot: {
    binary: 'dovecot',
    title: 'Dovecot',
    packages: 'dovecot-imapd dovecot-lmtpd dovecot-managesieved',
  },
  postfix: { binary: 'postfix', title: 'Postfix', packages: 'postfix' },
  knot: { binary: 'knotd', title: 'Knot DNS', packages: 'knot' },
} as const

/** Where a server's program is, or null when it is not installed. */
export function findServer(name: ServerName): string | null {
  return folders.map((folder) => `${folder}/${needs[name].binary}`).find(isExecutable) ?? null
}

/** Why a server cannot run here and what would change that; null when it can run. */
export function whyMissing(name: ServerName): string | null {
  const { title, packages } = needs[name]
  if (findServer(name) === null) return `${title} is not installed (Debian: apt-get install ${packages}).`
  if (name === 'postfix' && !isRoot) return 'Postfix can only be started by root.'
  return null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
