import type { FindingCode } from '../../core/diagnostics/findings.ts'
import type { Actor } from '../../core/diagnostics/types.ts'
import type { Trust } from './kit/trust.ts'
import { startRealWorld, whyNoRealServers, type RealChanges } from './kit/real-world.ts'
import type { World } from './kit/settings.ts'
import { startWorld, type Changes } from './kit/world.ts'

/** What the diagnosis of a world must conclude. */
export interface Expected {
  readonly code: FindingCode
  readonly actor: Actor | null
}

/** One thing that can be wrong (or right), with the servers that are so. */
export interface Fault {
  /** A sentence that a technician would say. */
  readonly name: string
  readonly start: (trust: Trust) => Promise<World>
  readonly expected: Expected
  /** Scripted ones answer at once and share this process with the diagnosis; real ones are programs. */
  readonly servers: 'scripted' | 'real'
  /** Why it cannot be run here, in one sentence with the package that would run it; null when it can. */
  readonly whyMissing: () => string | null
}

/** What is to be found, and who must act. */
export const finds = (code: FindingCode, actor: Actor | null): Expected => ({ code, actor })

/** What is to be found where nothing is wrong. */
export const healthy: Expected = finds('healthy', null)

/** A fault of the scripted servers: the healthy world with these changes. */
export function scripted(name: string, changes: Changes, expected: Expected): Fault {
  const start = (trust: Trust) => startWorld(trust, changes)
  return { name, start, expected, servers: 'scripted', whyMissing: () => null }
}

/** A fault of real servers: Dovecot and Postfix with these changes. */
export function real(name: string, changes: RealChanges, expected: Expected): Fault {
  const start = (trust: Trust) => startRealWorld(trust, changes)
  return { name, start, expected, servers: 'real', whyMissing: whyNoRealServers }
}
