import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cases } from '../../../core/practice/cases.ts'
import type { PracticeCase } from '../../../core/practice/cases.ts'
import type { CaseSummary } from '../../../core/practice/contract.ts'
import { createTestDesk } from '../../helpers/test-desk.ts'
import type { TestDesk } from '../../helpers/test-desk.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await createTestDesk()
  await desk.call('practice.start', {})
})
afterAll(() => desk.dispose())

const stateOf = async (caseId: string): Promise<CaseSummary> =>
  (await desk.call('practice.status', {})).cases.find((one) => one.caseId === caseId)!

async function diagnose(mailboxId: string, roundTrip: boolean) {
  const options = { roundTrip }
  const { runId } = await desk.call('diagnostics.start', { target: { kind: 'mailbox', mailboxId }, options })
  await desk.finished(runId)
  return desk.call('diagnostics.get', { runId })
}

/** What a technician does who follows the solution: the company's action, or a change of the mailbox. */
async function putRight({ caseId, action }: PracticeCase, mailboxId: string): Promise<void> {
  if (action !== null) {
    await desk.call('practice.act', { caseId, action })
    return
  }
  const { said } = await desk.call('practice.act', { caseId, action: 'phone_user' })
  const password = /\w+-\w+-\d{4}/.exec(said)?.[0]
  if (password !== undefined) {
    await desk.call('accounts.setSecret', { mailboxId, secret: password })
    return
  }
  const { mailbox } = await desk.call('accounts.getMailbox', { mailboxId })
  const host = /Incoming: (\S+)\./.exec(said)?.[1] ?? ''
  await desk.call('accounts.editMailbox', { mailboxId, imap: { ...mailbox.imap!, host } })
}

describe('a case is found by its diagnosis, and solved when it was put right:', () => {
  test.each(cases.map((one) => [one.caseId, one] as const))('%s', async (caseId, practiceCase) => {
    const { mailboxId } = await stateOf(caseId)
    const roundTrip = practiceCase.shownBy === 'round_trip'
    const first = await diagnose(mailboxId!, roundTrip)
    const found = await stateOf(caseId)
    await putRight(practiceCase, mailboxId!)
    const second = await diagnose(mailboxId!, roundTrip)
    const solved = await stateOf(caseId)
    expect({
      finding: practiceCase.codes.some((code) => code === first.finding?.code)
        ? 'the problem'
        : first.finding?.code,
      then: found.state,
      atLast: solved.state,
      failures: second.results.filter(({ status }) => status === 'fail').map(({ code }) => code),
    }).toEqual({ finding: 'the problem', then: 'found', atLast: 'solved', failures: [] })
  })
})

test('the mailbox of somebody without a problem is healthy', async () => {
  const { people } = await desk.call('practice.status', {})
  const healthy = people.filter(({ caseId }) => caseId === null)
  const runs = await Promise.all(healthy.map(({ mailboxId }) => diagnose(mailboxId!, true)))
  expect(runs.map(({ finding }) => [finding?.status, finding?.code])).toEqual(
    healthy.map(() => ['pass', 'healthy']),
  )
})
