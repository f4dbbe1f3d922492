import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diagnosticTextOf } from '../../../core/diagnostics/bounce.ts'
import {
  delaysOf,
  hopsOf,
  parseHeaderFields,
  parseReceived,
  senderChecksOf,
} from '../../../core/diagnostics/received.ts'

const header = [
  'Authentication-Results: mx.example; spf=pass (ok; really) smtp.mailfrom=a@b;',
  '\tdkim=fail header.d=x; dkim=pass header.d=b; dmarc=none',
  'Received: from relay.example (relay.example [192.0.2.1]) by mx.example',
  ' with ESMTPS id 4; Tue, 24 Nov 2026 10:01:30 +0100 (CET)',
  'Received: from [192.0.2.7] by relay.example with ESMTPSA; Tue, 24 Nov 2026 09:00:00 +0000',
  'Subject: hello',
  '',
  'Received: not a header any more',
].join('\r\n')

describe('The way of a message', () => {
  test('hops are read in the order of time, and what is in the body is not', () => {
    expect(hopsOf(parseHeaderFields(header))).toEqual([
      { from: '[192.0.2.7]', by: 'relay.example', atMs: Date.UTC(2026, 10, 24, 9, 0, 0) },
      { from: 'relay.example', by: 'mx.example', atMs: Date.UTC(2026, 10, 24, 9, 1, 30) },
    ])
  })

  test('each hop has its own delay, and less than a second is none', () => {
    const hops = hopsOf(parseHeaderFields(header))
    expect(delaysOf(hops, Date.UTC(2026, 10, 24, 9, 0, 0, 700))).toEqual([
      { by: 'relay.example', delayMs: 0 },
      { by: 'mx.example', delayMs: 90_000 },
    ])
  })

  test('the last server’s checks are read, and one good signature is enough', () => {
    expect(senderChecksOf(parseHeaderFields(header))).toEqual({ spf: 'pass', dkim: 'pass', dmarc: 'none' })
  })

  test('a Received header that was written is read again, whatever names and date it has', () => {
    const name = fc.domain()
    const date = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(name, name, date, (from, by, at) => {
        const seconds = Math.floor(at.getTime() / 1000) * 1000
        expect(
          parseReceived(`from ${from} by ${by} with ESMTP id 7; ${at.toUTCString().replace('GMT', '+0000')}`),
        ).toEqual({
          from,
          by,
          atMs: seconds,
        })
      }),
    )
  })

  test('no text makes the parsers throw', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), (text) => {
        const fields = parseHeaderFields(`Received: ${text}\r\nAuthentication-Results: ${text}`)
        expect(Array.isArray(delaysOf(hopsOf(fields), 0))).toBe(true)
        expect(typeof senderChecksOf(fields)).toBe('object')
      }),
    )
  })

  test.each([
    ['Status: 5.2.2\r\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox\r\n full', '552 5.2.2 Mailbox full'],
    ['Status: 5.1.1', 'status 5.1.1'],
    ['hello', 'no reason given'],
  ])('%j came back because: %s', (raw, reason) => {
    expect(diagnosticTextOf(raw)).toBe(reason)
  })
})
