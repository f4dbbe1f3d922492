import { beforeAll, describe, expect, test } from 'vitest'
import { runFault } from './lab.ts'
import { createTrust, type Trust } from './kit/trust.ts'
import { faults } from './table/index.ts'

/** The same table as `npm run faults`, one test a fault. */
describe.concurrent('The fault lab', () => {
  let trust: Trust
  beforeAll(async () => {
    trust = await createTrust()
  })

  for (const fault of faults) {
    const missing = fault.whyMissing()
    const run = async () => {
      const { got, misses } = await runFault(fault, trust)
      expect({ code: got?.code, actor: got?.actor, misses }).toEqual({ ...fault.expected, misses: [] })
    }
    if (missing === null) test(fault.name, run, 60_000)
    else test.skip(`${fault.name} (skipped: ${missing})`, run)
  }

  test('every fault has a name of its own', () => {
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length)
  })
})
