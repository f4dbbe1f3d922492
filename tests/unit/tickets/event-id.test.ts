import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { nextEventId, timeOfEventId } from '../../../core/tickets/event-id.ts'
import { deskCode, sequenceOf, ticketNumber } from '../../../core/tickets/number.ts'

const tenBytes = fc.uint8Array({ minLength: 10, maxLength: 10 })
const time = fc.integer({ min: 0, max: 2 ** 47 })

describe('an event id', () => {
  it('is a valid UUID version 7 that holds its time', () => {
    fc.assert(
      fc.property(time, tenBytes, (nowMs, random) => {
        const id = nextEventId(nowMs, null, random)
        expect([z.uuidv7().safeParse(id).success, timeOfEventId(id)]).toEqual([true, nowMs])
      }),
    )
  })

  it('sorts after the newest id that was seen, however slow the clock', () => {
    fc.assert(
      fc.property(time, time, tenBytes, tenBytes, (seenMs, nowMs, r1, r2) => {
        const seen = nextEventId(seenMs, null, r1)
        expect(nextEventId(nowMs, seen, r2) > seen).toBe(true)
      }),
    )
  })
})

describe('a ticket number', () => {
  it('carries the code of its desk and can be read back', () => {
    const number = ticketNumber('0192d3c1-aaaa-7bbb-8ccc-000000000001', 1042)
    expect([number, sequenceOf(number)]).toEqual([
      `${deskCode('0192d3c1-aaaa-7bbb-8ccc-000000000001')}-1042`,
      1042,
    ])
  })

  it('uses no letter that is mistaken for a digit', () => {
    fc.assert(
      fc.property(fc.uuid(), (machineId) => {
        expect(deskCode(machineId)).toMatch(/^[0-9A-HJKMNP-TV-Z]{3}$/)
      }),
    )
  })

  it('is not found in other text', () => {
    expect(['K7F', '1042', 'K7F-', 'K7F-10x'].map(sequenceOf)).toEqual([null, null, null, null])
  })
})
