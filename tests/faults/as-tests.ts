import { beforeAll, describe, expect, test } from 'vitest'
import type { Fault } from './fault.ts'
import { createTrust, type Trust } from './kit/trust.ts'
import { runFault } from './lab.ts'
import { faults } from './table/index.ts'

/** The same table as `npm run faults`, one test a fault. */
export function describeFaults(title: string, servers: Fault['servers']): void {
  describe.concurrent(title, () => {
    let trust: Trust
    beforeAll(async () => {
      trust = await createTrust()
    })
    for (const fault of faults.filter((one) => one.servers === servers)) {
      const missing = fault.whyMissing()
      const run = async () => {
        const { got, misses } = await runFault(fault, trust)
        expect({ code: got?.code, actor: got?.actor, misses }).toEqual({ ...fault.expected, misses: [] })
      }
      if (missing === null) test(fault.name, run, 120_000)
      else test.skip(`${fault.name} (skipped: ${missing})`, run)
    }
  })
}
