import type { Correspondent } from './compose.ts'

/**
 * Messages as real mailboxes hold them and no standard allows: no date, raw 8-bit header, an unknown charset,
 * a part that never ends, base64 that is none, a header without end.
 */
export function brokenMessages(to: Correspondent, sentAtMs: number): Buffer[] {
  const date = `Date: ${new Date(sentAtMs).toUTCString().replace('GMT', '+0000')}`
  const head = ['From: scanner@lanternquay.example', `To: ${to.address}`]
  const id = (n: number) => `Message-ID: <broken-${n}.${to.address}>`
  const part = [
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=lost',
    '',
    '--lost',
    'Content-Type: text/plain',
  ]
  return [
    message([...head, 'Subject: A message without a date', id(1), '', 'Nobody knows when this was sent.']),
    Buffer.from(
      message([...head, 'Subject: Grüße aus München', date, id(2), '', 'Viele Grüße.']).toString('utf8'),
      'latin1',
    ),
    message([
      ...head,
      'Subject: Charset of the moon',
      date,
      id(3),
      'Content-Type: text/plain; charset=x-moon-7',
      '',
      'Moonlight.',
    ]),
    message([...head, 'Subject: A part that never ends', date, id(4), ...part, '', 'And then it stops']),
    message([
      ...head,
      'Subject: Base64 that is none',
      date,
      id(5),
      'Content-Transfer-Encoding: base64',
      '',
      '!!not*base64$$',
    ]),
    message([...head, 'Subject: All header, no body', date, id(6)]),
    message([date, id(7), '', 'Nobody wrote this to nobody.']),
  ]
}

function message(lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join('\r\n')}\r\n`)
}
