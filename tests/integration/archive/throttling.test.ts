import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeWait } from '../../../core/archive/waits.ts'
import type { PullWait } from '../../../core/archive/waits.ts'
import type { PullClock } from '../../../main/features/archive/pull/patience.ts'
import { readArchive } from '../../helpers/archive-contents.ts'
import { inlineArchiveThread, labMailbox, makeArchive, pull } from '../../helpers/archive.ts'
import { makeMessage } from '../../helpers/messages.ts'
import { startScriptedImap } from '../../helpers/scripted-imap.ts'
import type { Mischief, ScriptedFolder, ScriptedImap } from '../../helpers/scripted-imap.ts'

/** Servers that ask to wait, as the large providers do, through real sockets and the real IMAP client. */
describe('a pull from a server that throttles', { timeout: 60_000 }, () => {
  let folder: string
  let root: string
  let server: ScriptedImap
  let nowMs: number
  let slept: number[]
  const clock: PullClock = {
    nowMs: () => nowMs,
    sleep: (ms, signal) => {
      signal.throwIfAborted()
      slept.push(ms)
      nowMs += ms
      return Promise.resolve()
    },
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'archive-provider-'))
    root = makeArchive(folder)
    nowMs = Date.UTC(2026, 0, 1, 14, 0)
    slept = []
    return () => rmSync(folder, { recursive: true, force: true })
  })
  afterEach(() => server[Symbol.asyncDispose]())

  const serve = async (folders: Readonly<Record<string, ScriptedFolder>>, capabilities = '') => {
    server = await startScriptedImap(folders, capabilities)
  }
  const pullNow = async (mischief: Mischief = () => false, waits: (PullWait | null)[] = []) => {
    server.mischief = mischief
    server.commands.length = 0
    const { report, ended } = await pull(root, labMailbox('ana@lab.test', server.port), 'x', {
      thread: inlineArchiveThread(),
      clock,
      onWait: (wait) => waits.push(wait),
    })
    if (ended !== null) throw ended
    return { report, contents: await readArchive(root) }
  }

  describe('that asks to go slower', () => {
    const messages = [1, 2, 3].map((uid) => ({ uid, bytes: makeMessage(uid) }))
    const once = (spoil: Mischief): Mischief => {
      let done = false
      return async (command) => {
        if (done || !(await spoil(command))) return false
        return (done = true)
      }
    }
    const isFetch = (name: string, args: string) => name === 'UID FETCH' && args.includes('BODY.PEEK[]')

    it('waits exactly as long as Exchange Online names, says so, and goes on by itself', async () => {
      await serve({ INBOX: { uidValidity: 1, messages } })
      const waits: (PullWait | null)[] = []
      const { contents } = await pullNow(
        once(({ name, args, socket, tag }) => {
          if (!isFetch(name, args)) return false
          socket.write(`${tag} BAD Request is throttled. Suggested Backoff Time: 300000 milliseconds\r\n`)
          return true
        }),
        waits,
      )
      const [first] = waits
      expect([
        slept,
        first === undefined || first === null ? null : describeWait(first, nowMs - 300_000, 'UTC'),
        contents.messages.length,
      ]).toEqual([[300_000], 'the server asks to wait 5 minutes: goes on at 14:05', 3])
    })

    for (const [whose, answer] of [
      ['THROTTLED', (tag: string) => `${tag} NO [THROTTLED] slow down\r\n`],
      ['LIMIT', (tag: string) => `${tag} NO [LIMIT] FETCH Rate limit hit.\r\n`],
      [
        'Gmail’s bandwidth',
        (tag: string) => `${tag} NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)\r\n`,
      ],
      [
        'BYE',
        () => '* BYE [UNAVAILABLE] Request is throttled. Suggested Backoff Time: 30000 milliseconds\r\n',
      ],
    ] as const)
      it(`takes ${whose} for a wish to wait, and loses nothing`, async () => {
        await serve({ INBOX: { uidValidity: 1, messages } })
        const { report, contents } = await pullNow(
          once(({ name, args, socket, tag }) => {
            if (!isFetch(name, args)) return false
            const text = answer(tag)
            if (text.startsWith('*')) socket.end(text)
            else socket.write(text)
            return true
          }),
        )
        expect([slept, contents.messages.length, report.folders[0]?.failures]).toEqual([[30_000], 3, []])
      })

    it('waits also when it is the sign-in that is throttled', async () => {
      await serve({ INBOX: { uidValidity: 1, messages } })
      const { contents } = await pullNow(
        once(({ name, socket, tag }) => {
          if (name !== 'LOGIN') return false
          socket.write(`${tag} NO [LIMIT] Too many simultaneous connections. (Failure)\r\n`)
          return true
        }),
      )
      expect([slept, contents.messages.length]).toEqual([[30_000], 3])
    })

    it('can be cancelled while it waits', async () => {
      await serve({ INBOX: { uidValidity: 1, messages } })
      const cancel = new AbortController()
      server.mischief = ({ name, args, socket, tag }) => {
        if (!isFetch(name, args)) return false
        socket.write(`${tag} BAD Request is throttled. Suggested Backoff Time: 300000 milliseconds\r\n`)
        return true
      }
      const { ended } = await pull(root, labMailbox('ana@lab.test', server.port), 'x', {
        thread: inlineArchiveThread(),
        signal: cancel.signal,
        onWait: (wait) => {
          if (wait !== null) setImmediate(() => cancel.abort(new Error('cancelled')))
        },
      })
      expect(String(ended)).toMatch(/abort|cancel/i)
    })

    it('goes on with one connection where it does not allow another', async () => {
      const many = Array.from({ length: 300 }, (_, i) => ({
        uid: i + 1,
        bytes: Buffer.concat([makeMessage(i), Buffer.alloc(200_000, 'a line\r\n')]),
      }))
      await serve({ INBOX: { uidValidity: 1, messages: many } })
      const { report, contents } = await pullNow(({ name, number, socket, tag }) => {
        if (name !== 'LOGIN' || number === 1) return false
        socket.end(`${tag} NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded\r\n`)
        return true
      })
      expect([
        report.connections,
        server.connections() > 1,
        report.folders[0]?.failures,
        contents.messages.length,
        slept,
      ]).toEqual([1, true, [], 300, []])
    })
  })
})
