import { once } from 'node:events'
import { createConnection } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { Desk } from '../../../main/compose.ts'
import { silentLogger } from '../../../main/lib/logger.ts'
import { createGuard } from '../../../main/serve/guard.ts'
import { serveConsole } from '../../../main/serve/index.ts'

const desk: Desk = {
  call: () => Promise.reject(new Error('Nobody who is refused gets as far as the desk')),
  subscribe: () => () => undefined,
  logger: silentLogger,
  dispose: () => Promise.resolve(),
}

describe('the console', () => {
  test('goes on, and ends when it should, however a caller whose socket was refused behaves', async () => {
    const served = await serveConsole({ desk, assetsDir: import.meta.dirname, port: 0, host: '127.0.0.1' })
    const { host, port } = new URL(served.url)
    const upgrade = [
      'GET /ws HTTP/1.1',
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '',
      '',
    ].join('\r\n')
    for (let i = 0; i < 50; i++) {
      const leaves = createConnection(Number(port), '127.0.0.1').on('error', () => undefined)
      leaves.write(upgrade + 'x'.repeat(200_000))
      await once(leaves, 'connect')
      leaves.resetAndDestroy()
    }
    const stays = createConnection({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true })
    stays.write(upgrade)
    const [answer] = (await once(stays, 'data')) as [Buffer]
    await served.close()
    stays.destroy()
    expect(answer.toString('latin1').split('\r\n')[0]).toBe('HTTP/1.1 403 Forbidden')
  })
})

describe('a console on every address', () => {
  test('answers to addresses, which mean one computer, and to no name that somebody could point at it', () => {
    const guard = createGuard('token', '0.0.0.0')
    guard.allowPort(8025)
    const asked = ['192.168.7.9:8025', '[fe80::1]:8025', 'localhost:8025', 'evil.example:8025', '192.168.7.9']
    const answers = asked.map((host) => guard.isOurHost({ headers: { host } }))
    expect(answers).toEqual([true, true, true, false, false])
  })
})
