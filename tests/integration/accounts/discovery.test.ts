import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Discovery } from '../../../core/accounts/discovery.ts'
import { createDiscoveryPorts } from '../../../main/protocols/autoconfig/index.ts'
import { makeCertificates } from '../../helpers/certificates.ts'
import { startDns } from '../../helpers/servers/knot.ts'
import { createTestDesk } from '../../helpers/test-desk.ts'
import type { TestDesk } from '../../helpers/test-desk.ts'
import { startWeb } from '../../helpers/web-lab.ts'
import type { WebLab } from '../../helpers/web-lab.ts'
import { describeWith } from '../../helpers/with-servers.ts'

async function discover(desk: TestDesk, email: string, network: Discovery['network']): Promise<Discovery> {
  const { runId } = await desk.call('accounts.discover', { email, network })
  await desk.finished(runId)
  return desk.call('accounts.discovery', { runId })
}

describeWith(['dovecot', 'postfix', 'knot'], 'a domain with SRV records and real servers', (lab) => {
  let desk: TestDesk
  const network = { dnsServers: [lab.dns.server], trustedCaPem: lab.caPem }
  const ana = lab.users[0]!
  beforeAll(async () => {
    desk = await createTestDesk()
  })
  afterAll(() => desk.dispose())

  it('is discovered, added with one command, signed in to, and leaves no password in the database', async () => {
    const found = await discover(desk, ana.name, network)
    const best = found.proposals[0]!
    const added = await desk.call('accounts.useDiscovered', {
      runId: found.runId,
      proposalId: best.proposalId,
      name: 'Ana',
      secret: ana.password,
    })
    const target = { kind: 'mailbox', mailboxId: added.mailboxId! } as const
    const { mailbox } = await desk.call('accounts.getMailbox', { mailboxId: target.mailboxId })
    const check = await desk.call('accounts.checkSignIn', { target })
    const files = await Promise.all(
      ['desk.sqlite', 'desk.sqlite-wal'].map((name) => readFile(join(desk.dataDir, name), 'latin1')),
    )
    expect({
      source: best.source,
      servers: [mailbox.imap, mailbox.smtp],
      met: [best.imapCheck.state, best.smtpCheck.state],
      secret: mailbox.secret,
      check: check.outcome,
      inDatabase: files.some((file) => file.includes(ana.password)),
    }).toEqual({
      source: 'srv',
      servers: [
        { host: 'imap.lab.test', port: lab.imap.tlsPort, security: 'tls' },
        { host: 'smtp.lab.test', port: lab.smtp.submissionTlsPort, security: 'tls' },
      ],
      met: ['answered', 'answered'],
      secret: { state: 'stored', store: 'keychain' },
      check: 'accepted',
      inDatabase: false,
    })
  })

  it('refuses a wrong password with the server’s own code, as a result', async () => {
    const mailbox = {
      address: ana.name,
      username: ana.name,
      imap: { host: 'imap.lab.test', port: lab.imap.tlsPort, security: 'tls' },
      network,
    } as const
    const check = await desk.call('accounts.checkSignIn', {
      target: { kind: 'draft', mailbox, secret: 'wrong' },
    })
    expect(check).toMatchObject({ outcome: 'refused', responseCode: 'AUTHENTICATIONFAILED' })
  })

  it('shows a certificate that this computer does not trust, and ranks it last', async () => {
    const found = await discover(desk, ana.name, { ...network, trustedCaPem: null })
    expect(found.proposals.map(({ imapCheck, reasons }) => [imapCheck.state, reasons])).toEqual([
      ['untrusted', ['published_by_domain', 'untrusted_certificate']],
    ])
  })
})

const config = (imap: string) =>
  `<clientConfig version="1.1"><emailProvider id="x"><displayName>Paper Mill</displayName>
   <incomingServer type="imap"><hostname>${imap}</hostname><port>1</port><socketType>SSL</socketType>
   <username>%EMAILLOCALPART%</username></incomingServer></emailProvider></clientConfig>`
const redirected = `<Autodiscover><Response><Account><RedirectUrl>https://autodiscover.paper.test/moved.xml</RedirectUrl>
  </Account></Response></Autodiscover>`
const settings = `<Autodiscover><Response><Account><Protocol><Type>IMAP</Type><Server>imap.paper.test</Server>
  <Port>1</Port><SSL>on</SSL><LoginName>ana</LoginName></Protocol></Account></Response></Autodiscover>`
const query = 'emailaddress=ana%40paper.test'
const pages = {
  [`GET https://autoconfig.paper.test/mail/config-v1.1.xml?${query}`]: {
    status: 302,
    location: '/moved.xml',
  },
  'GET https://autoconfig.paper.test/moved.xml': { body: config('imap.paper.test') },
  'GET https://paper.test/.well-known/autoconfig/mail/config-v1.1.xml': {
    status: 302,
    location: 'http://paper.test/clear.xml',
  },
  'GET http://autoconfig.paper.test/mail/config-v1.1.xml': { body: config('imap.evil.test') },
  'GET http://paper.test/.well-known/autoconfig/mail/config-v1.1.xml': { body: 'x'.repeat(300_000) },
  'POST https://autodiscover.paper.test/autodiscover/autodiscover.xml': { body: redirected },
  'POST https://autodiscover.paper.test/moved.xml': { body: settings },
  'POST https://paper.test/autodiscover/autodiscover.xml': { status: 401 },
}

describeWith(['knot'], 'a domain that publishes its settings on the web', () => {
  let desk: TestDesk
  let web: WebLab
  let found: Discovery
  const stack = new AsyncDisposableStack()
  beforeAll(async () => {
    const names = ['paper.test', 'autoconfig.paper.test', 'autodiscover.paper.test']
    const certificates = await makeCertificates(names)
    web = stack.use(await startWeb(pages, certificates.valid))
    const zone = ['@', 'autoconfig', 'autodiscover'].map((name) => `${name} A 127.0.0.1`).join('\n')
    const dns = stack.use(await startDns({ 'paper.test': zone }))
    desk = stack.use(await createTestDesk({ discovery: createDiscoveryPorts(web.ports) }))
    const network = { dnsServers: [dns.server], trustedCaPem: certificates.caPem }
    found = await discover(desk, 'ana@paper.test', network)
  })
  afterAll(() => stack.disposeAsync())

  it('is asked at every place, and each answer is told', () => {
    const web = found.attempts.filter(({ asked }) => /^(GET|POST)/.test(asked))
    expect(web.map(({ asked, outcome, answer }) => [asked.split('?')[0], outcome, answer])).toEqual([
      [
        'GET https://autoconfig.paper.test/mail/config-v1.1.xml',
        'found',
        'Paper Mill names imap.paper.test.',
      ],
      [
        'GET https://paper.test/.well-known/autoconfig/mail/config-v1.1.xml',
        'failed',
        'It sends on to a place that is not protected.',
      ],
      ['GET http://autoconfig.paper.test/mail/config-v1.1.xml', 'found', 'Paper Mill names imap.evil.test.'],
      [
        'GET http://paper.test/.well-known/autoconfig/mail/config-v1.1.xml',
        'failed',
        'The answer is larger than any configuration file.',
      ],
      [
        'POST https://autodiscover.paper.test/autodiscover/autodiscover.xml',
        'found',
        'It names imap.paper.test.',
      ],
      [
        'POST https://paper.test/autodiscover/autodiscover.xml',
        'nothing',
        'It wants a sign-in first (HTTP 401); none was sent.',
      ],
    ])
  })

  it('has what came over https before what came over http', () => {
    expect(
      found.proposals.map(({ imap, username, source, reasons }) => [imap.host, username, source, reasons[0]]),
    ).toEqual([
      ['imap.paper.test', 'ana', 'autoconfig', 'published_by_domain'],
      ['imap.evil.test', 'ana', 'autoconfig', 'published_unprotected'],
    ])
  })

  it('is never sent a sign-in, and the address by https only', () => {
    expect({
      signIns: web.seen.filter(({ authorization }) => authorization !== null),
      addressByHttp: web.seen.filter(({ what, body }) => / http:/.test(what) && /ana/.test(what + body)),
      addressByHttps: web.seen.some(({ body }) =>
        body.includes('<EMailAddress>ana@paper.test</EMailAddress>'),
      ),
    }).toEqual({ signIns: [], addressByHttp: [], addressByHttps: true })
  })
})

describe('a discovery through the contract', () => {
  it('needs an address, and is known only while the program runs', async () => {
    await using desk = await createTestDesk()
    for (const email of [
      'nobody',
      'ana@[127.0.0.1]',
      'ana@x.example/../y',
      'ana@x.example:8080',
      'a b@x.example',
    ])
      await expect(desk.call('accounts.discover', { email })).rejects.toMatchObject({
        code: 'contract.invalid_input',
      })
    await expect(desk.call('accounts.discovery', { runId: 'unknown' })).rejects.toMatchObject({
      code: 'record.not_found',
    })
  })
})
