import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectSource } from '../../../main/features/archive/ports.ts'
import { connectMailSource, createSourceConnector } from '../../../main/protocols/imap/mail-source.ts'
import { hashesIn, readArchive } from '../../helpers/archive-contents.ts'
import { inlineArchiveThread, labMailbox, makeArchive, pull } from '../../helpers/archive.ts'
import { sha256 } from '../../helpers/maildir.ts'
import { makeMessage } from '../../helpers/messages.ts'
import { fetchLine, startScriptedImap } from '../../helpers/scripted-imap.ts'
import type { Mischief, ScriptedImap, ScriptedMessage } from '../../helpers/scripted-imap.ts'

const broken = 7
const isFetchOf = (uid: number, args: string) => {
  const set = /^[\d:,]+/.exec(args)?.[0] ?? ''
  const inSet = set.split(',').some((range) => {
    const [first = 0, last = first] = range.split(':').map(Number)
    return uid >= first && uid <= last
  })
  return inSet && args.includes('BODY.PEEK[]')
}

describe('a pull from a hostile IMAP server', { timeout: 60_000 }, () => {
  let folder: string
  let root: string
  let server: ScriptedImap
  const messages: ScriptedMessage[] = Array.from({ length: 12 }, (_, i) => ({
    uid: i + 1,
    bytes: makeMessage(i),
  }))
  const others = messages
    .filter(({ uid }) => uid !== broken)
    .map(({ bytes }) => sha256(bytes))
    .sort()

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'archive-hostile-'))
    root = makeArchive(folder)
    server = await startScriptedImap({ INBOX: { uidValidity: 7, messages: [...messages] } })
  })
  afterEach(async () => {
    await server[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  const impatient: ConnectSource = createSourceConnector({ everyMs: 400, bytes: 64 })
  const pullNow = async (mischief: Mischief, paths = ['INBOX'], connect = impatient) => {
    server.mischief = mischief
    const outcome = await pull(root, labMailbox('ana@lab.test', server.port), 'x', {
      connect,
      folders: paths,
      thread: inlineArchiveThread(),
    })
    const contents = await readArchive(root)
    const inbox = outcome.report.folders.find(({ path }) => path === 'INBOX')
    return {
      ended: outcome.ended,
      failures: inbox?.failures ?? [],
      unfinished: inbox?.unfinished ?? null,
      hashes: hashesIn(contents, 'INBOX'),
      ...{ damage: contents.verify.damage, coverage: contents.coverage },
    }
  }
  const insteadOf =
    (spoil: (line: Buffer, send: (more: Buffer) => void, cut: () => void) => void): Mischief =>
    ({ name, args, socket, tag }) => {
      if (name !== 'UID FETCH' || !isFetchOf(broken, args)) return false
      const set = new Set(messages.filter(({ uid }) => isFetchOf(uid, args)).map(({ uid }) => uid))
      for (const message of messages) {
        if (!set.has(message.uid)) continue
        const line = fetchLine(message, message.uid, args)
        if (message.uid !== broken) socket.write(line)
        else
          spoil(
            line,
            (more) => socket.write(more),
            () => socket.end(),
          )
      }
      if (!socket.writableEnded) socket.write(`${tag} OK done\r\n`)
      return true
    }
  const listsOnlyTheBrokenOne = (result: Awaited<ReturnType<typeof pullNow>>) => [
    result.ended,
    result.unfinished,
    result.failures.map(({ uid }) => uid),
    result.hashes,
    result.damage,
    result.coverage[0]?.failures.map(({ uid }) => uid),
  ]
  const asListed = [null, null, [broken], others, [], [broken]]

  it('cut in the middle of a literal: the message is listed with the bytes that came, the rest is archived', async () => {
    const result = await pullNow(
      insteadOf((line, send, cut) => {
        send(line.subarray(0, line.length - 120))
        cut()
      }),
    )
    const part = result.failures[0]?.part
    const whole = messages[broken - 1]!.bytes
    const kept = readFileSync(join(root, part?.path ?? ''))
    expect([
      listsOnlyTheBrokenOne(result),
      kept.equals(whole.subarray(0, kept.length)),
      part?.sizeBytes,
    ]).toEqual([asListed, true, kept.length])
    expect(kept.length).toBeGreaterThan(0)
  })

  const resized = (size: string) => (line: Buffer) =>
    Buffer.from(line.toString('latin1').replace(/\{\d+\}\r\n/, `{${size}}\r\n`), 'latin1')

  for (const [what, size] of [
    ['smaller than the message', '40'],
    ['larger than what is sent', '900000'],
    ['negative', '-5'],
    ['huge', '99999999999999'],
    ['beyond all numbers', '9'.repeat(40)],
  ] as const)
    it(`a literal's size that is ${what}: the message is listed, the rest is archived`, async () => {
      const result = await pullNow(insteadOf((line, send) => send(resized(size)(line))))
      expect(listsOnlyTheBrokenOne(result)).toEqual(asListed)
    })

  it('an endless line: the message is listed, the rest is archived, and memory stays bounded', async () => {
    let sent = 0
    const result = await pullNow(
      insteadOf((line, send, cut) => {
        send(line.subarray(0, 30))
        for (let n = 0; n < 40; n++) {
          send(Buffer.alloc(1 << 20, 'x'))
          sent += 1 << 20
        }
        cut()
      }),
    )
    expect([listsOnlyTheBrokenOne(result), sent > 32 << 20]).toEqual([asListed, true])
  })

  it('a slow drip: a message that does not come on is given up, one that comes slowly is not', async () => {
    const result = await pullNow(({ name, args, socket, tag }) => {
      if (name !== 'UID FETCH' || !isFetchOf(broken, args)) return false
      socket.write(fetchLine(messages[broken - 1]!, broken, args).subarray(0, 60))
      const drip = setInterval(() => socket.write('x'), 100)
      socket.once('close', () => clearInterval(drip))
      return tag !== ''
    })
    const slowly = await pullNow(async ({ name, args, socket, usual }) => {
      if (name !== 'UID FETCH' || !isFetchOf(broken, args)) return false
      const answer = usual()
      const step = Math.max(100, Math.ceil(answer.length / 10))
      for (let at = 0; at < answer.length; at += step) {
        socket.write(answer.subarray(at, at + step))
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      return true
    })
    expect([listsOnlyTheBrokenOne(result), slowly.failures, slowly.hashes.length]).toEqual([asListed, [], 12])
  })

  it('NUL bytes and lines of 9,900 characters are mail like any other', async () => {
    const odd = [
      Buffer.concat([
        Buffer.from('Subject: nul\r\n\r\n'),
        Buffer.from([0, 1, 0, 255, 0]),
        Buffer.from('\r\n'),
      ]),
      Buffer.from(`Subject: long\r\n\r\n${'y'.repeat(9_900)}\r\n${'z'.repeat(2_000_000)}`),
    ]
    server.folders.set('INBOX', { uidValidity: 7, messages: odd.map((bytes, n) => ({ uid: n + 1, bytes })) })
    const result = await pullNow(() => false)
    expect([result.failures, result.hashes, result.damage]).toEqual([[], odd.map(sha256).sort(), []])
  })

  it('the same UID twice in one answer, and the answers of other UIDs, are taken once and not at all', async () => {
    const stranger = { uid: 4_000, bytes: Buffer.from('Subject: nobody asked\r\n\r\n') }
    const result = await pullNow(({ name, args, socket, tag }) => {
      if (name !== 'UID FETCH' || !args.includes('BODY.PEEK[]')) return false
      for (const message of [...messages, ...messages, stranger])
        socket.write(fetchLine(message, message.uid, args))
      socket.write(`${tag} OK done\r\n`)
      return true
    })
    expect([result.failures, result.hashes]).toEqual([[], messages.map(({ bytes }) => sha256(bytes)).sort()])
  })

  it('UIDVALIDITY that changes in the middle: nothing is mixed up, the folder says so, the next pull is whole', async () => {
    let flipped = false
    const first = await pullNow(({ name, args, socket }) => {
      if (flipped || name !== 'UID FETCH' || !args.includes('BODY.PEEK[]')) return false
      flipped = true
      server.folders.get('INBOX')!.uidValidity = 8
      socket.destroy()
      return true
    })
    const second = await pullNow(() => false)
    expect([
      first.ended,
      first.unfinished,
      first.coverage[0]?.unfinished,
      second.unfinished,
      second.hashes,
      second.coverage[0]?.unfinished,
    ]).toEqual([
      null,
      expect.stringContaining('renumbered'),
      first.unfinished,
      null,
      messages.map(({ bytes }) => sha256(bytes)).sort(),
      null,
    ])
  })

  it('EXPUNGE during FETCH: the message that left is no failure', async () => {
    const result = await pullNow(({ name, args, socket, tag }) => {
      if (name !== 'UID FETCH' || !args.includes('BODY.PEEK[]')) return false
      server.folders.get('INBOX')!.messages = messages.filter(({ uid }) => uid !== broken)
      for (const message of messages) {
        if (message.uid === broken) socket.write(`* ${broken} EXPUNGE\r\n`)
        else if (isFetchOf(message.uid, args)) socket.write(fetchLine(message, message.uid, args))
      }
      socket.write(`${tag} OK done\r\n`)
      return true
    })
    expect([result.ended, result.failures, result.hashes]).toEqual([null, [], others])
  })

  it('names with control characters, and a folder that answers for another one', async () => {
    server.folders.set('Odd \u0007\u001b[31m name', { uidValidity: 3, messages: messages.slice(0, 2) })
    const result = await pullNow(
      ({ name, args, socket, tag }) => {
        if (name !== 'STATUS' || !args.includes('Odd')) return false
        socket.write(
          `* STATUS "INBOX" (MESSAGES 99999 UIDNEXT 1 UIDVALIDITY 1)\r\n${tag} NO no such folder\r\n`,
        )
        return true
      },
      ['INBOX', 'Odd \u0007\u001b[31m name'],
    )
    expect([result.ended, result.failures, result.hashes.length]).toEqual([null, [], 12])
  })

  it('a hundred thousand folders are listed, and those that hold mail are archived', async () => {
    for (let n = 0; n < 100_000; n++) server.folders.set(`f${n}`, { uidValidity: 1, messages: [] })
    const result = await pullNow(() => false, ['INBOX'], connectMailSource)
    expect([result.ended, result.hashes.length]).toEqual([null, 12])
  })
})
