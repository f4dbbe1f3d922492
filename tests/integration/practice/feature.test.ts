import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cases } from '../../../core/practice/cases.ts'
import { people } from '../../../core/practice/people.ts'
import { createTestDesk } from '../../helpers/test-desk.ts'
import type { TestDesk } from '../../helpers/test-desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await createTestDesk()
})
afterEach(() => desk.dispose())

const practiceTickets = async () => (await desk.call('tickets.list', { filter: { tag: 'practice' } })).tickets

test('a start puts everybody into People, opens a ticket for each case, and lends the helpdesk its mailbox', async () => {
  const status = await desk.call('practice.start', {})
  const { total } = await desk.call('accounts.list', {})
  const { helpdeskMailboxId } = await desk.call('settings.get', {})
  const helpdesk = status.people.find(({ address }) => address.startsWith('helpdesk@'))
  expect([status.running, total, status.cases.map((one) => one.ticket?.status), helpdeskMailboxId]).toEqual([
    true,
    people.length,
    cases.map(() => 'open'),
    helpdesk?.mailboxId,
  ])
})

test('a second start while it runs changes nothing', async () => {
  const first = await desk.call('practice.start', {})
  expect(await desk.call('practice.start', {})).toEqual(first)
})

test('after the program ended, a start finds everybody again, with the ports of now', async () => {
  const before = await desk.call('practice.start', {})
  const oldPort = (await desk.call('practice.access', {})).dnsServer
  await desk.desk.dispose()
  const again = await createTestDesk({ dataDir: desk.dataDir })
  const leftOver = (await again.call('practice.status', {})).leftOver
  const after = await again.call('practice.start', {})
  const access = await again.call('practice.access', {})
  const mailboxes = await Promise.all(
    after.people.map(({ mailboxId }) => again.call('accounts.getMailbox', { mailboxId: mailboxId! })),
  )
  const { total } = await again.call('accounts.list', {})
  const tickets = await again.call('tickets.list', { filter: { tag: 'practice' } })
  await again.dispose()
  desk = await createTestDesk({ dataDir: desk.dataDir })
  expect(mailboxes.map(({ mailbox }) => [mailbox.network.dnsServers, mailbox.secret])).toEqual(
    people.map(() => [[access.dnsServer], { state: 'stored', store: 'session' }]),
  )
  expect([leftOver, total, tickets.total, after.people, access.dnsServer === oldPort]).toEqual([
    people.length,
    people.length,
    cases.length,
    before.people,
    false,
  ])
})

test('a stop removes everybody and closes the tickets that nobody solved', async () => {
  const { cases: started } = await desk.call('practice.start', {})
  await desk.call('tickets.setStatus', { ticketId: started[0]!.ticket!.ticketId, status: 'solved' })
  const stopped = await desk.call('practice.stop', {})
  const { total } = await desk.call('accounts.list', {})
  const statuses = (await practiceTickets()).map(({ status }) => status).sort()
  const { helpdeskMailboxId } = await desk.call('settings.get', {})
  expect([stopped.running, stopped.leftOver, total, statuses, helpdeskMailboxId]).toEqual([
    false,
    0,
    0,
    [...cases.slice(1).map(() => 'closed'), 'solved'],
    null,
  ])
})

test('the phone tells the new password, and with it the sign-in works', async () => {
  const { cases: started } = await desk.call('practice.start', {})
  const mailboxId = started.find(({ caseId }) => caseId === 'password_changed')!.mailboxId!
  const check = async () =>
    (await desk.call('accounts.checkSignIn', { target: { kind: 'mailbox', mailboxId } })).outcome
  const before = await check()
  const { said } = await desk.call('practice.act', { caseId: 'password_changed', action: 'phone_user' })
  await desk.call('accounts.setSecret', { mailboxId, secret: /\w+-\w+-\d{4}/.exec(said)![0] })
  expect([before, await check()]).toEqual(['refused', 'accepted'])
})

test('the company does only what the case is about, and nothing while it is closed', async () => {
  const act = (caseId: string, action: 'raise_quota') =>
    desk.call('practice.act', { caseId, action }).catch((error: unknown) => (error as { code: string }).code)
  const closed = await act('mailbox_full', 'raise_quota')
  await desk.call('practice.start', {})
  const answers = [await act('imap_disabled', 'raise_quota'), await act('no_such_case', 'raise_quota')]
  expect([closed, ...answers]).toEqual(['practice.not_running', 'record.conflict', 'record.not_found'])
})

test('no invented password is written to the database', async () => {
  await desk.call('practice.start', {})
  const { users } = await desk.call('practice.access', {})
  const files = await Promise.all(
    ['desk.sqlite', 'desk.sqlite-wal'].map((file) =>
      readFile(join(desk.dataDir, file)).catch(() => Buffer.of()),
    ),
  )
  const bytes = Buffer.concat(files)
  expect([
    bytes.includes(users[0]!.address),
    users.filter(({ password }) => bytes.includes(password)),
  ]).toEqual([true, []])
})
