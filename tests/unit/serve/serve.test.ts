import { once } from 'node:events'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createEvents } from '../../../main/ipc/publish.ts'
import { contentSecurityPolicy } from '../../../main/lib/content-security-policy.ts'
import { silentLogger } from '../../../main/lib/logger.ts'
import type { Desk } from '../../../main/compose.ts'
import { serveConsole } from '../../../main/serve/index.ts'
import type { ServedConsole } from '../../../main/serve/index.ts'

/** Over real HTTP and a real WebSocket; the desk behind it answers every call with what it was called with. */
let folder: string
let served: ServedConsole
let events: ReturnType<typeof createEvents>
let aborted: string[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-serve-'))
  const assetsDir = join(folder, 'renderer')
  mkdirSync(join(assetsDir, 'assets'), { recursive: true })
  writeFileSync(join(assetsDir, 'index.html'), '<title>Mail Desk</title>')
  writeFileSync(join(assetsDir, 'assets', 'a.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'not for the page')
  events = createEvents()
  aborted = []
  const desk: Desk = {
    call: (name, input, context) => {
      context.signal.addEventListener('abort', () => aborted.push(name))
      return Promise.resolve({ ok: true, value: { name, input, face: context.face } })
    },
    subscribe: events.subscribe,
    logger: silentLogger,
    dispose: () => Promise.resolve(),
  }
  served = await serveConsole({ desk, assetsDir, port: 0, host: '127.0.0.1' })
})

afterEach(async () => {
  await served.close()
  rmSync(folder, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** Not `fetch`: it would not let a test lie about its Host, and tidies paths up. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port } = new URL(served.url)
  const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  let body = ''
  for await (const chunk of response) body += String(chunk)
  return { status: response.statusCode ?? 0, headers: response.headers, body }
}

const tokenPath = () => new URL(served.url).pathname + new URL(served.url).search

async function signIn(): Promise<{ cookie: string }> {
  const answer = await ask(tokenPath())
  return { cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' }
}

describe('the link with the token', () => {
  test('is traded once for a session cookie that scripts and other sites cannot use', async () => {
    const answer = await ask(tokenPath())
    expect([answer.status, answer.headers['location'], answer.headers['set-cookie']]).toEqual([
      303,
      '/',
      [expect.stringMatching(/^mail-desk-session-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)],
    ])
  })

  test('works a second time for nobody', async () => {
    await ask(tokenPath())
    const again = await ask(tokenPath())
    expect([again.status, again.headers['set-cookie']]).toEqual([403, undefined])
  })

  test('works only as it was printed', async () => {
    const answers = await Promise.all(
      ['/?token=', '/?token=guess', `${tokenPath()}x`].map((path) => ask(path)),
    )
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
  })

  test('is kept by nobody on the way: not by caches, not by pages that it links to', async () => {
    const { headers } = await ask(tokenPath())
    expect([headers['cache-control'], headers['referrer-policy']]).toEqual(['no-store', 'no-referrer'])
  })

  test('is not used up by a look at its headers', async () => {
    const looked = await ask(tokenPath(), {}, 'HEAD')
    expect([looked.status, (await ask(tokenPath())).status]).toEqual([401, 303])
  })

  test('keeps the place that was asked for', async () => {
    const { search } = new URL(served.url)
    expect((await ask(`/queue/7${search}&tab=history`)).headers['location']).toBe('/queue/7?tab=history')
  })
})

describe('a page', () => {
  test('is served to the session, under the policy, at every address of a place', async () => {
    const session = await signIn()
    const answers = await Promise.all(['/', '/queue/7', '/assets/a.js'].map((path) => ask(path, session)))
    expect(
      answers.map(({ status, headers, body }) => [status, headers['content-security-policy'], body]),
    ).toEqual([
      [200, contentSecurityPolicy, '<title>Mail Desk</title>'],
      [200, contentSecurityPolicy, '<title>Mail Desk</title>'],
      [200, contentSecurityPolicy, 'export {}'],
    ])
  })

  test.each([
    ['no cookie', {}],
    ['a made-up cookie', { cookie: 'mail-desk-session-1=x' }],
    ['another session', { cookie: `mail-desk-session=${'x'.repeat(43)}` }],
  ])('is not served to %s', async (_, headers) => {
    const answer = await ask('/', headers)
    expect([answer.status, answer.body]).toEqual([
      401,
      'Open the console with the link that Mail Desk printed at its start.\n',
    ])
  })

  test('is not served under another host’s name, not even with the token', async () => {
    const session = await signIn()
    const { port } = new URL(served.url)
    const answers = await Promise.all(
      ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1.evil.example:${port}`].map((host) =>
        ask('/', { ...session, host }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })

  test('lies inside its folder, however it is asked for', async () => {
    const session = await signIn()
    const paths = ['/../secret.txt', '/..%2fsecret.txt', '/assets/../../secret.txt', '/%2e%2e/secret.txt']
    const answers = await Promise.all(paths.map((path) => ask(path, session)))
    expect(answers.filter(({ body }) => body.includes('not for the page'))).toEqual([])
  })

  test('that cannot be an address is refused, and the console goes on', async () => {
    const paths = ['//', '//evil.example/', '/\\', 'http://[', '/.//evil.example/?token=x', '/%']
    const answers = []
    for (const path of paths) answers.push((await ask(path)).status)
    expect([...answers, (await ask('/', await signIn())).status]).toEqual([400, 400, 400, 400, 400, 401, 200])
  })

  test('is only ever read', async () => {
    const session = await signIn()
    expect((await ask('/', session, 'POST')).status).toBe(405)
  })
})

describe('the socket', () => {
  const connect = (headers: Record<string, string>, path = '/ws', origin = new URL(served.url).origin) =>
    new WebSocket(`ws://${new URL(served.url).host}${path}`, { headers, origin })

  async function opened(): Promise<WebSocket> {
    const socket = connect(await signIn())
    await once(socket, 'open')
    return socket
  }
  const nextMessage = async (socket: WebSocket) => {
    const [data] = (await once(socket, 'message')) as [Buffer]
    return JSON.parse(data.toString()) as unknown
  }

  test('carries a call to the desk and its envelope back', async () => {
    const socket = await opened()
    socket.send(JSON.stringify({ id: 7, name: 'desk.status', input: { a: 1 } }))
    expect(await nextMessage(socket)).toEqual({
      id: 7,
      envelope: { ok: true, value: { name: 'desk.status', input: { a: 1 }, face: 'browser' } },
    })
  })

  test('carries events down', async () => {
    const socket = await opened()
    const message = nextMessage(socket)
    events.publish('settings.changed', {})
    expect(await message).toEqual({ event: 'settings.changed', payload: {} })
  })

  test.each([
    ['another site’s page', (cookie: string) => connect({ cookie }, '/ws', 'https://evil.example')],
    ['a page of another port', (cookie: string) => connect({ cookie }, '/ws', 'http://127.0.0.1:1')],
    ['somebody without the session', () => connect({})],
    ['another path', (cookie: string) => connect({ cookie }, '/socket')],
    ['a rebound name', (cookie: string) => connect({ cookie, host: 'evil.example' })],
  ])('is refused to %s', async (_, open) => {
    const { cookie } = await signIn()
    const [error] = (await once(open(cookie), 'error')) as [Error]
    expect(error.message).toBe('Unexpected server response: 403')
  })

  test.each([
    'not json',
    '{"id":"a","name":"desk.status"}',
    '{"id":1,"name":"desk.status","input":{},"sql":1}',
  ])('is closed on what is no call: %s', async (text) => {
    const socket = await opened()
    socket.send(text)
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1003)
  })

  test('tells the desk when its page is gone', async () => {
    const socket = await opened()
    socket.send(JSON.stringify({ id: 1, name: 'desk.status', input: {} }))
    await nextMessage(socket)
    socket.close()
    await expect.poll(() => aborted).toEqual(['desk.status'])
  })

  test('does not outlive the server', async () => {
    const socket = await opened()
    const closed = once(socket, 'close')
    await served.close()
    expect(((await closed) as [number])[0]).toBe(1006)
  })
})
