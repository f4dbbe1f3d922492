import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { createTestDesk } from '../../helpers/test-desk.ts'

test('a call that waits for a silent server is over when the program ends', async () => {
  const server = createServer((socket) => socket.on('error', () => undefined))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const desk = await createTestDesk()
  const mailbox = {
    address: 'ana@harbour.example',
    username: 'ana',
    imap: { host: '127.0.0.1', port, security: 'none' },
  } as const
  const connected = once(server, 'connection')
  const answer = desk
    .call('accounts.checkSignIn', { target: { kind: 'draft', mailbox, secret: 'anchor 3' } })
    .catch((error: unknown) => error)
  await connected
  await desk.dispose()
  const refusal = await answer
  server.close()
  expect(refusal).toMatchObject({ code: 'contract.cancelled' })
})
