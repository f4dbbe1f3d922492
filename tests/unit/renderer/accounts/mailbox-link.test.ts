import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  mailboxActIn,
  mailboxActTo,
  proposedValues,
  withoutAct,
} from '../../../../renderer/features/accounts/mailbox-link.ts'

const server = fc.record({
  host: fc.domain(),
  port: fc.integer({ min: 1, max: 65_535 }),
  security: fc.constantFrom('tls' as const, 'starttls' as const, 'none' as const),
})
const queryOf = (address: string) => new URLSearchParams(address.split('?')[1])

test('What the address of a person asks for is what was put into it.', () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          mailboxId: fc.uuid(),
          act: fc.constantFrom('edit' as const, 'secret' as const),
          imap: server,
          smtp: server,
        },
        { requiredKeys: ['mailboxId', 'act'] },
      ),
      (wanted) => {
        expect(mailboxActIn(queryOf(mailboxActTo('p1', wanted)))).toEqual(wanted)
      },
    ),
  )
})

test('An address that was edited by hand asks for nothing that makes no sense.', () => {
  const asked = (text: string) => mailboxActIn(new URLSearchParams(text))
  expect([
    asked('q=ana'),
    asked('mailbox=m1&act=delete'),
    asked('mailbox=m1&act=edit&imap=imap.x.example:99999:tls'),
    asked('mailbox=m1&act=edit&imap=imap.x.example:993:ssl&smtp=a b:1:tls'),
  ]).toEqual([null, null, { mailboxId: 'm1', act: 'edit' }, { mailboxId: 'm1', act: 'edit' }])
})

test('A proposed server stands in the form, and the address forgets it when that is done.', () => {
  const imap = { host: 'imap.x.example', port: 993, security: 'tls' } as const
  const query = queryOf(mailboxActTo('p1', { mailboxId: 'm1', act: 'edit', imap }))
  query.set('q', 'ana')
  const asked = mailboxActIn(query)
  expect([asked === null ? null : proposedValues(asked), withoutAct(query).toString()]).toEqual([
    { imapHost: 'imap.x.example', imapPort: 993, imapSecurity: 'tls' },
    'q=ana',
  ])
})
