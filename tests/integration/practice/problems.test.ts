import { Resolver } from 'node:dns/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cases } from '../../../core/practice/cases.ts'
import { startPracticeCompany } from '../../../main/practice/index.ts'
import type { PracticeCompany, PracticeUser } from '../../../main/practice/index.ts'
import { imapOf, sendAs } from '../../helpers/practice-clients.ts'

let company: PracticeCompany
beforeEach(async () => {
  company = await startPracticeCompany()
})
afterEach(() => company[Symbol.asyncDispose]())

const userWith = (problem: string) => company.users.find((user) => user.problem === problem)!
const caseOf = (caseId: string) => cases.find((one) => one.caseId === caseId)!
const act = (caseId: string) => company.act(caseOf(caseId))

/** Signs in, reads the inbox and leaves: what a mail program does first. */
async function read(user: PracticeUser): Promise<string> {
  const client = imapOf(company, user)
  try {
    await client.connect()
    await client.mailboxOpen('INBOX')
    await client.logout()
    return 'read'
  } catch (error) {
    client.close()
    const { serverResponseCode, code } = error as { serverResponseCode?: string; code?: string }
    return serverResponseCode ?? code ?? String(error)
  }
}

/** Sends to oneself: the code of the answer, and the enhanced code (RFC 3463). */
async function send(user: PracticeUser): Promise<string> {
  try {
    return (await sendAs(company, user, user.address)).slice(0, 9)
  } catch (error) {
    const { response, code } = error as { response?: string; code?: string }
    return response?.slice(0, 9) ?? code ?? String(error)
  }
}

const bothWays = async (user: PracticeUser) => ({ reading: await read(user), sending: await send(user) })
const works = { reading: 'read', sending: '250 2.0.0' }

test('whoever has no problem can read and send', async () => {
  const healthy = company.users.filter((user) => user.problem === null)
  const seen = await Promise.all(healthy.map(bothWays))
  expect(seen).toEqual(healthy.map(() => works))
})

describe('each problem shows, and can be put right:', () => {
  test('a mistyped server name does not exist; the right one does', async () => {
    const resolver = new Resolver()
    resolver.setServers([company.dnsServer])
    const user = userWith('wrong_server_name')
    const lookUp = (host: string) =>
      resolver.resolve4(host).catch((error: unknown) => (error as { code: string }).code)
    const [published] = await resolver.resolveSrv(`_imaps._tcp.${company.domain}`)
    const fixed = { ...user, imap: { ...user.imap, host: published!.name, port: published!.port } }
    expect([await lookUp(user.imap.host), await lookUp(published!.name), await read(fixed)]).toEqual([
      'ENOTFOUND',
      ['127.0.0.1'],
      'read',
    ])
  })

  test('a password that was changed is refused; the user tells the new one on the phone', async () => {
    const user = userWith('password_changed')
    const before = await bothWays(user)
    const told = company.phone(caseOf('password_changed'))
    const password = /\w+-\w+-\d{4}/.exec(told)?.[0] ?? ''
    const after = await bothWays({ ...user, password })
    expect([before, after]).toEqual([{ reading: 'AUTHENTICATIONFAILED', sending: '535 5.7.8' }, works])
  })

  test('an expired certificate is refused until it is renewed', async () => {
    const user = userWith('certificate_expired')
    const before = await read(user)
    await act('certificate_expired')
    expect([before, await bothWays(user)]).toEqual(['CERT_HAS_EXPIRED', works])
  })

  test('a full mailbox takes nothing, and says how full it is, until its quota is raised', async () => {
    const user = userWith('mailbox_full')
    const client = imapOf(company, user)
    await client.connect()
    const quota = await client.getQuota('INBOX')
    const refused = await client.append('INBOX', 'Subject: One more\r\n\r\n').catch((error: unknown) => error)
    await client.logout()
    const before = await send(user)
    await act('mailbox_full')
    expect([
      quota && quota.storage?.status,
      (refused as { serverResponseCode: string }).serverResponseCode,
      before,
      await send(user),
    ]).toEqual(['100%', 'OVERQUOTA', '552 5.2.2', '250 2.0.0'])
  })

  test('new mail lands in Junk until the filter is relaxed; wanted mail then comes back', async () => {
    const user = userWith('in_junk')
    const count = async () => {
      const client = imapOf(company, user)
      await client.connect()
      const list = await client.list({ statusQuery: { messages: true } })
      await client.logout()
      return ['INBOX', 'Junk'].map((path) => list.find((one) => one.path === path)?.status?.messages ?? -1)
    }
    const [inbox = 0, junk = 0] = await count()
    await send(user)
    const whileStrict = await count()
    await act('in_junk')
    await send(user)
    expect([whileStrict, await count()]).toEqual([
      [inbox, junk + 1],
      [inbox + 5, junk - 3],
    ])
  })

  test('a relay without STARTTLS cannot be used until it offers it', async () => {
    const user = userWith('starttls_missing')
    const before = await send(user)
    await act('starttls_missing')
    expect([before, await bothWays(user)]).toEqual(['500 Error', works])
  })

  test.each([
    ['imap_disabled', { reading: 'CONTACTADMIN', sending: '250 2.0.0' }],
    ['too_many_connections', { reading: 'LIMIT', sending: '250 2.0.0' }],
    ['sender_refused', { reading: 'read', sending: '550 5.7.1' }],
  ])('%s', async (caseId, shown) => {
    const before = await bothWays(userWith(caseId))
    await act(caseId)
    expect([before, await bothWays(userWith(caseId))]).toEqual([shown, works])
  })
})

test('a company that was closed listens no more', async () => {
  const user = company.users.find(({ problem }) => problem === null)!
  await company[Symbol.asyncDispose]()
  const seen = await read(user)
  company = await startPracticeCompany()
  expect(seen).toBe('ECONNREFUSED')
})
