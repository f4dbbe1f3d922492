const head = (name: string) =>
  `From: Ana <ana@lab.test>\r\nTo: ben@lab.test\r\nSubject: ${name}\r\nMessage-ID: <${name.replaceAll(' ', '-')}@lab.test>\r\n`

/** Mail that is not as the standard wants it, and comes all the same: one of each, by what is wrong with it. */
export const hostileLetters: Readonly<Record<string, Buffer>> = {
  'NUL bytes': Buffer.from(`${head('NUL bytes')}\r\nbefore\0after\0\r\nend\r\n`),
  'long line': Buffer.from(`${head('long line')}\r\n${'x'.repeat(9_900)}\r\nend\r\n`),
  'long header': Buffer.from(`${head('long header')}X-Long: ${'y'.repeat(20_000)}\r\n\r\nbody\r\n`),
  'eight bit': Buffer.concat([
    Buffer.from(`${head('eight bit')}\r\n`),
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => ![0, 10, 13].includes(byte))),
    Buffer.from('\r\n'),
  ]),
  'eight bit header': Buffer.from(`${head('eight bit header')}X-Raw: Grüße\r\n\r\nbody\r\n`, 'latin1'),
  'no final line end': Buffer.from(`${head('no final line end')}\r\nthe last line`),
  'bare line feeds': Buffer.from(`${head('bare line feeds')}\none\ntwo\r\nthree\n`),
  'header only': Buffer.from(head('header only')),
  'body only': Buffer.from('\r\nno header at all\r\n'),
  'no message id': Buffer.from('From: a@b.example\r\nSubject: no message id\r\n\r\nbody\r\n'),
  'from lines': Buffer.from(
    `${head('from lines')}\r\nFrom here\r\n>From there\r\n>>From afar\r\n.\r\n..\r\n`,
  ),
  'dots and bare returns': Buffer.from(`${head('dots and bare returns')}\r\none\rtwo\r\n.\r\n`),
}
