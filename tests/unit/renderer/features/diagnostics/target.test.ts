import { describe, expect, test } from 'vitest'
import { diagnosticsContract } from '../../../../../core/diagnostics/contract.ts'
import { adHocFields, fieldsFrom, targetFrom } from '../../../../../renderer/features/diagnostics/target.ts'

const filled = {
  ...fieldsFrom(null),
  address: ' ana@harbour.example ',
  imapHost: 'imap.harbour.example',
  secret: 's',
}

describe('Any address and server', () => {
  test('what the form gives is what the contract takes, with the address as user name', () => {
    const parsed = diagnosticsContract.endpoints.start.input.parse({ target: targetFrom(filled) })
    expect(parsed.target).toEqual({
      kind: 'adHoc',
      subject: {
        address: 'ana@harbour.example',
        username: 'ana@harbour.example',
        signIn: 'password',
        imap: { host: 'imap.harbour.example', port: 993, security: 'tls' },
        smtp: null,
        network: { dnsServers: [], trustedCaPem: null },
      },
      secret: 's',
    })
  })

  test('an earlier run fills everything but the secret, its network too', () => {
    const subject = {
      address: 'ana@harbour.example',
      username: 'ana',
      signIn: 'xoauth2' as const,
      imap: null,
      smtp: { host: 'smtp.harbour.example', port: 587, security: 'starttls' as const },
      network: { dnsServers: ['192.0.2.53'], trustedCaPem: 'PEM' },
    }
    expect(targetFrom(fieldsFrom({ ...subject, mailboxId: null }))).toEqual({
      kind: 'adHoc',
      subject,
      secret: null,
    })
  })

  test('an address that is none, no server, and a port that is none are each said at their field', () => {
    const problems = adHocFields.safeParse({ ...filled, address: 'ana', smtpPort: 70_000 }).error?.issues
    const noServer = adHocFields.safeParse({ ...filled, imapHost: ' ' }).error?.issues
    expect([...(problems ?? []), ...(noServer ?? [])].map(({ path }) => path[0])).toEqual([
      'address',
      'smtpPort',
      'imapHost',
    ])
  })
})
