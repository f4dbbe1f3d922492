import { describe, expect, test } from 'vitest'
import { describe as describeFinding, findingCodes } from '../../../../../core/diagnostics/findings.ts'
import type { FindingCode } from '../../../../../core/diagnostics/findings.ts'
import type { Facts } from '../../../../../core/diagnostics/types.ts'
import { mailboxActOf, nextActOf } from '../../../../../renderer/features/diagnostics/next-act.ts'

const found = (code: FindingCode, facts: Facts = {}) => describeFinding(code, 'fail', facts, [])
const actOn = (code: FindingCode, mailboxId: string | null = 'm1') =>
  nextActOf({ state: 'done', mailboxId, finding: found(code) })

describe('The first button of a finding', () => {
  test('does what the next step says: the settings, the password, room in the mailbox, the report, another look', () => {
    expect(
      [
        'settings.server_name_wrong',
        'imap.auth_failed',
        'secret.missing',
        'imap.over_quota',
        'imap.account_disabled',
        'tls.expired',
        'dns.mx_missing',
        'device.clock_skew',
        'healthy',
      ].map((code) => actOn(code as FindingCode)),
    ).toEqual(['edit', 'secret', 'secret', 'archive', 'report', 'report', 'report', 'again', null])
  })

  test('is the report whenever server, network, sender or domain must act, and never without an actor', () => {
    const others = findingCodes.filter((code) => !['device', 'account', null].includes(found(code).actor))
    const nobody = findingCodes.filter((code) => found(code).actor === null)
    expect([new Set(others.map((code) => actOn(code))), nobody.map((code) => actOn(code))]).toEqual([
      new Set(['report']),
      nobody.map(() => null),
    ])
  })

  test('brings the form back where the servers were given on the spot, and after a run without a conclusion', () => {
    const unfinished = (state: 'running' | 'cancelled') =>
      nextActOf({ state, mailboxId: 'm1', finding: null })
    expect([
      actOn('settings.server_name_wrong', null),
      actOn('imap.auth_failed', null),
      unfinished('cancelled'),
      unfinished('running'),
    ]).toEqual(['again', 'again', 'again', null])
  })

  test('opens the form with the server that the domain publishes', () => {
    const wrong = (facts: Facts) => found('settings.server_name_wrong', facts)
    const published = { service: 'smtp', published: 'smtp.x.example:587', encryption: 'STARTTLS' }
    expect([
      mailboxActOf(
        'm1',
        'edit',
        wrong({ service: 'imap', published: 'imap.x.example:993', encryption: 'TLS' }),
      ),
      mailboxActOf('m1', 'edit', wrong(published)),
      mailboxActOf('m1', 'secret', found('imap.auth_failed', published)),
      mailboxActOf('m1', 'edit', found('tls.not_used', published)),
    ]).toEqual([
      { mailboxId: 'm1', act: 'edit', imap: { host: 'imap.x.example', port: 993, security: 'tls' } },
      { mailboxId: 'm1', act: 'edit', smtp: { host: 'smtp.x.example', port: 587, security: 'starttls' } },
      { mailboxId: 'm1', act: 'secret' },
      { mailboxId: 'm1', act: 'edit' },
    ])
  })
})
