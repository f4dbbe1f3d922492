import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { InputOf } from '../../../core/contract/index.ts'
import type { LabFacts } from '../../helpers/lab.ts'
import { createTestDesk } from '../../helpers/test-desk.ts'
import type { TestDesk } from '../../helpers/test-desk.ts'
import { describeWith } from '../../helpers/with-servers.ts'

type Start = InputOf<'diagnostics.start'>

describeWith(['dovecot', 'postfix', 'knot'], 'A diagnosis of real servers', (lab) => {
  const [ana, ben, chidi] = lab.users as [LabFacts['users'][0], LabFacts['users'][0], LabFacts['users'][0]]

  const target = (user: LabFacts['users'][0], secret: string | null = user.password): Start['target'] => ({
    kind: 'adHoc',
    secret,
    subject: {
      address: user.name,
      username: user.name,
      signIn: 'password',
      imap: { host: lab.imap.host, port: lab.imap.tlsPort, security: 'tls' },
      smtp: { host: lab.smtp.host, port: lab.smtp.submissionPort, security: 'starttls' },
      network: { dnsServers: [lab.dns.server], trustedCaPem: lab.caPem },
    },
  })
  const diagnose = async (desk: TestDesk, start: Start) => {
    const { runId } = await desk.call('diagnostics.start', start)
    await desk.finished(runId)
    return desk.call('diagnostics.get', { runId })
  }
  const inMailbox = async (user: LabFacts['users'][0]) => {
    const names = await readdir(join(lab.imap.mailRoot, user.name, 'Maildir'), { recursive: true }).catch(
      () => [],
    )
    return names.filter((name) => /\/?(cur|new)\/[^/]+$/.test(name)).length
  }

  test('a healthy mailbox is healthy, with everything that acts, and nothing is left behind', async () => {
    await using desk = await createTestDesk()
    const before = await inMailbox(ana)
    const run = await diagnose(desk, { target: target(ana), options: { appendProbe: true, roundTrip: true } })
    const failures = run.results.filter(({ status }) => status === 'fail')
    expect([run.finding?.code, failures, (await inMailbox(ana)) - before]).toEqual(['healthy', [], 0])
  })

  test('a password with quotes and umlauts signs in', async () => {
    await using desk = await createTestDesk()
    expect((await diagnose(desk, { target: target(ben) })).finding?.code).toBe('healthy')
  })

  test('a wrong password is the account’s, and what comes after sign-in is not judged', async () => {
    await using desk = await createTestDesk()
    const run = await diagnose(desk, { target: target(ana, 'wrong-tide-7') })
    const inbox = run.results.find(({ probeId }) => probeId === 'imap.inbox')
    expect([run.finding?.code, run.finding?.actor, inbox?.status]).toEqual([
      'imap.auth_failed',
      'account',
      'not_applicable',
    ])
  })

  test('without a password the run climbs as far as sign-in and says so', async () => {
    await using desk = await createTestDesk()
    const run = await diagnose(desk, { target: target(ana, null) })
    expect([run.finding?.code, run.finding?.status]).toEqual(['secret.missing', 'unknown'])
  })

  test('neither report nor transcript nor run has the password in it', async () => {
    await using desk = await createTestDesk()
    const run = await diagnose(desk, { target: target(ana), options: { roundTrip: true } })
    const { text } = await desk.call('diagnostics.report', { runId: run.runId })
    const ids = [...new Set(run.results.flatMap(({ transcriptId }) => transcriptId ?? []))]
    const transcripts = await Promise.all(
      ids.map((transcriptId) => desk.call('diagnostics.transcript', { runId: run.runId, transcriptId })),
    )
    const kept = JSON.stringify([run, text, transcripts])
    const forms = [
      ana.password,
      Buffer.from(ana.password).toString('base64'),
      Buffer.from(`\0${ana.name}\0${ana.password}`).toString('base64'),
    ]
    expect([ids.length > 1, forms.filter((form) => kept.includes(form))]).toEqual([true, []])
  })

  test('what changed since it last worked is the sign-in', async () => {
    await using desk = await createTestDesk()
    const good = await diagnose(desk, { target: target(chidi) })
    const bad = await diagnose(desk, { target: target(chidi, 'wrong-hold-9') })
    const { withRunId, changes } = await desk.call('diagnostics.compare', { runId: bad.runId })
    const turned = changes.filter(
      ({ before, after }) => before?.status === 'pass' && after?.status === 'fail',
    )
    expect([withRunId, turned.map(({ resultId }) => resultId)]).toEqual([
      good.runId,
      ['imap.sign_in', 'smtp.sign_in'],
    ])
  })

  test('a run that is cancelled keeps what it saw and concludes nothing', async () => {
    await using desk = await createTestDesk()
    const { runId } = await desk.call('diagnostics.start', { target: target(ana) })
    await desk.call('jobs.cancel', { runId })
    await desk.finished(runId)
    const { state, finding, results } = await desk.call('diagnostics.get', { runId })
    expect([state, finding, results.some(({ status }) => status === 'fail')]).toEqual([
      'cancelled',
      null,
      false,
    ])
  })
})
