import type { TestProject } from 'vitest/node'
import { startLab } from './lab.ts'
import type { LabFacts } from './lab.ts'

declare module 'vitest' {
  interface ProvidedContext {
    lab: LabFacts
  }
}

/** Vitest calls this once before the integration tests, and what it returns once after them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const lab = await startLab()
  const missing = Object.values(lab.facts.missing)
  for (const reason of missing) process.stderr.write(`Tests are skipped: ${reason}\n`)
  if (missing.length > 0 && process.env['CI'] === 'true') {
    await lab[Symbol.asyncDispose]()
    throw new Error(`CI=true and servers are missing. ${missing.join(' ')}`)
  }
  project.provide('lab', lab.facts)
  return async () => {
    await lab[Symbol.asyncDispose]()
  }
}
