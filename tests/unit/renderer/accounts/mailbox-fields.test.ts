import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emptyValues,
  fieldsOf,
  mailboxValues,
  nameFromAddress,
  portAfter,
  valuesOf,
} from '../../../../renderer/features/accounts/mailbox-fields.ts'
import { aMailbox } from '../../../helpers/accounts.ts'

const server = fc.option(
  fc.record({
    host: fc.domain(),
    port: fc.integer({ min: 1, max: 65535 }),
    security: fc.constantFrom('tls' as const, 'starttls' as const, 'none' as const),
  }),
)

describe('the form of a mailbox', () => {
  it('gives back the mailbox that it was filled from', () => {
    fc.assert(
      fc.property(
        server,
        server,
        fc.array(fc.ipV4()),
        fc.option(fc.constant('PEM')),
        (imap, smtp, dnsServers, pem) => {
          const mailbox = aMailbox({ imap, smtp, network: { dnsServers, trustedCaPem: pem } })
          const { address, username, signIn, network } = mailbox
          expect(fieldsOf(valuesOf(mailbox))).toEqual({ address, username, signIn, imap, smtp, network })
        },
      ),
    )
  })

  it('wants at least one server', () => {
    const problems = (values: object) =>
      mailboxValues
        .safeParse({ ...emptyValues('ana@x.example'), ...values })
        .error?.issues.map((i) => i.path[0])
    expect([problems({}), problems({ smtpHost: 'smtp.x.example' })]).toEqual([['imapHost'], undefined])
  })

  it('moves the usual port with the encryption and leaves a chosen one alone', () => {
    expect([
      portAfter('imap', 993, 'tls', 'starttls'),
      portAfter('smtp', 587, 'starttls', 'tls'),
      portAfter('imap', 10_993, 'tls', 'starttls'),
    ]).toEqual([143, 465, 10_993])
  })

  it('begins with the name that an address suggests', () => {
    expect(['ana.lima@x', 'ana-maria_lima+news@x', 'émile@x', '@x'].map(nameFromAddress)).toEqual([
      'Ana Lima',
      'Ana Maria Lima',
      'Émile',
      '',
    ])
  })
})
