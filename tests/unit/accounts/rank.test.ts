import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discoverySource, discoveryProposal } from '../../../core/accounts/discovery.ts'
import { describeReason } from '../../../core/accounts/discovery-text.ts'
import { findProvider } from '../../../core/accounts/providers.ts'
import { rankProposals, settingsKey } from '../../../core/accounts/rank.ts'
import type { Candidate } from '../../../core/accounts/rank.ts'

const answered = { state: 'answered', answer: 'It greets.' } as const
const candidate = (given: Partial<Candidate> = {}): Candidate => ({
  source: 'autoconfig',
  from: 'GET https://autoconfig.harbour.example/',
  provider: null,
  imap: { host: 'imap.harbour.example', port: 993, security: 'tls' },
  smtp: { host: 'smtp.harbour.example', port: 465, security: 'tls' },
  username: 'ana@harbour.example',
  signIn: 'password',
  imapCheck: answered,
  smtpCheck: answered,
  authentic: true,
  ...given,
})
const at = (host: string) => ({ imap: { host, port: 993, security: 'tls' } as const })
const hosts = (candidates: readonly Candidate[]) => rankProposals(candidates).map(({ imap }) => imap.host)

describe('proposals', () => {
  it('come in the order in which their sources are trusted', () => {
    const sources = discoverySource.options.toReversed()
    expect(hosts(sources.map((source) => candidate({ source, ...at(source) })))).toEqual([
      ...discoverySource.options,
    ])
  })

  it('that answer come before better sources that do not', () => {
    expect(
      hosts([
        candidate({ ...at('silent'), imapCheck: { state: 'failed', answer: '' } }),
        candidate({ ...at('untrusted'), imapCheck: { state: 'untrusted', answer: '' } }),
        candidate({ ...at('half'), source: 'guess', smtp: null }),
        candidate({ ...at('whole'), source: 'guess' }),
      ]),
    ).toEqual(['whole', 'half', 'untrusted', 'silent'])
  })

  it('that somebody on the way could have changed come after those that nobody could', () => {
    expect(
      hosts([
        candidate({ ...at('by-http'), authentic: false }),
        candidate({ ...at('by-mx'), source: 'mx' }),
        candidate({ imap: { host: 'clear', port: 143, security: 'none' } }),
      ]),
    ).toEqual(['by-mx', 'by-http', 'clear'])
  })

  it('that agree become one, at the best place, and say so', () => {
    const ranked = rankProposals([candidate({ source: 'guess' }), candidate({ source: 'srv' })])
    expect(ranked.map(({ source, reasons }) => [source, reasons])).toEqual([
      ['srv', ['published_by_domain', 'both_answer', 'agrees_with_others']],
    ])
  })

  it('say what speaks against them', () => {
    const [first] = rankProposals([
      candidate({
        source: 'srv',
        authentic: false,
        imap: { host: 'i.example', port: 143, security: 'none' },
        smtp: null,
        imapCheck: { state: 'failed', answer: '' },
      }),
    ])
    expect(first?.reasons).toEqual(['published_unprotected', 'no_answer', 'unencrypted', 'no_submission'])
  })

  it('are the same whatever the order in which their sources answer', () => {
    const any = fc.record({
      source: fc.constantFrom(...discoverySource.options),
      imap: fc.record({
        host: fc.constantFrom('a.example', 'b.example'),
        port: fc.constantFrom(993, 143),
        security: fc.constantFrom('tls' as const, 'starttls' as const, 'none' as const),
      }),
      authentic: fc.boolean(),
      imapCheck: fc.constantFrom(answered, { state: 'failed', answer: '' } as const),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(any, { selector: (one) => JSON.stringify([one.source, one.imap]) }),
        (given) => {
          const candidates = given.map((one) => candidate(one))
          const ranked = rankProposals(candidates)
          const ids = (list: readonly Candidate[]) => rankProposals(list).map(({ proposalId }) => proposalId)
          expect(ids(candidates.toReversed()).toSorted()).toEqual(ids(candidates).toSorted())
          expect(new Set(ranked.map(({ proposalId }) => proposalId))).toEqual(
            new Set(candidates.map(settingsKey)),
          )
          expect(ranked.every((proposal) => discoveryProposal.safeParse(proposal).success)).toBe(true)
          expect(
            ranked.flatMap(({ reasons }) => reasons).every((reason) => describeReason(reason) !== ''),
          ).toBe(true)
        },
      ),
    )
  })
})

describe('a known provider', () => {
  it.each([
    ['aspmx.l.google.com', 'Google'],
    ['Harbour-Example.mail.protection.Outlook.com.', 'Microsoft 365'],
    ['mx.zoho.eu', 'Zoho (Europe)'],
    ['in1-smtp.messagingengine.com', 'Fastmail'],
  ])('is found by the MX host %s', (host, name) => {
    expect(findProvider(['mx.other.example', host])?.name).toBe(name)
  })

  it('is not found by a name that only looks like one', () => {
    expect(findProvider(['mail.notgoogle.com', 'google.com.evil.example'])).toBeNull()
  })
})
