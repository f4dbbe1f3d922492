import { Duplex, PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Secret } from '../../../main/lib/secret.ts'
import { concealSignIn } from '../../../main/protocols/line/conceal.ts'
import { createDialog, DialogError, printable } from '../../../main/protocols/line/dialog.ts'

const patient = new AbortController().signal
const endOf = async (work: Promise<unknown>) => {
  try {
    await work
    return 'value'
  } catch (error) {
    return error instanceof DialogError ? error.end : error
  }
}

describe('A dialogue with a server that is not trusted', () => {
  test('however the bytes are cut, the same lines come out', async () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/[\r\n]/.test(text))
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        async (lines, size) => {
          const socket = new PassThrough()
          const dialog = createDialog(socket)
          const bytes = Buffer.from(lines.map((text) => `${text}\r\n`).join(''))
          for (let at = 0; at < bytes.length; at += size) socket.push(bytes.subarray(at, at + size))
          const read: string[] = []
          while (read.length < lines.length) read.push(await dialog.readLine(patient))
          expect(read).toEqual(lines)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('a line without an end is cut off at its limit', async () => {
    const socket = new PassThrough()
    const reading = createDialog(socket, { lineBytes: 100, replyBytes: 10_000 }).readLine(patient)
    socket.push('A'.repeat(200))
    expect([await endOf(reading), socket.destroyed]).toEqual(['line_too_long', true])
  })

  test('answers without end are cut off, and every command may have a new one', async () => {
    const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() })
    const dialog = createDialog(socket, { lineBytes: 100, replyBytes: 250 })
    const say = async (lines: number) => {
      socket.push(`${'x'.repeat(98)}\r\n`.repeat(lines))
      for (let read = 0; read < lines; read++) await dialog.readLine(patient)
    }
    await say(2)
    dialog.write('next')
    await say(2)
    await say(1)
    expect(await endOf(dialog.readLine(patient))).toBe('too_much')
  })

  test('silence ends at the time limit, a cancel at once, and the two are told apart', async () => {
    const stop = new AbortController()
    const cancelled = endOf(createDialog(new PassThrough()).readLine(stop.signal))
    stop.abort()
    const silent = endOf(createDialog(new PassThrough()).readLine(AbortSignal.timeout(1)))
    expect([await cancelled, await silent]).toEqual(['cancelled', 'timed_out'])
  })

  test('what was said before the end is kept as the lead', async () => {
    const socket = new PassThrough()
    const dialog = createDialog(socket)
    socket.push('* BYE too many\r\n')
    await dialog.readLine(patient)
    socket.push(null)
    await expect(dialog.readLine(patient)).rejects.toMatchObject({
      end: 'closed',
      lastText: '* BYE too many',
    })
  })

  test('no control character comes into what is shown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(/[\u0000-\u0008\u000b-\u001f\u007f]/.test(printable(Buffer.from(bytes)))).toBe(false)
      }),
    )
  })

  test('a secret that a server echoes is taken out, plain, quoted and encoded', () => {
    const conceal = concealSignIn('ana', new Secret('tide"and\\Time'))
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const plain = base64('\0ana\0tide"and\\Time')
    const echoed = `NO you sent tide"and\\Time, "tide\\"and\\\\Time", ${base64('tide"and\\Time')}, ${plain}`
    expect(conceal(echoed)).toBe('NO you sent [redacted], "[redacted]", [redacted], [redacted]')
  })
})
