import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { missingKeychain } from '../../helpers/keychains.ts'
import { createTestDesk } from '../../helpers/test-desk.ts'
import type { TestDesk } from '../../helpers/test-desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await createTestDesk()
})
afterEach(() => desk.dispose())

const network = { dnsServers: ['127.0.0.1:5300'], trustedCaPem: null }
const ana = {
  name: 'Ana Lima',
  email: 'ana@harbour.example',
  mailbox: { address: 'ana@harbour.example', username: 'ana', network },
  secret: 'swordfish',
}

describe('people through the contract', () => {
  it('are added with mailbox and secret, and no endpoint gives the secret back', async () => {
    const { personId, mailboxId } = await desk.call('accounts.add', ana)
    const answers = [
      await desk.call('accounts.get', { personId }),
      await desk.call('accounts.getMailbox', { mailboxId: mailboxId! }),
      await desk.call('accounts.list', {}),
      await desk.call('accounts.listMailboxes', {}),
    ]
    expect([answers[0], JSON.stringify(answers).includes('swordfish')]).toMatchObject([
      {
        person: { name: 'Ana Lima', origin: 'added' },
        mailboxes: [{ username: 'ana', network, secret: { state: 'stored', store: 'keychain' } }],
      },
      false,
    ])
  })

  it('with an address that is known are refused, and their secret is not kept', async () => {
    const first = await desk.call('accounts.add', ana)
    await expect(
      desk.call('accounts.add', { ...ana, name: 'Somebody else', secret: 'other' }),
    ).rejects.toMatchObject({ code: 'record.conflict', details: { personId: first.personId } })
    expect((await desk.call('accounts.list', {})).total).toBe(1)
  })

  it('share the network of their domain', async () => {
    await desk.call('accounts.add', ana)
    const bo = {
      name: 'Bo',
      email: 'bo@Harbour.example',
      mailbox: { address: 'bo@Harbour.example', username: 'bo' },
    }
    const { mailboxId } = await desk.call('accounts.add', bo)
    const { mailbox } = await desk.call('accounts.getMailbox', { mailboxId: mailboxId! })
    expect(mailbox.network).toEqual(network)
  })

  it('that are removed take mailboxes and secrets along', async () => {
    const { personId, mailboxId } = await desk.call('accounts.add', ana)
    await desk.call('accounts.remove', { personId })
    await expect(desk.call('accounts.getMailbox', { mailboxId: mailboxId! })).rejects.toMatchObject({
      code: 'record.not_found',
    })
    expect((await desk.call('accounts.list', {})).total).toBe(0)
  })

  it('tell every face when they change', async () => {
    const events: unknown[] = []
    desk.desk.subscribe((name, payload) => name === 'accounts.changed' && events.push(payload))
    const { personId, mailboxId } = await desk.call('accounts.add', ana)
    await desk.call('accounts.edit', { personId, name: 'Ana Costa' })
    await desk.call('accounts.editMailbox', { mailboxId: mailboxId!, smtp: null })
    await desk.call('accounts.setSecret', { mailboxId: mailboxId!, secret: 'new' })
    await desk.call('accounts.removeMailbox', { mailboxId: mailboxId! })
    expect(events).toEqual(Array.from({ length: 5 }, () => ({ personIds: [personId] })))
  })
})

describe('a mailbox', () => {
  it('keeps what is not given when it is changed, and takes null for a server', async () => {
    const { mailboxId } = await desk.call('accounts.add', ana)
    const imap = { host: 'imap.harbour.example', port: 993, security: 'tls' } as const
    await desk.call('accounts.editMailbox', { mailboxId: mailboxId!, imap })
    const changed = await desk.call('accounts.editMailbox', {
      mailboxId: mailboxId!,
      signIn: 'xoauth2',
      smtp: null,
    })
    expect(changed).toMatchObject({ username: 'ana', network, imap, smtp: null, signIn: 'xoauth2' })
  })

  it('without server or secret is not tried, and the result says why', async () => {
    const { mailboxId } = await desk.call('accounts.add', { ...ana, secret: null })
    const target = { kind: 'mailbox', mailboxId: mailboxId! } as const
    const noSecret = await desk.call('accounts.checkSignIn', { target })
    await desk.call('accounts.setSecret', { mailboxId: mailboxId!, secret: 'x' })
    const noServer = await desk.call('accounts.checkSignIn', { target })
    expect([noSecret, noServer]).toEqual([
      { outcome: 'not_tried', reason: 'no_secret' },
      { outcome: 'not_tried', reason: 'no_server' },
    ])
  })

  it('signs in with a token by XOAUTH2, as the server reads it', async () => {
    await using server = await startTokenServer()
    const mailbox = {
      address: 'ana@harbour.example',
      username: 'ana@harbour.example',
      signIn: 'xoauth2',
      imap: { host: '127.0.0.1', port: server.port, security: 'none' },
    } as const
    const check = await desk.call('accounts.checkSignIn', {
      target: { kind: 'draft', mailbox, secret: 'tok-123' },
    })
    expect([check.outcome, server.tokens]).toEqual([
      'accepted',
      ['user=ana@harbour.example\u0001auth=Bearer tok-123\u0001\u0001'],
    ])
  })
})

describe('a computer without a keychain', () => {
  it('keeps nothing until its vault is made, but a session works without one', async () => {
    await using bare = await createTestDesk({ keychain: missingKeychain() })
    await expect(bare.call('accounts.add', ana)).rejects.toMatchObject({ code: 'secret.store_unavailable' })
    const { mailboxId } = await bare.call('accounts.add', { ...ana, remember: false })
    const placeOf = async () =>
      (await bare.call('accounts.getMailbox', { mailboxId: mailboxId! })).mailbox.secret.store
    const before = await placeOf()
    await bare.call('desk.unlockVault', { passphrase: 'correct horse' })
    await bare.call('accounts.setSecret', { mailboxId: mailboxId!, secret: 'swordfish' })
    const { secretStore } = await bare.call('desk.status', {})
    expect([before, await placeOf(), secretStore.kind, secretStore.state]).toEqual([
      'session',
      'vault',
      'vault',
      'ready',
    ])
  })
})

/** Enough of an IMAP server for one sign-in by XOAUTH2 (RFC 4959 initial response); keeps the tokens it reads. */
async function startTokenServer(): Promise<{ port: number; tokens: string[] } & AsyncDisposable> {
  const tokens: string[] = []
  const server = createServer((socket) => {
    socket.write('* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=PLAIN] ready\r\n')
    let text = ''
    socket.setEncoding('utf8').on('error', () => undefined)
    socket.on('data', (chunk: string) => {
      text += chunk
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const [tag = '', verb = '', , initial = ''] = text.slice(0, end).split(' ')
        text = text.slice(end + 2)
        if (verb === 'AUTHENTICATE') tokens.push(Buffer.from(initial, 'base64').toString())
        socket.write(`${tag} OK done\r\n`)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    tokens,
    [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}
