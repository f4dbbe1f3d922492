import { describe, expect, it } from 'vitest'
import { createDiscoveries } from '../../../main/features/accounts/discovery.ts'
import type { DiscoveryPorts } from '../../../main/features/accounts/index.ts'
import type { Run } from '../../../main/features/jobs/index.ts'
import { systemClock } from '../../../main/lib/clock.ts'

const nothing = { outcome: 'nothing', answer: 'There is nothing.', settings: [], records: [] } as const
const network = { dnsServers: [], trustedCaPem: null }

/** A world in which nothing exists, but for what a test puts there. */
function world(given: Partial<DiscoveryPorts>): DiscoveryPorts {
  return {
    readAutoconfig: () => Promise.resolve(nothing),
    readAutodiscover: () => Promise.resolve(nothing),
    srv: () => Promise.resolve(nothing),
    mx: () => Promise.resolve(nothing),
    meet: () => Promise.resolve({ state: 'failed', answer: 'Refused.' }),
    registeredDomain: (host) => host.split('.').slice(-2).join('.'),
    ...given,
  }
}

/** Runs a discovery to its end; `run` is as the job centre would give it. */
async function discover(
  ports: DiscoveryPorts,
  email = 'ana@harbour.example',
  signal = new AbortController().signal,
) {
  const events: string[] = []
  const work: Promise<string>[] = []
  const discoveries = createDiscoveries({
    ports,
    clock: systemClock,
    publish: (name) => events.push(name),
    jobs: {
      start: (_, task) => {
        const run: Run = {
          runId: 'run',
          signal,
          progress: () => undefined,
          checkpoint: () => Promise.resolve(),
        }
        work.push(task(run))
        return Promise.resolve({ runId: run.runId })
      },
    },
  })
  await discoveries.start(email, network)
  const outcome = await work[0]!.catch((error: unknown) => String(error))
  return { outcome, events, seen: discoveries.get('run') }
}

const srvOf =
  (records: Readonly<Record<string, { host: string; port: number }>>): DiscoveryPorts['srv'] =>
  (name) => {
    const record = records[name.split('.')[0] ?? '']
    return Promise.resolve(
      record === undefined
        ? nothing
        : { outcome: 'found', records: [record], answer: `It names ${record.host}.` },
    )
  }
const greets: DiscoveryPorts['meet'] = () => Promise.resolve({ state: 'answered', answer: 'It greets.' })

describe('a discovery', () => {
  it('asks every source of the domain, in the order in which they are trusted, and then guesses', async () => {
    const { seen } = await discover(world({}))
    expect(seen.attempts.map(({ asked }) => asked)).toEqual([
      'GET https://autoconfig.harbour.example/mail/config-v1.1.xml?emailaddress=ana%40harbour.example',
      'GET https://harbour.example/.well-known/autoconfig/mail/config-v1.1.xml',
      'GET http://autoconfig.harbour.example/mail/config-v1.1.xml',
      'GET http://harbour.example/.well-known/autoconfig/mail/config-v1.1.xml',
      ...['_imaps', '_imap', '_submissions', '_submission'].map((name) => `SRV ${name}._tcp.harbour.example`),
      'POST https://autodiscover.harbour.example/autodiscover/autodiscover.xml',
      'POST https://harbour.example/autodiscover/autodiscover.xml',
      'SRV _autodiscover._tcp.harbour.example',
      'MX harbour.example',
      ...['imap.harbour.example', 'mail.harbour.example', 'harbour.example'].map(
        (h) => `IMAP ${h}:993 (TLS)`,
      ),
      ...['imap.harbour.example', 'mail.harbour.example', 'harbour.example'].map(
        (h) => `IMAP ${h}:143 (STARTTLS)`,
      ),
      ...['smtp.harbour.example', 'mail.harbour.example', 'harbour.example'].map(
        (h) => `SMTP ${h}:465 (TLS)`,
      ),
      ...['smtp.harbour.example', 'mail.harbour.example', 'harbour.example'].map(
        (h) => `SMTP ${h}:587 (STARTTLS)`,
      ),
    ])
  })

  it('that finds nothing says so, and is done', async () => {
    const { outcome, seen } = await discover(world({}))
    expect([outcome, seen.state, seen.proposals]).toEqual([
      'No servers were found for ana@harbour.example. 24 questions were asked. Enter them by hand.',
      'done',
      [],
    ])
  })

  it('takes what is published, meets each server once and does not guess', async () => {
    const srv = srvOf({
      _imaps: { host: 'imap.harbour.example', port: 993 },
      _submissions: { host: 'smtp.harbour.example', port: 465 },
    })
    const met: string[] = []
    const { seen, events } = await discover(
      world({
        srv,
        readAutoconfig: (url) =>
          Promise.resolve({
            outcome: url.startsWith('https://autoconfig') ? 'found' : 'nothing',
            answer: '',
            settings: url.startsWith('https://autoconfig')
              ? [
                  {
                    provider: 'Harbour',
                    imap: { host: 'imap.harbour.example', port: 993, security: 'tls' },
                    smtp: { host: 'smtp.harbour.example', port: 465, security: 'tls' },
                    username: 'ana@harbour.example',
                    signIn: 'password',
                  },
                ]
              : [],
          }),
        meet: (protocol, { host }) => {
          met.push(`${protocol} ${host}`)
          return Promise.resolve({ state: 'answered', answer: 'It greets.' })
        },
      }),
    )
    expect([seen.proposals.map(({ source, provider, reasons }) => [source, provider, reasons]), met]).toEqual(
      [
        [['autoconfig', 'Harbour', ['published_by_domain', 'both_answer', 'agrees_with_others']]],
        ['imap imap.harbour.example', 'smtp smtp.harbour.example'],
      ],
    )
    expect(events.at(-1)).toBe('accounts.discovered')
  })

  it('warns of SRV records that lead out of the domain, which nobody has signed', async () => {
    const srv = srvOf({ _imaps: { host: 'imap.elsewhere.example.net', port: 993 } })
    const { seen } = await discover(world({ srv, meet: greets }))
    expect(seen.proposals[0]?.reasons).toEqual(['published_unprotected', 'imap_answers', 'no_submission'])
  })

  it('takes a target of "." as a no (RFC 2782)', async () => {
    const { seen } = await discover(world({ srv: srvOf({ _imaps: { host: '.', port: 0 } }) }))
    expect(seen.attempts.find(({ asked }) => asked.includes('_imaps'))).toMatchObject({
      outcome: 'nothing',
      answer: 'The domain says that it does not offer this.',
    })
  })

  it('knows a provider by the MX records, with the sign-in that it wants', async () => {
    const mx: DiscoveryPorts['mx'] = () =>
      Promise.resolve({
        outcome: 'found',
        records: [{ host: 'harbour.mail.protection.outlook.com', port: 0 }],
        answer: '',
      })
    const { seen } = await discover(world({ mx, meet: greets }))
    expect(
      seen.proposals.map(({ provider, signIn, imap, reasons }) => [provider, signIn, imap.host, reasons]),
    ).toEqual([['Microsoft 365', 'xoauth2', 'outlook.office365.com', ['known_provider', 'both_answer']]])
  })

  it('never tells a stranger more than the address, and over plain http not even that', async () => {
    const told: string[] = []
    const { seen } = await discover(
      world({
        readAutoconfig: (url) => {
          told.push(url)
          return Promise.resolve(nothing)
        },
      }),
    )
    expect([told.filter((url) => url.startsWith('http:') && /ana|%40/.test(url)), seen.state]).toEqual([
      [],
      'done',
    ])
  })

  it('that is cancelled says of every open question that it was', async () => {
    const stop = new AbortController()
    const forever = new Promise<never>(() => undefined)
    const { seen } = await discover(
      world({
        srv: () => {
          stop.abort(new DOMException('stop', 'AbortError'))
          return forever
        },
      }),
      'ana@harbour.example',
      stop.signal,
    )
    expect([seen.state, new Set(seen.attempts.map(({ outcome }) => outcome)).has('asking')]).toEqual([
      'cancelled',
      false,
    ])
  })
})
