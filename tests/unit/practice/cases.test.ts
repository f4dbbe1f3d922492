import { describe, expect, test } from 'vitest'
import { caseStateOf } from '../../../core/practice/case-state.ts'
import type { CaseDiagnosis } from '../../../core/practice/case-state.ts'
import { cases } from '../../../core/practice/cases.ts'
import { people } from '../../../core/practice/people.ts'

const full = cases.find((one) => one.caseId === 'mailbox_full')!
const junk = cases.find((one) => one.caseId === 'in_junk')!
const diagnosis: CaseDiagnosis = {
  runId: 'r',
  endedAtMs: 1,
  status: 'pass',
  title: 'Healthy',
  codes: ['healthy'],
  roundTrip: false,
}

test('each case belongs to one person, and somebody is left who has no problem', () => {
  const withProblem = cases.map((one) => one.localPart)
  const healthy = people.filter((person) => !withProblem.some((localPart) => localPart === person.localPart))
  expect([new Set(withProblem).size, healthy.length]).toEqual([cases.length, people.length - cases.length])
})

describe('a case', () => {
  test('is open before anybody has diagnosed it', () => {
    expect(caseStateOf(full, null)).toBe('open')
  })

  test('is found when one of the findings is its problem, even if another one is on top', () => {
    const last = { ...diagnosis, status: 'fail', codes: ['tls.expires_soon', 'imap.over_quota'] } as const
    expect(caseStateOf(full, last)).toBe('found')
  })

  test('is solved by a diagnosis that shows it no more', () => {
    expect(caseStateOf(full, diagnosis)).toBe('solved')
  })

  test.each(['fail', 'unknown'] as const)('is not solved by a diagnosis that ends in %s', (status) => {
    expect(caseStateOf(full, { ...diagnosis, status, codes: ['network.offline'] })).toBe('open')
  })

  test('that needs a round trip is not solved by a diagnosis without one', () => {
    const states = [false, true].map((roundTrip) => caseStateOf(junk, { ...diagnosis, roundTrip }))
    expect(states).toEqual(['open', 'solved'])
  })
})
