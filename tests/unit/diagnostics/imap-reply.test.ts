import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeModifiedUtf7,
  parseImapStatus,
  parseListResponse,
  parseQuotaResponse,
  tokenizeImap,
} from '../../../core/diagnostics/imap-reply.ts'
import type { ImapToken } from '../../../core/diagnostics/imap-reply.ts'

describe('IMAP responses', () => {
  test.each([
    ['OK done', { status: 'OK', code: null, codeArgs: '', text: 'done' }],
    [
      'no [authenticationfailed] Bad',
      { status: 'NO', code: 'AUTHENTICATIONFAILED', codeArgs: '', text: 'Bad' },
    ],
    [
      'OK [CAPABILITY IMAP4rev1 IDLE] hi',
      { status: 'OK', code: 'CAPABILITY', codeArgs: 'IMAP4rev1 IDLE', text: 'hi' },
    ],
    ['OK', { status: 'OK', code: null, codeArgs: '', text: '' }],
    ['BAD [', { status: 'BAD', code: null, codeArgs: '', text: '[' }],
    ['OKAY then', null],
    ['FETCH (UID 1)', null],
  ])('%s is read as a status or not at all', (line, expected) => {
    expect(parseImapStatus(line)).toEqual(expected)
  })

  test('what is written as tokens is read as the same tokens', () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 20 }).filter((s) => !/[\r\n\\]/.test(s))
    const token = fc.letrec<{ token: ImapToken }>((tie) => ({
      token: fc.oneof({ maxDepth: 4 }, text, fc.constant(null), fc.array(tie('token'), { maxLength: 4 })),
    })).token
    const write = (one: ImapToken): string =>
      one === null
        ? 'NIL'
        : typeof one === 'string'
          ? `"${one.replace(/"/g, '\\"')}"`
          : `(${one.map(write).join(' ')})`
    fc.assert(
      fc.property(fc.array(token, { maxLength: 6 }), (tokens) => {
        expect(tokenizeImap(tokens.map(write).join(' '))).toEqual(tokens)
      }),
    )
  })

  test('no line makes the tokenizer throw or take long', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.array(fc.string()), (line, literals) => {
        expect(Array.isArray(tokenizeImap(line, literals))).toBe(true)
      }),
    )
    expect(Array.isArray(tokenizeImap('('.repeat(100_000)))).toBe(true)
  })

  test('a quoted string that never ends costs time by its length only', () => {
    const startedAt = performance.now()
    const tokens = tokenizeImap(`LIST "${'\\"'.repeat(1_000_000)}\\`)
    expect([tokens.length, performance.now() - startedAt < 2_000]).toEqual([2, true])
  })

  test('a folder keeps its name on the wire and gets a readable one', () => {
    expect(parseListResponse(tokenizeImap('LIST (\\HasNoChildren \\Drafts) "/" "Entw&APw-rfe"'))).toEqual({
      name: 'Entwürfe',
      wireName: 'Entw&APw-rfe',
      flags: ['\\HasNoChildren', '\\Drafts'],
    })
  })

  test('a folder name may come as a literal', () => {
    expect(parseListResponse(tokenizeImap('LIST () "/" {5}', ['A (b)']))?.name).toBe('A (b)')
  })

  test.each([
    ['&ZeVnLIqe-', '日本語'],
    ['R&-D', 'R&D'],
    ['&2D3eAA-', '😀'],
    ['&!!-', '&!!-'],
  ])('modified UTF-7 %s is %s', (encoded, decoded) => {
    expect(decodeModifiedUtf7(encoded)).toBe(decoded)
  })

  test.each([
    ['QUOTA "" (STORAGE 10 100)', { usedBytes: 10_240, limitBytes: 102_400 }],
    ['QUOTA "User quota" (MESSAGE 3 9 STORAGE 1 2)', { usedBytes: 1024, limitBytes: 2048 }],
    ['QUOTA "" ()', null],
    ['QUOTA "" (STORAGE x 5)', null],
  ])('%s is read as a quota or not at all', (line, expected) => {
    expect(parseQuotaResponse(tokenizeImap(line))).toEqual(expected)
  })
})
